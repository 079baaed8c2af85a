import { describe, expect, it } from 'vitest';
import { scrollKey } from './scroll-key.ts';

const plain = { ctrlKey: false, altKey: false, metaKey: false };

describe('keys in a log', () => {
  it('scroll it', () => {
    expect(scrollKey({ key: 'PageUp', ...plain })).toEqual({ by: 'pages', amount: -1 });
    expect(scrollKey({ key: 'End', ...plain })).toEqual({ by: 'bottom' });
  });

  it('stay the page’s own otherwise: Tab, letters, and everything with a modifier', () => {
    expect(scrollKey({ key: 'Tab', ...plain })).toBeUndefined();
    expect(scrollKey({ key: 'c', ...plain, ctrlKey: true })).toBeUndefined();
    expect(scrollKey({ key: 'ArrowUp', ...plain, altKey: true })).toBeUndefined();
  });
});
