import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder for settings that each system keeps for an application. */
export function defaultDataDir(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Everynode');
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Everynode');
  const base = env['XDG_DATA_HOME'];
  // The XDG base directory specification: a relative path is invalid and ignored.
  return join(base?.startsWith('/') === true ? base : join(home, '.local', 'share'), 'everynode');
}

/**
 * Makes the folder, readable by its owner alone. One that exists keeps its mode.
 *
 * @throws NodeJS.ErrnoException
 */
export function ensureDataDir(path: string): void {
  const created = mkdirSync(path, { recursive: true, mode: 0o700 });
  // The umask may have taken bits away, and on some systems added none back: the mode is what we say.
  if (created !== undefined) chmodSync(path, 0o700);
}
