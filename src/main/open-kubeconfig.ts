import { app, type BrowserWindow, dialog } from 'electron';

export type AddKubeconfig = (path: string) => Promise<readonly string[]>;

/**
 * Adds the file by its path, as the page does; reading it runs nothing and connects nothing. A refusal is shown.
 *
 * @returns the names of the contexts that it brought
 */
export async function addKubeconfig(
  window: BrowserWindow,
  path: string,
  add: AddKubeconfig,
): Promise<readonly string[]> {
  try {
    const contextNames = await add(path);
    app.addRecentDocument(path);
    return contextNames;
  } catch (error) {
    await dialog.showMessageBox(window, {
      type: 'error',
      message: 'The kubeconfig was not added.',
      detail: error instanceof Error ? error.message : String(error),
      buttons: ['OK'],
    });
    return [];
  }
}

let isChoosing = false;

/** Has the user choose kubeconfigs, hidden files too: the usual one lies in ~/.kube. A page cannot pile up dialogs. */
export async function chooseKubeconfigs(window: BrowserWindow | undefined): Promise<readonly string[]> {
  if (window === undefined || isChoosing) return [];
  isChoosing = true;
  try {
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: 'Open Kubeconfig',
      buttonLabel: 'Add',
      properties: ['openFile', 'multiSelections', 'showHiddenFiles'],
    });
    return filePaths;
  } finally {
    isChoosing = false;
  }
}

/** The menu's way: what is chosen is added. @returns the names of the contexts that came with it */
export async function openKubeconfigs(window: BrowserWindow, add: AddKubeconfig): Promise<readonly string[]> {
  const contextNames: string[] = [];
  for (const path of await chooseKubeconfigs(window)) contextNames.push(...(await addKubeconfig(window, path, add)));
  return contextNames;
}
