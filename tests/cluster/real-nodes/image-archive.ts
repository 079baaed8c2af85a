import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What an image is started as. */
export interface ImagePlan {
  /** Name with its tag, as `registry.test/busybox:1`. */
  readonly reference: string;
  readonly entrypoint: readonly string[];
}

const run = promisify(execFile);
const APPLETS = [
  'sh',
  'cat',
  'echo',
  'env',
  'false',
  'head',
  'hostname',
  'id',
  'kill',
  'ls',
  'mkdir',
  'nc',
  'printf',
  'ps',
];
const MORE_APPLETS = ['httpd', 'rm', 'sleep', 'stty', 'tail', 'touch', 'true', 'tr', 'wc', 'yes', 'dd'];
/** The same bytes whenever and by whomever it is made. */
const REPRODUCIBLE = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];

/** Writes a Docker archive of one layer, BusyBox with its applets, for `ctr images import`. */
export async function writeImageArchive(busybox: string, plan: ImagePlan, workDir: string, out: string): Promise<void> {
  const layerDir = join(workDir, 'layer');
  const archiveDir = join(workDir, 'archive');
  await rm(workDir, { recursive: true, force: true });
  await Promise.all([mkdir(join(layerDir, 'bin'), { recursive: true }), mkdir(archiveDir, { recursive: true })]);
  await mkdir(join(layerDir, 'tmp'), { mode: 0o1777 });
  await copyFile(busybox, join(layerDir, 'bin', 'busybox'));
  for (const applet of [...APPLETS, ...MORE_APPLETS]) await symlink('busybox', join(layerDir, 'bin', applet));
  const layer = join(archiveDir, 'layer.tar');
  await run('tar', [...REPRODUCIBLE, '-C', layerDir, '-cf', layer, '.']);
  const digest = createHash('sha256')
    .update(await readFile(layer))
    .digest('hex');
  await writeFile(join(archiveDir, 'config.json'), JSON.stringify(imageConfig(plan, digest)));
  const manifest = [{ Config: 'config.json', RepoTags: [plan.reference], Layers: ['layer.tar'] }];
  await writeFile(join(archiveDir, 'manifest.json'), JSON.stringify(manifest));
  await run('tar', [...REPRODUCIBLE, '-C', archiveDir, '-cf', out, 'manifest.json', 'config.json', 'layer.tar']);
  await rm(workDir, { recursive: true, force: true });
}

/** Docker image specification v1.2, the fields that containerd reads. */
function imageConfig({ entrypoint }: ImagePlan, layerDigest: string) {
  return {
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    created: '1970-01-01T00:00:00Z',
    config: { Entrypoint: entrypoint, Env: ['PATH=/bin'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${layerDigest}`] },
  };
}
