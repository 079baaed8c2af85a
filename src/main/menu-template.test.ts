import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { menuTemplate } from './menu-template.ts';

const actions = () => ({ openKubeconfig: vi.fn(), about: vi.fn(), openDocumentation: vi.fn() });

function itemsOf(template: readonly MenuItemConstructorOptions[], menu: string): readonly MenuItemConstructorOptions[] {
  const submenu = template.find(({ label }) => label === menu)?.submenu;
  if (!Array.isArray(submenu)) throw new Error(`no menu ${menu}`);
  return submenu;
}

const rolesOf = (items: readonly MenuItemConstructorOptions[]) => items.flatMap(({ role }) => role ?? []);

describe('the menu', () => {
  it('has the five menus, and on macOS the own one of the application before them', () => {
    const labels = (platform: string) => menuTemplate(platform, actions()).map(({ label }) => label);
    expect(labels('linux')).toEqual(['File', 'Edit', 'View', 'Window', 'Help']);
    expect(labels('win32')).toEqual(['File', 'Edit', 'View', 'Window', 'Help']);
    expect(labels('darwin')).toEqual(['Everynode', 'File', 'Edit', 'View', 'Window', 'Help']);
  });

  it('quits from the menu that each platform has for it', () => {
    const quit = (platform: string, menu: string) =>
      itemsOf(menuTemplate(platform, actions()), menu).find(({ role }) => role === 'quit');
    expect(quit('linux', 'File')?.label).toBe('Quit');
    expect(quit('win32', 'File')?.label).toBe('Exit');
    expect(quit('darwin', 'File')).toBeUndefined();
    expect(quit('darwin', 'Everynode')).toBeDefined();
  });

  it('keeps About where each platform looks for it', () => {
    const about = (platform: string, menu: string) =>
      itemsOf(menuTemplate(platform, actions()), menu).some(({ label }) => label === 'About Everynode');
    expect([about('linux', 'Help'), about('darwin', 'Help'), about('darwin', 'Everynode')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it.each(['linux', 'win32', 'darwin'])('lets text be edited on %s: without the roles macOS has no ⌘C', (platform) => {
    const roles = rolesOf(itemsOf(menuTemplate(platform, actions()), 'Edit'));
    expect(roles).toEqual(expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll']));
  });

  it('opens a kubeconfig from File', () => {
    const done = actions();
    const open = itemsOf(menuTemplate('linux', done), 'File').find(({ label }) => label?.startsWith('Open'));
    expect(open?.accelerator).toBe('CmdOrCtrl+O');
    Reflect.apply(open?.click ?? expect.fail, undefined, []);
    expect(done.openKubeconfig).toHaveBeenCalledOnce();
  });

  it.each(['linux', 'win32', 'darwin'])('gives no accelerator to two items on %s', (platform) => {
    const all = menuTemplate(platform, actions()).flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
    const keys = all.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
