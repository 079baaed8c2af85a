import type { App, Session } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';
import { isAllowedPermission } from './permission.ts';

/** Every permission but the clipboard's is denied, whether it is asked for or looked up. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) =>
    decide(isAllowedPermission(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowedPermission(permission, origin));
  session.setDevicePermissionHandler(() => false);
}

/** Whatever web contents come to be stay on our own page, open nothing and embed nothing. */
export function denyNavigation(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-navigate', (details) => stayOnOwnPage(details));
    contents.on('will-redirect', (details) => stayOnOwnPage(details));
  });
}

function stayOnOwnPage(details: { readonly url: string; preventDefault(): void }): void {
  if (new URL(details.url).origin !== APP_ORIGIN) details.preventDefault();
}
