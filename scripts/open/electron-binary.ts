import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const FETCH_LIMIT_MS = 20_000;
const REMEMBER_MS = 24 * 3_600_000;

export interface FetchOptions {
  /** Where the memory of a failure is kept. */
  readonly cacheFolder: string;
  /** Tries again although a try failed within the last day. */
  readonly retry: boolean;
  readonly tell: (line: string) => void;
  readonly now: () => number;
  /** Shorter in tests. */
  readonly limitMs?: number;
}

/**
 * The path of Electron's program, fetched when it is missing: for at most 20 s, and not again within a day of a failure.
 * `import('electron')` is no way to ask, since it starts a download by itself and prints on stdout.
 *
 * @param root the checkout or the installed package
 * @returns undefined when there is none; `tell` has said why
 */
export async function electronBinary(root: string, options: FetchOptions): Promise<string | undefined> {
  const folder = electronFolder(root);
  if (folder === undefined) return undefined;
  const present = installedProgram(folder);
  if (present !== undefined) return present;
  const memory = join(options.cacheFolder, 'electron-fetch-failed');
  if (!options.retry && failedWithinADay(memory, options.now())) return undefined;
  options.tell('Fetching Electron (at most 20 s)…');
  const failure = await runInstaller(folder, options.limitMs ?? FETCH_LIMIT_MS);
  const fetched = installedProgram(folder);
  if (fetched !== undefined) {
    rmSync(memory, { force: true });
    return fetched;
  }
  const remembered = remember(options.cacheFolder, memory, options.now());
  const again = remembered ? '; this is not tried again for a day, unless with --electron' : '';
  options.tell(`Electron could not be fetched (${failure})${again}. Opening in the browser instead.`);
  return undefined;
}

/** @returns false where the folder cannot be written to (a package installed by root): then every start tries again */
function remember(folder: string, memory: string, now: number): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(memory, String(now));
    return true;
  } catch {
    return false;
  }
}

function electronFolder(root: string): string | undefined {
  const folders = createRequire(join(root, 'package.json')).resolve.paths('electron') ?? [];
  return folders.map((folder) => join(folder, 'electron')).find((folder) => existsSync(join(folder, 'install.js')));
}

function installedProgram(folder: string): string | undefined {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist');
  const program = join(dist, readFileSync(pathFile, 'utf8'));
  return existsSync(program) ? program : undefined;
}

function failedWithinADay(memory: string, now: number): boolean {
  if (!existsSync(memory)) return false;
  const age = now - Number(readFileSync(memory, 'utf8'));
  return age >= 0 && age < REMEMBER_MS;
}

/** @returns why it failed, or 'unknown reason' when the installer claims to have worked */
function runInstaller(folder: string, limitMs: number): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'install.js')], {
      cwd: dirname(folder),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    let reason = 'unknown reason';
    const limit = setTimeout(() => {
      reason = 'it took more than 20 s';
      end();
    }, limitMs);
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('error', (error) => {
      reason = error.message;
    });
    child.once('close', () => {
      clearTimeout(limit);
      process.off('exit', end);
      const firstError = output.split('\n').find((line) => /error/i.test(line));
      resolve(reason === 'unknown reason' && firstError !== undefined ? firstError.trim() : reason);
    });
  });
}
