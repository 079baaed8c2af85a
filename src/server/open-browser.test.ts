import { describe, expect, it } from 'vitest';
import { openBrowser, systemOpener } from './open-browser.ts';

const URL = 'http://127.0.0.1:4321/#code=abc';

describe('systemOpener', () => {
  it.each([
    ['linux', { DISPLAY: ':0' }, 'xdg-open'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
    ['freebsd', { DISPLAY: ':0' }, 'xdg-open'],
    ['darwin', {}, 'open'],
    ['win32', {}, 'rundll32'],
  ] as const)('on %s is the one of the system', (platform, env, command) => {
    const opener = systemOpener(platform, env, URL);
    expect(opener?.command).toBe(command);
    expect(opener?.args.at(-1)).toContain(URL);
  });

  it('is none without a desktop, where a text browser would take the terminal', () => {
    expect(systemOpener('linux', {}, URL)).toBeUndefined();
    expect(systemOpener('linux', { DISPLAY: '' }, URL)).toBeUndefined();
  });
});

describe('openBrowser', () => {
  it('says nothing where there is no opener', () => {
    expect(openBrowser('linux', {}, URL)).toBeUndefined();
  });
});
