/**
 * Chromium knows custom schemes only from its own start, so a page of `app://everynode` lives at an https origin under
 * `.invalid`, which no resolver answers (RFC 6761). Everything on Electron's side of the stand-in sees the scheme.
 */
const SUFFIX = '.app.invalid';
const SCHEME = 'app://';

/** `app://everynode/x#y` → `https://everynode.app.invalid/x#y`; any other URL stays as it is. */
export function toPageUrl(url: string): string {
  const found = /^app:\/\/([^/?#]+)(.*)$/s.exec(url);
  return found === null ? url : `https://${found[1] ?? ''}${SUFFIX}${found[2] ?? ''}`;
}

/** The other way round; also for an origin without a path. */
export function fromPageUrl(url: string): string {
  const found = /^https:\/\/([^/?#]+?)\.app\.invalid(.*)$/s.exec(url);
  return found === null ? url : `${SCHEME}${found[1] ?? ''}${found[2] ?? ''}`;
}

/** The requests that `protocol.handle` answers. */
export const PAGE_URLS = `https://*${SUFFIX}/**`;
