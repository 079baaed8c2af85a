import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build/parts.ts';
import { installPackages } from '../launch/install-packages.mjs';
import { type CommandOptions, type CommandResult, runNode } from '../test/run-command.ts';

const LOCKED = ['package.json', 'package-lock.json', '.npmrc'] as const;
const folder = join(root, '.cache', 'packaging');

/**
 * Runs electron-builder in the checkout, with electron-builder.yml. It has a lock file of its own and is installed when it
 * is first needed: 266 packages and 58 MB that nobody else's `npm ci` should fetch.
 *
 * @param args as on electron-builder's command line
 * @throws Error when its packages cannot be installed
 */
export async function runElectronBuilder(
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  mkdirSync(folder, { recursive: true });
  for (const name of LOCKED) copyFileSync(join(root, 'scripts', 'packaging', name), join(folder, name));
  if (!(await installPackages(folder))) throw new Error('electron-builder could not be installed');
  const cli = join(folder, 'node_modules', 'electron-builder', 'cli.js');
  return runNode([cli, '--publish', 'never', ...args], options);
}
