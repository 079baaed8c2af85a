import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasCode } from '../system-errors.ts';
import { removeCgroups } from './cgroups.ts';

/** What a node has outside of its namespaces, written down before it is made. */
export interface NodeRecord {
  readonly name: string;
  /** Network link on this machine. */
  readonly link: string;
  /** Folders of its cgroups. */
  readonly cgroups: readonly string[];
  /** The process that its namespaces end with, once there is one. */
  readonly process?: { readonly pid: number; readonly startedAt: string };
}

const run = promisify(execFile);
const FILE = 'real-nodes.json';

/** Whether real nodes of this run's folder have not been ended in order. */
export function hasRecords(dir: string): boolean {
  return existsSync(join(dir, FILE));
}

/** The records of a run's folder; none when it never had real nodes. */
export async function readRecords(dir: string): Promise<readonly NodeRecord[]> {
  try {
    return JSON.parse(await readFile(join(dir, FILE), 'utf8')) as readonly NodeRecord[];
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Replaces the records as a whole, so that a killed run leaves the old or the new ones. */
export async function writeRecords(dir: string, records: readonly NodeRecord[]): Promise<void> {
  const unfinished = join(dir, `${FILE}.unfinished`);
  await writeFile(unfinished, JSON.stringify(records));
  await rename(unfinished, join(dir, FILE));
}

/** Ends what the nodes of a run left behind: processes, links, cgroups. Does nothing where nothing is left. */
export async function removeRecorded(dir: string): Promise<void> {
  const records = await readRecords(dir);
  for (const record of records) {
    if (record.process !== undefined) await killProcess(record.process);
    await removeLink(record.link);
    await removeCgroups(record.cgroups);
  }
  await rm(join(dir, FILE), { force: true });
}

/** When a process started, in clock ticks since boot (field 22 of proc(5)); with its id it names one process for good. */
export async function startOfProcess(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .at(19);
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ESRCH')) return undefined;
    throw error;
  }
}

async function killProcess({ pid, startedAt }: { readonly pid: number; readonly startedAt: string }): Promise<void> {
  if ((await startOfProcess(pid)) !== startedAt) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}

/** The link goes with the node's network namespace, but that the kernel takes apart when it has time. */
async function removeLink(link: string): Promise<void> {
  const isThere = (): boolean => existsSync(join('/sys/class/net', link));
  if (!isThere()) return;
  await run('ip', ['link', 'delete', link]).catch((error: unknown) => {
    if (isThere()) throw error;
  });
}
