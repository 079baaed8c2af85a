import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseCommandLine } from '../../src/core/host/command-line.ts';
import { GRACE_MS, runInForeground, watchParent } from '../launch/supervise.mjs';
import { electronBinary } from './electron-binary.ts';

const tell = (line: string) => process.stderr.write(`${line}\n`);

export interface HostChoice {
  readonly args: readonly string[];
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
}

/** Why Electron is not even tried, as a sentence when the user should read it; undefined when it is tried. */
export function whyNoElectron({ args, platform, env, isRoot }: HostChoice): { readonly say?: string } | undefined {
  // What the host only prints (help, version, a bad option) needs no window.
  if (args.includes('--serve') || parseCommandLine(args, '/').command !== 'run') return {};
  const asked = args.includes('--electron');
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) {
    return asked ? { say: 'There is no display for Electron (DISPLAY and WAYLAND_DISPLAY are unset).' } : {};
  }
  if (platform === 'linux' && isRoot)
    return { say: "Electron's sandbox does not run as root: opening in the browser." };
  return undefined;
}

/**
 * Opens Everynode with these arguments: Electron where it can be had, else the server host, in this very process.
 *
 * @param root the checkout or the installed package
 * @param built whether out/ is up to date; Electron is fetched meanwhile
 * @returns the exit code, or undefined when the server host runs on and sets its own
 */
export async function openHost(
  root: string,
  args: readonly string[],
  built: Promise<boolean>,
): Promise<number | undefined> {
  const [electron, isBuilt] = await Promise.all([findElectron(root, args), built]);
  if (!isBuilt) return 1;
  if (electron !== undefined) {
    const code = await runInForeground(electron, [join(root, 'out', 'main', 'main.js'), ...args]);
    if (!couldNotStart(code)) return code;
    tell(`Electron could not start on this system (exit code ${code}): opening in the browser.`);
  }
  return runServerHost(root, args);
}

async function findElectron(root: string, args: readonly string[]): Promise<string | undefined> {
  const reason = whyNoElectron({
    args,
    platform: process.platform,
    env: process.env,
    isRoot: process.getuid?.() === 0,
  });
  if (reason?.say !== undefined) tell(reason.say);
  if (reason !== undefined) return undefined;
  return electronBinary(root, {
    cacheFolder: join(root, '.cache'),
    retry: args.includes('--electron'),
    tell,
    now: Date.now,
  });
}

/** 126 and 127: a shared library or the loader is missing. 133 and 134: it trapped or aborted, as without a usable sandbox. */
function couldNotStart(code: number): boolean {
  return [126, 127, 133, 134].includes(code);
}

/** The host's own signal handlers end it; this makes sure that it ends in time, and with the process that started it. */
async function runServerHost(root: string, args: readonly string[]): Promise<number | undefined> {
  const file = join(root, 'out', 'main', 'server-host.js');
  if (!existsSync(file)) {
    tell(`The server host is not built: ${file} is missing.`);
    return 1;
  }
  watchParent(() => process.kill(process.pid, 'SIGTERM'));
  const endInTime = () => setTimeout(() => process.exit(143), GRACE_MS).unref();
  process.once('SIGTERM', endInTime).once('SIGINT', endInTime).once('SIGHUP', endInTime);
  enableCompileCache(join(root, '.cache', 'compiled'));
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
  return undefined;
}
