import { APP_ORIGIN } from './app-protocol.ts';

/** What the page needs: a "copy" button writes plain text to the clipboard, and a watched rollout tells of its end. */
const ALLOWED: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'notifications']);

/**
 * Electron grants every permission that no handler denies.
 *
 * @param origin of who asks, as Electron hands it over: an origin or a URL
 */
export function isAllowedPermission(permission: string, origin: string): boolean {
  return ALLOWED.has(permission) && (origin === APP_ORIGIN || origin.startsWith(`${APP_ORIGIN}/`));
}
