import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cgroupHierarchies, removeCgroups } from './cgroups.ts';

const VERSION_1 = `31 30 0:27 / /sys/fs/cgroup rw,relatime shared:9 - tmpfs tmpfs rw,mode=755
32 31 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:10 - cgroup cgroup rw,cpu,cpuacct
33 31 0:29 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
34 31 0:30 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,xattr,release_agent=/lib/agent,name=systemd
35 31 0:31 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
`;
const VERSION_2 = `31 30 0:27 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot\n`;

describe('cgroupHierarchies', () => {
  it('names each hierarchy with the options that mount it again', () => {
    expect(cgroupHierarchies(VERSION_1)).toEqual([
      { mountPoint: '/sys/fs/cgroup/cpu,cpuacct', options: 'cpu,cpuacct' },
      { mountPoint: '/sys/fs/cgroup/memory', options: 'memory' },
      { mountPoint: '/sys/fs/cgroup/systemd', options: 'none,name=systemd' },
    ]);
  });

  it('finds none in a machine of version 2 alone', () => {
    expect(cgroupHierarchies(VERSION_2)).toEqual([]);
  });
});

describe('removeCgroups', () => {
  it('removes groups with those below them, and does not mind one that is gone', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'everynode-cgroups-'));
    await mkdir(join(dir, 'memory/node/kubepods/pod'), { recursive: true });
    await removeCgroups([join(dir, 'memory/node'), join(dir, 'cpu/node')]);
    expect(await readdir(join(dir, 'memory'))).toEqual([]);
    await rm(dir, { recursive: true });
  });
});
