import { delimiter, extname, isAbsolute, join, sep } from 'node:path';
import { accessSync, constants, statSync } from 'node:fs';
import type { Environment } from './proxy-environment.ts';

/** A program as it is handed to the operating system; never a line for a shell to read. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  /** Windows only: the arguments are quoted already. */
  readonly verbatim?: boolean;
}

export interface CommandSearch {
  readonly platform: NodeJS.Platform;
  readonly path: string;
  /** For PATHEXT and ComSpec. */
  readonly env: Environment;
  readonly isProgram?: (path: string) => boolean;
}

/**
 * The file of a command: as it stands when it is a path, else the first on the PATH. Relative folders of the PATH are passed over, as
 * Go's os/exec (1.19 and later) refuses them: what lies in the current folder is not what the user means.
 */
export function findCommand(command: string, search: CommandSearch): string | undefined {
  const { platform, isProgram = isRunnable } = search;
  const isWindows = platform === 'win32';
  const names = isWindows ? withExtensions(command, search.env) : [command];
  if (command.includes('/') || command.includes(sep) || (isWindows && command.includes('\\'))) {
    return names.find((name) => isAbsolute(name) && isProgram(name));
  }
  for (const folder of searchedFolders(search.path)) {
    const found = names.map((name) => join(folder, name)).find((path) => isProgram(path));
    if (found !== undefined) return found;
  }
  return undefined;
}

export function searchedFolders(path: string): readonly string[] {
  return path.split(delimiter).filter((folder) => isAbsolute(folder));
}

/** A name that has one of PATHEXT's extensions stands for itself first. */
function withExtensions(command: string, env: Environment): readonly string[] {
  const extensions = (env['PATHEXT'] ?? '.COM;.EXE;.BAT;.CMD').split(';').filter((extension) => extension !== '');
  const own = extname(command).toLowerCase();
  const named = extensions.some((extension) => extension.toLowerCase() === own) ? [command] : [];
  return [...named, ...extensions.map((extension) => `${command}${extension}`)];
}

function isRunnable(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * How a found file is started. A batch file has no other interpreter than cmd.exe, whose rules for quotes cannot carry every text
 * (CVE-2024-24576): what it would read as its own is refused, so that an argument stays an argument. Undefined then.
 */
export function launchOf(file: string, args: readonly string[], search: CommandSearch): Launch | undefined {
  if (search.platform !== 'win32' || !/\.(?:cmd|bat)$/i.test(file)) return { file, args };
  const words = [file, ...args];
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  if (words.some((word) => /["%\u0000-\u001f]/.test(word))) return undefined;
  const line = words.map((word) => `"${word.replace(/\\+$/, (slashes) => slashes + slashes)}"`).join(' ');
  const root = search.env['SystemRoot'] ?? 'C:\\Windows';
  return {
    file: `${root}\\System32\\cmd.exe`,
    args: ['/d', '/e:ON', '/v:OFF', '/s', '/c', `"${line}"`],
    verbatim: true,
  };
}
