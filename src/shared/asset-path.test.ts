import { describe, expect, it } from 'vitest';
import { assetAt } from './asset-path.ts';

describe('assetAt', () => {
  it('serves the page at /', () => {
    expect(assetAt('/')).toEqual({ path: 'index.html', contentType: 'text/html; charset=utf-8', immutable: false });
  });

  it('lets a browser keep what carries a hash', () => {
    expect(assetAt('/assets/index-B3k_9aQz.js')).toMatchObject({ path: 'assets/index-B3k_9aQz.js', immutable: true });
    expect(assetAt('/favicon.svg')).toMatchObject({ contentType: 'image/svg+xml', immutable: false });
  });

  it.each([
    '/../package.json',
    '/assets/../../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets%2F..%2F..%2Fpackage.json',
    '//etc/hosts.txt',
    '/C:/windows/win.txt',
    '/assets\\..\\..\\package.json',
    '/.stamp',
    '/.git/index.txt',
    '/assets/.hidden.js',
    '/index.html/',
    '/index.html\0.js',
    '/index.html::$DATA',
    '/assets/',
    '/assets',
    '/source.ts',
    '',
  ])('serves nothing at %j', (pathname) => {
    expect(assetAt(pathname)).toBeUndefined();
  });
});
