import { describe, expect, it } from 'vitest';
import { isOfferedToBrowser, isOwnUrl } from './own-url.ts';

describe('our own page', () => {
  it.each(['app://everynode', 'app://everynode/', 'app://everynode/index.html#/c/alpha', 'app://everynode/#/'])(
    'is at %s',
    (url) => expect(isOwnUrl(url)).toBe(true),
  );

  it.each([
    'app://everynode.evil/',
    'app://everynode@evil/',
    'app://everynode:80/',
    'app://other/',
    'https://everynode/',
    'https://evil.test/?app://everynode/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'null',
    '',
  ])('is not at %s', (url) => expect(isOwnUrl(url)).toBe(false));
});

describe('the browser', () => {
  it('is offered an https page', () => {
    expect(isOfferedToBrowser('https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/')).toBe(true);
  });

  it.each([
    'http://kubernetes.io/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://share/x',
    'ms-msdt:/id',
    'https://kubernetes.io@evil.test/',
    'https://user:password@evil.test/',
    'https://',
    'not a URL',
  ])('is not offered %s', (url) => expect(isOfferedToBrowser(url)).toBe(false));
});
