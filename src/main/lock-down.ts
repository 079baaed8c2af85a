import { type App, BrowserWindow, type Session, type WebContents } from 'electron';
import { offerToBrowser } from './external-link.ts';
import { isOwnUrl } from './own-url.ts';
import { isAllowedPermission } from './permission.ts';

/** Every permission but the clipboard's is denied, whether it is asked for or looked up. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) =>
    decide(isAllowedPermission(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowedPermission(permission, origin));
  session.setDevicePermissionHandler(() => false);
}

/** Whatever web contents come to be stay on our own page, open nothing and embed nothing; the browser may be offered. */
export function denyNavigation(app: App, tell: (line: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      offer(contents, url, tell);
      return { action: 'deny' };
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-navigate', (details) => {
      if (isOwnUrl(details.url)) return;
      details.preventDefault();
      offer(contents, details.url, tell);
    });
    // Our page embeds nothing, and its policy lets nothing in; a frame that came about all the same stays empty.
    contents.on('will-frame-navigate', (details) => {
      if (!details.isMainFrame) details.preventDefault();
    });
    contents.on('will-redirect', (details) => {
      if (!isOwnUrl(details.url)) details.preventDefault();
    });
  });
}

function offer(contents: WebContents, url: string, tell: (line: string) => void): void {
  const window = BrowserWindow.fromWebContents(contents);
  if (window !== null) offerToBrowser(window, url).catch((error: unknown) => tell(String(error)));
}
