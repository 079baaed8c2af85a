const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  woff: 'font/woff',
  ttf: 'font/ttf',
  wasm: 'application/wasm',
  txt: 'text/plain; charset=utf-8',
};

/** A file of the built page, as a host may serve it. */
export interface Asset {
  /** Relative to the page's folder, with forward slashes; never leaves it. */
  readonly path: string;
  readonly contentType: string;
  /** Its name carries a hash of its content. */
  readonly immutable: boolean;
}

const SEGMENT = /^[\w~@-][\w.~@-]*$/;
const HASHED = /^assets\/.*-[\w-]{8,}\.\w+$/;

/**
 * The file that a URL's path means. A list of allowed characters, so that no spelling of `..`, drive, stream, device or
 * hidden file gets through; names are what the build makes.
 *
 * @param pathname as sent, still percent-encoded; encoded characters are refused, since no built name needs them
 */
export function assetAt(pathname: string): Asset | undefined {
  const path = pathname === '/' ? 'index.html' : pathname.replace(/^\//, '');
  if (!path.split('/').every((segment) => SEGMENT.test(segment))) return undefined;
  const contentType = CONTENT_TYPES[path.slice(path.lastIndexOf('.') + 1)];
  return contentType === undefined ? undefined : { path, contentType, immutable: HASHED.test(path) };
}
