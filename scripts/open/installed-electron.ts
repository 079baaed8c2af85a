import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The program of an Electron that is already there; fetches nothing. Electron's own installer writes path.txt last. */
export function installedElectron(root: string): string | undefined {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(program) ? program : undefined;
}
