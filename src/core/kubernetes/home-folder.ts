import { statSync } from 'node:fs';
import { homedir } from 'node:os';

export interface HomeSearch {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The account's own folder. */
  readonly account: string;
  /** What is at a path. */
  readonly look: (path: string) => 'folder' | 'file' | undefined;
}

/**
 * The folder that kubectl means by "home". On Windows it is the first of HOME, HOMEDRIVE with HOMEPATH, and USERPROFILE that
 * has a `.kube\config`, else the first of HOME, USERPROFILE, HOMEDRIVE with HOMEPATH that is there, else that is set; elsewhere
 * the account's. Rule: client-go util/homedir/homedir.go (1.37), HomeDir; whether the folder can be written to is not asked.
 */
export function homeFolder({ platform, env, account, look }: HomeSearch): string {
  if (platform !== 'win32') return account;
  const { HOME: home = '', HOMEDRIVE: drive = '', HOMEPATH: path = '', USERPROFILE: profile = '' } = env;
  const byDrive = drive === '' || path === '' ? '' : `${drive}${path}`;
  const isSet = (folder: string) => folder !== '';
  const withConfig = [home, byDrive, profile]
    .filter(isSet)
    .find((folder) => look(`${folder}\\.kube\\config`) === 'file');
  const named = [home, profile, byDrive].filter(isSet);
  return withConfig ?? named.find((folder) => look(folder) === 'folder') ?? named[0] ?? account;
}

/** That of this process. */
export function ownHomeFolder(env: HomeSearch['env']): string {
  return homeFolder({ platform: process.platform, env, account: homedir(), look: lookAt });
}

function lookAt(path: string): 'folder' | 'file' | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return found.isDirectory() ? 'folder' : 'file';
}
