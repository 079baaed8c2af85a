import { app, type BrowserWindow, dialog } from 'electron';

export type AddKubeconfig = (path: string) => Promise<readonly string[]>;

/** Adds the file by its path, as the page does; reading it runs nothing and connects nothing. A refusal is shown. */
export async function addKubeconfig(window: BrowserWindow, path: string, add: AddKubeconfig): Promise<void> {
  try {
    await add(path);
    app.addRecentDocument(path);
  } catch (error) {
    await dialog.showMessageBox(window, {
      type: 'error',
      message: 'The kubeconfig was not added.',
      detail: error instanceof Error ? error.message : String(error),
      buttons: ['OK'],
    });
  }
}

/** Lets the user choose kubeconfigs, hidden files too: the usual one lies in ~/.kube. */
export async function chooseKubeconfigs(window: BrowserWindow, add: AddKubeconfig): Promise<void> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open Kubeconfig',
    buttonLabel: 'Add',
    properties: ['openFile', 'multiSelections', 'showHiddenFiles'],
  });
  for (const path of filePaths) await addKubeconfig(window, path, add);
}
