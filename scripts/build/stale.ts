import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Part, root as checkout } from './parts.ts';

const STAMP = '.stamp';

/** What every part depends on beside its sources. */
const shared = ['package-lock.json', 'scripts/build/parts.ts', 'scripts/build/only-defines.ts'];

/**
 * A fingerprint of everything that a part is made of: the path, size and time of each file. Takes a few milliseconds,
 * because nothing is read.
 */
export function fingerprint(part: Pick<Part, 'sources'>, root = checkout): string {
  const hash = createHash('sha256');
  for (const source of [...shared, ...part.sources]) {
    const path = join(root, source);
    if (existsSync(path)) addTo(hash, path);
  }
  return hash.digest('hex');
}

export function isBuilt(part: Part, print: string): boolean {
  const stamp = join(checkout, 'out', part.name, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === print;
}

export function stampName(folder: string): string {
  return join(folder, STAMP);
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  const status = statSync(path);
  if (!status.isDirectory()) {
    hash.update(`${path}\0${status.size}\0${status.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (!/\.test\.tsx?$/.test(name)) addTo(hash, join(path, name));
  }
}
