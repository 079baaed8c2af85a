import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFileLock } from '../launch/file-lock.mjs';
import { type Part, parts, root } from './parts.ts';
import { fingerprint, isBuilt, stampName } from './stale.ts';

/**
 * Builds the parts whose sources changed since they were last built. Several callers at once wait for one another; a
 * part appears in out/ whole or not at all.
 *
 * @returns the names of the parts that were built
 * @throws what Vite throws when a part does not build; the old one stays
 */
export async function buildStale(tell: (line: string) => void): Promise<readonly string[]> {
  if (stale().length === 0) return [];
  return withFileLock(
    join(root, '.cache', 'build.lock'),
    async () => {
      const names: string[] = [];
      for (const part of stale()) {
        const started = performance.now();
        await build(part);
        tell(`built ${part.name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
        names.push(part.name);
      }
      return names;
    },
    () => tell('Waiting for another build…'),
  );
}

function stale(): readonly Part[] {
  return parts.filter((part) => !isBuilt(part, fingerprint(part)));
}

async function build(part: Part): Promise<void> {
  const target = join(root, 'out', part.name);
  const fresh = `${target}.new`;
  const old = `${target}.old`;
  // Taken before the build: what is saved meanwhile makes the part stale again.
  const print = fingerprint(part);
  const { build: viteBuild } = await import('vite');
  rmSync(fresh, { recursive: true, force: true });
  // Vite takes over what the caller's shell or test runner has set, and React would be built for development.
  const { NODE_ENV } = process.env;
  process.env['NODE_ENV'] = 'production';
  try {
    for (const config of await part.configs(fresh)) await viteBuild(config);
  } finally {
    if (NODE_ENV === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = NODE_ENV;
  }
  mkdirSync(fresh, { recursive: true });
  writeFileSync(stampName(fresh), print);
  rmSync(old, { recursive: true, force: true });
  if (existsSync(target)) renameSync(target, old);
  renameSync(fresh, target);
  rmSync(old, { recursive: true, force: true });
}
