import type { MenuItemConstructorOptions } from 'electron';
import { answer, record } from './host-channel.ts';
import { fromPageUrl } from './page-origin.ts';
import type { AnsweredRequest, MenuEntry } from './wire.ts';

type Handler = (request: Request) => Promise<Response> | Response;
const handlers = new Map<string, Handler>();

/** electronjs.org docs: api/protocol. */
export const protocol = {
  /** "protocol.registerSchemesAsPrivileged(customSchemes)": before `ready`; here every page is of a secure, standard origin. */
  registerSchemesAsPrivileged: (schemes: readonly unknown[]) => record('protocol.registerSchemesAsPrivileged', schemes),
  /** "protocol.handle(scheme, handler)": every request with the scheme. */
  handle: (scheme: string, handler: Handler) => void handlers.set(scheme, handler),
};

answer('request', async ({ url, method }): Promise<AnsweredRequest> => {
  const handler = handlers.get('app');
  if (handler === undefined) throw new Error('no handler for app:');
  const response = await handler(new Request(fromPageUrl(url), { method }));
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
});

type Decide = (granted: boolean) => void;
type RequestHandler = (contents: null, permission: string, decide: Decide, details: { requestingUrl: string }) => void;
type CheckHandler = (contents: null, permission: string, origin: string) => boolean;
let requestHandler: RequestHandler | undefined;
let checkHandler: CheckHandler | undefined;
let deviceHandler: (() => boolean) | undefined;

/** electronjs.org docs: api/session; without a handler every permission is granted ("tutorial/security", item 5). */
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: RequestHandler) => void (requestHandler = handler),
    setPermissionCheckHandler: (handler: CheckHandler) => void (checkHandler = handler),
    setDevicePermissionHandler: (handler: () => boolean) => void (deviceHandler = handler),
  },
};

answer('permission', ({ permission, origin }) => {
  let requested = requestHandler === undefined;
  requestHandler?.(null, permission, (granted) => (requested = granted), { requestingUrl: `${origin}/` });
  return { requested, checked: checkHandler?.(null, permission, origin) ?? true, device: deviceHandler?.() ?? true };
});

let template: readonly MenuItemConstructorOptions[] = [];

/** electronjs.org docs: api/menu. */
export const Menu = {
  buildFromTemplate: (items: readonly MenuItemConstructorOptions[]) => items,
  setApplicationMenu: (items: readonly MenuItemConstructorOptions[] | null) => void (template = items ?? []),
};

answer('menu', () => template.map(entryOf));
answer('click', ({ path }) => {
  let items = template;
  let found: MenuItemConstructorOptions | undefined;
  for (const label of path) {
    found = items.find((item) => item.label === label);
    items = Array.isArray(found?.submenu) ? found.submenu : [];
  }
  if (found?.click === undefined) throw new Error(`nothing to click at ${path.join(' > ')}`);
  Reflect.apply(found.click, found, []);
});

function entryOf({ label = '', role, accelerator, submenu }: MenuItemConstructorOptions): MenuEntry {
  return {
    label,
    ...(role === undefined ? {} : { role }),
    ...(accelerator === undefined || accelerator === null ? {} : { accelerator: String(accelerator) }),
    ...(Array.isArray(submenu) ? { submenu: submenu.map(entryOf) } : {}),
  };
}
