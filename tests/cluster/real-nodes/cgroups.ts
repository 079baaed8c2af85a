import { mkdir, readFile, readdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hasCode } from '../system-errors.ts';

/** One mounted cgroup hierarchy of version 1. */
export interface CgroupHierarchy {
  readonly mountPoint: string;
  /** Options that mount the same hierarchy again: `memory`, `cpu,cpuacct`, `none,name=systemd`. */
  readonly options: string;
}

const SETTLED_WITHIN_MS = 15_000;
const POLL_MS = 50;
/** Options of a cgroup mount that name no controller. */
const GENERAL = new Set(['rw', 'ro', 'clone_children', 'noprefix', 'xattr']);

/** The hierarchies of version 1 in `/proc/self/mountinfo` (proc(5)). A version 2 beside them has no controllers. */
export function cgroupHierarchies(mountInfo: string): readonly CgroupHierarchy[] {
  return mountInfo.split('\n').flatMap((line): readonly CgroupHierarchy[] => {
    const [mounted, superBlock] = line.split(' - ');
    const mountPoint = mounted?.split(' ')[4];
    const [type, , options = ''] = superBlock?.split(' ') ?? [];
    return mountPoint === undefined || type !== 'cgroup' ? [] : [{ mountPoint, options: mountOptions(options) }];
  });
}

function mountOptions(superBlock: string): string {
  const kept = superBlock
    .split(',')
    .filter((option) => !GENERAL.has(option) && !option.startsWith('release_agent=') && option !== 'none');
  return kept.some((option) => option.startsWith('name=')) ? ['none', ...kept].join(',') : kept.join(',');
}

/** Makes a group of that name in every hierarchy and returns the folders. */
export async function makeCgroups(hierarchies: readonly CgroupHierarchy[], name: string): Promise<readonly string[]> {
  return Promise.all(
    hierarchies.map(async ({ mountPoint, options }) => {
      const dir = join(mountPoint, name);
      await mkdir(dir, { recursive: true });
      if (options.split(',').includes('cpuset')) await inheritCpuset(mountPoint, dir);
      return dir;
    }),
  );
}

/** A new cpuset of version 1 has no CPUs, and no process may enter it. */
async function inheritCpuset(parent: string, dir: string): Promise<void> {
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    await writeFile(join(dir, file), await readFile(join(parent, file), 'utf8'));
  }
}

/**
 * Removes groups with all below them, and waits for processes that are on their way out.
 *
 * @throws when one is still in use after 15 s
 */
export async function removeCgroups(dirs: readonly string[]): Promise<void> {
  const deadline = performance.now() + SETTLED_WITHIN_MS;
  for (const dir of dirs) {
    while (!(await isRemoved(dir, deadline))) await wait(POLL_MS);
  }
}

async function isRemoved(dir: string, deadline: number): Promise<boolean> {
  try {
    await removeTree(dir);
    return true;
  } catch (error) {
    if (!hasCode(error, 'EBUSY') || performance.now() > deadline) throw error;
    return false;
  }
}

/** Files of a cgroup cannot be unlinked, and need not be. */
async function removeTree(dir: string): Promise<void> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    for (const entry of entries) if (entry.isDirectory()) await removeTree(join(dir, entry.name));
    await rmdir(dir);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}
