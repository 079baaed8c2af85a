import { homedir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { homeFolder, type HomeSearch, ownHomeFolder } from './home-folder.ts';

const WINDOWS = { HOME: 'C:\\git', HOMEDRIVE: 'U:', HOMEPATH: '\\jane', USERPROFILE: 'C:\\Users\\jane' };

function home(change: Partial<HomeSearch>, there: Readonly<Record<string, 'folder' | 'file'>> = {}): string {
  return homeFolder({
    platform: 'win32',
    env: WINDOWS,
    account: 'C:\\account',
    look: (path) => there[path],
    ...change,
  });
}

describe('the home folder on Windows', () => {
  it.each(['C:\\git', 'U:\\jane', 'C:\\Users\\jane'])('is %s when only that has a kubeconfig', (folder) => {
    const folders = { 'C:\\git': 'folder', 'C:\\Users\\jane': 'folder', 'U:\\jane': 'folder' } as const;
    expect(home({}, { ...folders, [`${folder}\\.kube\\config`]: 'file' })).toBe(folder);
  });

  it('is that of HOME first where several have one', () => {
    expect(home({}, { 'C:\\git\\.kube\\config': 'file', 'C:\\Users\\jane\\.kube\\config': 'file' })).toBe('C:\\git');
  });

  it('is the first that is there where none has one, the profile before the drive', () => {
    expect(home({}, { 'C:\\Users\\jane': 'folder', 'U:\\jane': 'folder' })).toBe('C:\\Users\\jane');
    expect(home({ env: { ...WINDOWS, HOME: '' } }, { 'U:\\jane': 'folder' })).toBe('U:\\jane');
  });

  it('is the first that is set where none is there', () => {
    expect(home({})).toBe('C:\\git');
    expect(home({ env: { ...WINDOWS, HOME: '' } })).toBe('C:\\Users\\jane');
  });

  it("is the account's where nothing is set", () => {
    expect(home({ env: {} })).toBe('C:\\account');
    expect(home({ env: { HOMEPATH: '\\jane' } })).toBe('C:\\account');
  });
});

describe('the home folder elsewhere', () => {
  it("is the account's", () => expect(home({ platform: 'linux', account: '/home/jane' })).toBe('/home/jane'));

  it.skipIf(process.platform === 'win32')('is that of this process', () => {
    expect(ownHomeFolder(process.env)).toBe(homedir());
  });
});
