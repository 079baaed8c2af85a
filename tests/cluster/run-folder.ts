import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasRecords, removeRecorded } from './real-nodes/node-record.ts';
import { hasCode, isAlive } from './system-errors.ts';

/** Ports of one cluster, all on 127.0.0.1. */
export interface ClusterPorts {
  readonly apiServer: number;
  readonly etcdClient: number;
  readonly etcdPeer: number;
  readonly kubelet: number;
  readonly metricsServer: number;
}

/** A folder of this run's own; its name claims a block of ports. */
export interface RunFolder extends AsyncDisposable {
  readonly dir: string;
  readonly ports: ClusterPorts;
}

const PREFIX = 'everynode-cluster-';
const BLOCK = 8;
/** Below every system's ephemeral ports and below the NodePort range. */
const FIRST_BLOCK = 20_000 / BLOCK;
const LAST_BLOCK = 30_000 / BLOCK;
const ATTEMPTS = 200;
const OWNERLESS_AFTER_MS = 60_000;

/**
 * Claims five free ports and an empty folder, mode 0700. Making the folder is
 * the claim: two runs cannot make the same one. The folder is removed when it is
 * disposed of or this process ends; one of a process that was killed, by the next run.
 *
 * @throws when no free block was found
 */
export async function claimRunFolder(): Promise<RunFolder> {
  await removeAbandonedFolders();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const base = randomInt(FIRST_BLOCK, LAST_BLOCK) * BLOCK;
    const dir = join(tmpdir(), `${PREFIX}${base}`);
    if (!(await madeFolder(dir))) continue;
    await writeFile(join(dir, 'owner'), String(process.pid));
    const folder = folderOf(dir, base);
    if (await allFree(base)) return folder;
    await folder[Symbol.asyncDispose]();
  }
  throw new Error(`no free block of ${BLOCK} ports in ${ATTEMPTS} attempts`);
}

function folderOf(dir: string, base: number): RunFolder {
  const options = { recursive: true, force: true, maxRetries: 5 } as const;
  const removeOnExit = (): void => {
    // What its real nodes left takes longer than an ending process has; the next run sees to it.
    if (!hasRecords(dir)) rmSync(dir, options);
  };
  process.on('exit', removeOnExit);
  return {
    dir,
    ports: portsFrom(base),
    [Symbol.asyncDispose]: async () => {
      await rm(dir, options);
      process.off('exit', removeOnExit);
    },
  };
}

function portsFrom(base: number): ClusterPorts {
  return {
    apiServer: base,
    etcdClient: base + 1,
    etcdPeer: base + 2,
    kubelet: base + 3,
    metricsServer: base + 4,
  };
}

async function madeFolder(dir: string): Promise<boolean> {
  try {
    await mkdir(dir, { mode: 0o700 });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function allFree(base: number): Promise<boolean> {
  const offsets = Array.from({ length: BLOCK }, (_, offset) => offset);
  const free = await Promise.all(offsets.map((offset) => isFree(base + offset)));
  return free.every(Boolean);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A killed run cannot remove its folder and what its real nodes left, so the next run does. */
async function removeAbandonedFolders(): Promise<void> {
  const names = await readdir(tmpdir());
  for (const name of names.filter((each) => each.startsWith(PREFIX))) {
    const dir = join(tmpdir(), name);
    if (!(await isAbandoned(dir))) continue;
    await removeRecorded(dir);
    await rm(dir, { recursive: true, force: true });
  }
}

async function isAbandoned(dir: string): Promise<boolean> {
  try {
    const owner = Number(await readFile(join(dir, 'owner'), 'utf8'));
    if (Number.isInteger(owner) && owner > 0) return !isAlive(owner);
    return Date.now() - (await stat(dir)).mtimeMs > OWNERLESS_AFTER_MS;
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) return false;
    const age = await stat(dir).then(
      (stats) => Date.now() - stats.mtimeMs,
      () => 0,
    );
    return age > OWNERLESS_AFTER_MS;
  }
}
