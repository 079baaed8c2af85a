import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kubernetesLdflags } from '../cluster-kit.ts';
import { withFileLock } from '../../../scripts/launch/file-lock.mjs';
import { buildGoModule, kitCacheDir } from '../go-module.ts';
import { hasCode } from '../system-errors.ts';
import { type DebianPackage, unpackDebianPackages } from './debian-packages.ts';
import { type ImagePlan, writeImageArchive } from './image-archive.ts';

/** All that a real node is made of; absolute paths. */
export interface NodeKit {
  readonly kubelet: string;
  readonly containerd: string;
  readonly ctr: string;
  readonly runc: string;
  /** Folder of containerd's shim, for its PATH. */
  readonly binDir: string;
  readonly cniBinDir: string;
  readonly busybox: string;
  /** Docker archives to import. */
  readonly images: readonly string[];
  /** File names of the Debian packages, with their versions. */
  readonly packages: readonly string[];
}

export const PAUSE_IMAGE = 'registry.test/pause:1';
/** BusyBox with no entry point but what a pod's command says. */
export const BUSYBOX_IMAGE = 'registry.test/busybox:1';

/** containerd 2 is what kubelet 1.37 asks for; sid's runc needs a newer libc than most machines have. */
const PACKAGES: readonly DebianPackage[] = [
  { name: 'containerd', release: 'sid' },
  { name: 'runc', release: 'bookworm' },
  { name: 'containernetworking-plugins', release: 'bookworm' },
  { name: 'busybox-static', release: 'bookworm' },
];

const IMAGES: readonly (ImagePlan & { readonly file: string })[] = [
  { file: 'pause.tar', reference: PAUSE_IMAGE, entrypoint: ['/bin/busybox', 'tail', '-f', '/dev/null'] },
  { file: 'busybox.tar', reference: BUSYBOX_IMAGE, entrypoint: [] },
];

/**
 * Builds the kubelet and fetches what it runs containers with, once; then all of it is in the cache.
 *
 * @throws as `buildGoModule` and `unpackDebianPackages`
 */
export async function buildNodeKit(log: (line: string) => void = () => undefined): Promise<NodeKit> {
  const kubelet = await buildGoModule({
    dir: fileURLToPath(new URL('../kubelet/', import.meta.url)),
    ldflags: kubernetesLdflags(),
    duration: 'about 4 minutes',
    log,
  });
  const dir = join(kitCacheDir(), await runtimeKey());
  await mkdir(dir, { recursive: true });
  const complete = join(dir, 'complete');
  const packages = await withFileLock(
    join(dir, 'lock'),
    async () => {
      if (!(await isThere(join(complete, 'packages.json')))) await makeRuntime(dir, complete, log);
      return JSON.parse(await readFile(join(complete, 'packages.json'), 'utf8')) as readonly string[];
    },
    () => log('Waiting for another build of the same to end'),
  );
  const root = join(complete, 'root');
  return {
    kubelet,
    packages,
    binDir: join(root, 'usr/bin'),
    containerd: join(root, 'usr/bin/containerd'),
    ctr: join(root, 'usr/bin/ctr'),
    runc: join(root, 'usr/sbin/runc'),
    cniBinDir: join(root, 'usr/lib/cni'),
    busybox: join(root, 'bin/busybox'),
    images: IMAGES.map(({ file }) => join(complete, file)),
  };
}

async function makeRuntime(dir: string, complete: string, log: (line: string) => void): Promise<void> {
  log('Fetching containerd, runc, CNI plugins and BusyBox from Debian');
  const unfinished = join(dir, `unfinished.${process.pid}`);
  const workDir = join(dir, `work.${process.pid}`);
  await mkdir(unfinished);
  try {
    const root = join(unfinished, 'root');
    const files = await unpackDebianPackages(PACKAGES, join(workDir, 'apt'), root);
    for (const image of IMAGES) {
      await writeImageArchive(join(root, 'bin/busybox'), image, join(workDir, 'image'), join(unfinished, image.file));
    }
    await writeFile(join(unfinished, 'packages.json'), JSON.stringify(files));
    await rm(complete, { recursive: true, force: true });
    await rename(unfinished, complete);
  } finally {
    await Promise.all([unfinished, workDir].map((each) => rm(each, { recursive: true, force: true })));
  }
}

/** What is fetched and how an image is written decide what is in the cache. */
async function runtimeKey(): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([PACKAGES, IMAGES, process.arch]));
  hash.update(await readFile(new URL('image-archive.ts', import.meta.url)));
  return `runtime-${hash.digest('hex').slice(0, 16)}`;
}

async function isThere(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    (error: unknown) => {
      if (hasCode(error, 'ENOENT')) return false;
      throw error;
    },
  );
}
