import { type BrowserWindow, dialog, shell } from 'electron';
import { isOfferedToBrowser } from './own-url.ts';

const OPEN = 0;
let isAsking = false;

/**
 * Opens a web page in the user's browser after the user has seen its address and said so. Anything but https is dropped
 * silently, and so is what comes while the question is open: a page must not be able to pile up dialogs.
 */
export async function offerToBrowser(window: BrowserWindow, url: string): Promise<void> {
  if (isAsking || !isOfferedToBrowser(url)) return;
  isAsking = true;
  try {
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: 'Open this page in your browser?',
      detail: new URL(url).href,
      buttons: ['Open', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    });
    if (response === OPEN) await shell.openExternal(new URL(url).href);
  } finally {
    isAsking = false;
  }
}
