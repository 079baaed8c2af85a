import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { withFileLock } from '../../scripts/launch/file-lock.mjs';

export interface GoModuleBuild {
  /** Folder of a main package with its go.mod and go.sum. */
  readonly dir: string;
  readonly ldflags: string;
  /** How long it takes with nothing cached, in words. */
  readonly duration: string;
  readonly log: (line: string) => void;
}

/** Folder of what the tests' clusters are made of. */
export function kitCacheDir(): string {
  return join(cacheDir(), 'cluster-kit');
}

/** What `npm start` and the tests cache, outside the checkout. */
function cacheDir(): string {
  const own = process.env['EVERYNODE_CACHE_DIR'];
  if (own !== undefined && own !== '') return own;
  const xdg = process.env['XDG_CACHE_HOME'];
  const base = xdg !== undefined && xdg !== '' ? xdg : join(homedir(), '.cache');
  return join(base, 'everynode');
}

/**
 * Builds a Go command into the cache, once per content, and returns its path.
 * Two builders of the same one wait for each other.
 *
 * @throws when the compiler fails, with its output
 */
export async function buildGoModule(build: GoModuleBuild): Promise<string> {
  const args = ['build', '-trimpath', '-p', '2', '-ldflags', build.ldflags];
  const name = basename(build.dir);
  const dir = join(kitCacheDir(), await keyOf(build.dir, args));
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binary = join(dir, `${name}${suffix}`);
  if (await exists(binary)) return binary;
  await mkdir(dir, { recursive: true });
  const waiting = (): void => build.log(`Waiting for another build of ${name} to end`);
  return withFileLock(join(dir, 'lock'), () => buildOnce(build, args, binary), waiting);
}

async function buildOnce(build: GoModuleBuild, args: readonly string[], binary: string): Promise<string> {
  if (await exists(binary)) return binary;
  const name = basename(build.dir);
  build.log(`Building ${name} from its Go modules (${build.duration} when nothing is cached)`);
  const startedAt = performance.now();
  const unfinished = join(dirname(binary), `${name}.${process.pid}.unfinished`);
  try {
    await runGo(build.dir, [...args, '-o', unfinished, '.']);
    await rename(unfinished, binary);
  } finally {
    await rm(unfinished, { force: true });
  }
  build.log(`Built ${name} in ${Math.round((performance.now() - startedAt) / 1000)} s`);
  return binary;
}

async function keyOf(dir: string, args: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  const names = (await readdir(dir)).filter((name) => /^go\.(mod|sum)$|\.go$/u.test(name));
  for (const name of names.toSorted()) hash.update(name).update(await readFile(join(dir, name)));
  hash.update(JSON.stringify([args, process.platform, process.arch]));
  return hash.digest('hex').slice(0, 16);
}

function runGo(dir: string, args: readonly string[]): Promise<void> {
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false -mod=readonly' };
  // Others work on this machine too: a build of minutes stands back.
  const [file, before] = process.platform === 'win32' ? ['go', []] : ['nice', ['-n', '10', 'go']];
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...before, ...args], {
      cwd: dir,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const kill = (): void => void child.kill();
    process.once('exit', kill);
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', kill);
      if (code === 0) resolve();
      else reject(new Error(`go ${args[0] ?? ''} in ${dir} failed:\n${output.trimEnd()}`));
    });
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
