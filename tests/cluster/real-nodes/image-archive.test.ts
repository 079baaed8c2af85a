import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeImageArchive } from './image-archive.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'everynode-image-'));
});
afterEach(() => rm(dir, { recursive: true }));

describe.skipIf(process.platform !== 'linux')('an image archive', () => {
  it('has one layer of BusyBox and its applets, and is the same whenever it is written', async () => {
    const busybox = join(dir, 'busybox');
    await writeFile(busybox, 'not really', { mode: 0o755 });
    const plan = { reference: 'registry.test/tool:1', entrypoint: ['/bin/busybox', 'true'] };
    for (const name of ['one.tar', 'two.tar'])
      await writeImageArchive(busybox, plan, join(dir, 'work'), join(dir, name));
    const archive = join(dir, 'one.tar');
    expect((await readFile(archive)).equals(await readFile(join(dir, 'two.tar')))).toBe(true);
    const member = (name: string): Buffer => execFileSync('tar', ['-xOf', archive, name]);
    const manifest = JSON.parse(member('manifest.json').toString('utf8')) as unknown;
    expect(manifest).toEqual([{ Config: 'config.json', RepoTags: ['registry.test/tool:1'], Layers: ['layer.tar'] }]);
    expect(JSON.parse(member('config.json').toString('utf8'))).toMatchObject({
      os: 'linux',
      config: { Entrypoint: ['/bin/busybox', 'true'] },
    });
    const files = execFileSync('tar', ['-tf', '-'], { input: member('layer.tar') })
      .toString('utf8')
      .split('\n');
    expect(files).toEqual(expect.arrayContaining(['./bin/busybox', './bin/sh', './bin/tail', './tmp/']));
  });
});
