import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  readonly openKubeconfig: () => void;
  readonly about: () => void;
  readonly openDocumentation: () => void;
}

type Item = MenuItemConstructorOptions;

const SEPARATOR: Item = { type: 'separator' };
const NAME = 'Everynode';

/**
 * The menu by each platform's conventions: on macOS the application's own menu comes first and holds About and Quit, a
 * window is closed with ⌘W and Window ends with "Bring All to Front"; elsewhere File ends with Exit (Windows) or Quit, and
 * Help holds About. Accelerators are Electron's `CmdOrCtrl`, so that a key means the same everywhere.
 */
export function menuTemplate(platform: string, actions: MenuActions): readonly Item[] {
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [applicationMenu(actions)] : []),
    fileMenu(platform, actions),
    { label: 'Edit', submenu: editItems(isMac) },
    { label: 'View', submenu: viewItems() },
    { label: 'Window', role: 'windowMenu', submenu: windowItems(isMac) },
    { label: 'Help', role: 'help', submenu: helpItems(isMac, actions) },
  ];
}

function applicationMenu({ about }: MenuActions): Item {
  return {
    label: NAME,
    submenu: [
      { label: `About ${NAME}`, click: about },
      SEPARATOR,
      { role: 'services' },
      SEPARATOR,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      SEPARATOR,
      { role: 'quit' },
    ],
  };
}

function fileMenu(platform: string, { openKubeconfig }: MenuActions): Item {
  const end: Item =
    platform === 'darwin' ? { role: 'close' } : { role: 'quit', label: platform === 'win32' ? 'Exit' : 'Quit' };
  return {
    label: 'File',
    submenu: [{ label: 'Open Kubeconfig…', accelerator: 'CmdOrCtrl+O', click: openKubeconfig }, SEPARATOR, end],
  };
}

function editItems(isMac: boolean): Item[] {
  return [
    { role: 'undo' },
    { role: 'redo' },
    SEPARATOR,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    ...(isMac ? ([{ role: 'pasteAndMatchStyle' }] satisfies Item[]) : []),
    { role: 'delete' },
    SEPARATOR,
    { role: 'selectAll' },
  ];
}

function viewItems(): Item[] {
  return [
    { role: 'reload' },
    SEPARATOR,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    SEPARATOR,
    { role: 'togglefullscreen' },
    { role: 'toggleDevTools' },
  ];
}

function windowItems(isMac: boolean): Item[] {
  const items: Item[] = [{ role: 'minimize' }, { role: 'zoom' }];
  return isMac ? [...items, SEPARATOR, { role: 'front' }] : [...items, { role: 'close' }];
}

function helpItems(isMac: boolean, { about, openDocumentation }: MenuActions): Item[] {
  const documentation: Item = { label: 'DaemonSets in the Kubernetes Documentation', click: openDocumentation };
  return isMac ? [documentation] : [documentation, SEPARATOR, { label: `About ${NAME}`, click: about }];
}
