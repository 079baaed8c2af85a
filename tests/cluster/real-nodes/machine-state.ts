import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasCode } from '../system-errors.ts';

/** What a kubelet, containerd or CNI could have changed on a machine, by kind; each line is one fact. */
export type MachineState = Readonly<Record<string, readonly string[]>>;

const run = promisify(execFile);
/** Folders that a node's programs know by a fixed path. */
const FOLDERS = [
  '/etc/cni',
  '/opt/cni',
  '/opt/containerd',
  '/run/containerd',
  '/run/netns',
  '/usr/libexec/kubernetes',
  '/var/lib/cni',
  '/var/lib/containerd',
  '/var/lib/kubelet',
  '/var/log/containers',
  '/var/log/pods',
] as const;
const PROGRAMS = /^(?:kubelet|containerd|containerd-shim|runc|unshare)/u;
/** Settings of the machine that a kubelet or CNI writes; not those that count or that other programs move. */
const SYSCTLS = ['kernel', 'vm', 'net/ipv4', 'net/ipv6', 'net/bridge', 'fs/inotify'] as const;
const RESTLESS = /random|\/nr_|pty\/nr|ns_last_pid|conntrack_count|\/neigh\/|drop_caches|compact_memory|fs\/.*-nr$/u;

/** Reads the machine as a root process outside of all nodes sees it. */
export async function readMachineState(): Promise<MachineState> {
  const [sysctls, folders, programs] = await Promise.all([readSysctls(), readFolders(), readPrograms()]);
  return {
    sysctls,
    folders,
    programs,
    mounts: (await lines('/proc/self/mountinfo')).map((line) => line.split(' ').slice(3).join(' ')).toSorted(),
    links: await printed('ip', ['-brief', 'link', 'show']),
    addresses: await printed('ip', ['-brief', 'address', 'show']),
    routes: await printed('ip', ['route', 'show', 'table', 'all']),
    cgroups: await readCgroups(),
    tables: await lines('/proc/net/ip_tables_names'),
    modules: (await lines('/proc/modules')).map((line) => line.split(' ')[0] ?? ''),
  };
}

/** Facts that one of two states has and the other has not, as `+mounts: …` and `-mounts: …`. */
export function changesBetween(before: MachineState, after: MachineState): readonly string[] {
  const kinds = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...kinds].flatMap((kind) => {
    const [was, is] = [new Set(before[kind]), new Set(after[kind])];
    return [
      ...[...is.difference(was)].map((fact) => `+${kind}: ${fact}`),
      ...[...was.difference(is)].map((fact) => `-${kind}: ${fact}`),
    ];
  });
}

async function readSysctls(): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (path: string): Promise<void> => {
    if (RESTLESS.test(path)) return;
    for (const entry of await readdir(path, { withFileTypes: true }).catch(nothing)) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) await visit(child);
      else if (!RESTLESS.test(child)) found.push(`${child}=${(await readFile(child, 'utf8').catch(() => '')).trim()}`);
    }
  };
  for (const each of SYSCTLS) await visit(`/proc/sys/${each}`);
  return found;
}

async function readFolders(): Promise<readonly string[]> {
  const found = await Promise.all(
    FOLDERS.map(async (dir) => {
      const names = await readdir(dir).catch(nothing);
      return names.length === 0 ? [] : names.map((name) => join(dir, String(name)));
    }),
  );
  return found.flat();
}

async function readPrograms(): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      // `<pid> (<name>) <state> …`; one that has ended and only waits for its parent's notice is gone.
      const [stat = ''] = await lines(`/proc/${pid}/stat`);
      const { name = '', state } = /\((?<name>.*)\) (?<state>\S)/u.exec(stat)?.groups ?? {};
      return PROGRAMS.test(name) && state !== 'Z' ? [`${pid} ${name}`] : [];
    }),
  );
  return found.flat();
}

/** Names of the groups at the top of every hierarchy. */
async function readCgroups(): Promise<readonly string[]> {
  const tops = await readdir('/sys/fs/cgroup', { withFileTypes: true });
  const inside = await Promise.all(
    tops
      .filter((top) => top.isDirectory())
      .map(async ({ name }) => {
        const entries = await readdir(join('/sys/fs/cgroup', name), { withFileTypes: true }).catch(() => []);
        return [name, ...entries.filter((entry) => entry.isDirectory()).map((entry) => `${name}/${entry.name}`)];
      }),
  );
  return inside.flat();
}

async function lines(path: string): Promise<readonly string[]> {
  try {
    return (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ESRCH')) return [];
    throw error;
  }
}

async function printed(file: string, args: readonly string[]): Promise<readonly string[]> {
  return (await run(file, args)).stdout.split('\n').filter((line) => line !== '');
}

function nothing(): [] {
  return [];
}
