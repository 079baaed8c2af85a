import { strictEqual } from 'node:assert/strict';
import { statSync } from 'node:fs';

/** Fails unless a file or folder has this mode. Windows has no modes: there a folder's owner is what protects it. */
export function expectMode(path: string, mode: number): void {
  const shown = (statSync(path).mode & 0o777).toString(8);
  if (process.platform !== 'win32') strictEqual(shown, mode.toString(8), `the mode of ${path}`);
}
