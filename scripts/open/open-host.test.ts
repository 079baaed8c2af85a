import { describe, expect, it } from 'vitest';
import { type HostChoice, whyNoElectron } from './open-host.ts';

const desk = (change: Partial<HostChoice> = {}): HostChoice => ({
  args: [],
  platform: 'linux',
  env: { DISPLAY: ':0' },
  isRoot: false,
  ...change,
});

describe('the choice of the host', () => {
  it.each([
    ['on X11', desk()],
    ['on Wayland', desk({ env: { WAYLAND_DISPLAY: 'wayland-0' } })],
    ['on macOS', desk({ platform: 'darwin', env: {} })],
    ['on Windows', desk({ platform: 'win32', env: {} })],
    ['with options that both hosts know', desk({ args: ['--demo', '--demo-nodes', '5'] })],
  ])('tries Electron %s', (_where, choice) => {
    expect(whyNoElectron(choice)).toBeUndefined();
  });

  it.each([
    ['with --serve', desk({ args: ['--serve'] })],
    ['for --help', desk({ args: ['--help'] })],
    ['for --version', desk({ args: ['--version'] })],
    ['for an option that does not exist', desk({ args: ['--bogus'] })],
    ['without a display', desk({ env: { DISPLAY: '' } })],
  ])('fetches nothing and says nothing %s', (_when, choice) => {
    expect(whyNoElectron(choice)).toEqual({});
  });

  it('says that there is no display when Electron was asked for', () => {
    expect(whyNoElectron(desk({ args: ['--electron'], env: {} }))?.say).toContain('no display');
  });

  it('says that the sandbox does not run as root', () => {
    expect(whyNoElectron(desk({ isRoot: true }))?.say).toContain('root');
  });
});
