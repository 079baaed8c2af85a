import { describe, expect, it } from 'vitest';
import { isTrustedSender } from './trusted-sender.ts';

describe('isTrustedSender', () => {
  it('is our own page', () => {
    expect(isTrustedSender({ origin: 'app://everynode', parent: null })).toBe(true);
  });

  it.each([
    ['a frame that is gone', null],
    ['a frame inside the page', { origin: 'app://everynode', parent: {} }],
    ['another host of the scheme', { origin: 'app://elsewhere', parent: null }],
    ['a web page', { origin: 'https://example.com', parent: null }],
    ['a file', { origin: 'file://', parent: null }],
    ['an opaque origin', { origin: 'null', parent: null }],
  ])('is not %s', (_name, frame) => {
    expect(isTrustedSender(frame)).toBe(false);
  });
});
