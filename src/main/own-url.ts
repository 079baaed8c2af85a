import { APP_ORIGIN } from './app-protocol.ts';

/**
 * Whether a URL is one of our own page. Node's URL gives a scheme that the URL Standard does not list the origin "null",
 * so its text is what decides.
 */
export function isOwnUrl(url: string): boolean {
  return url === APP_ORIGIN || /^[/?#]/.test(url.startsWith(APP_ORIGIN) ? url.slice(APP_ORIGIN.length) : '-');
}

/** Whether the user may be asked to open it in the browser: https, of a host, with no user name or password in it. */
export function isOfferedToBrowser(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return protocol === 'https:' && username === '' && password === '';
}
