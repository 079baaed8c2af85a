import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HELP = `node scripts/chromium.ts [--install]

Prints the path of the Chrome or Chromium that the end-to-end tests use.
  --install   installs one when there is none: with apt-get on Debian as root, else with Playwright's installer
`;

const ADVICE =
  'No Chrome or Chromium was found and none could be installed. Install one (on Debian: apt-get install chromium), or name its program in EVERYNODE_CHROMIUM.';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];

/** @returns the program of an installed Chrome or Chromium, or undefined */
export function findChromium(): string | undefined {
  const named = process.env['EVERYNODE_CHROMIUM'];
  if (named !== undefined && named !== '') return isFile(named) ? named : undefined;
  return [...onPath(), ...usualPlaces(), playwrightPlace()].find((path) => path !== '' && isFile(path));
}

/**
 * @param tell told one line about each thing that is tried
 * @throws Error with a sentence that says what to do
 */
export function ensureChromium(tell: (line: string) => void): string {
  const found = findChromium();
  if (found !== undefined) return found;
  if (isDebianRoot()) {
    tell('Installing Chromium with apt-get…');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update'], env);
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], env);
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  tell("Installing Chromium with Playwright's installer…");
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  run(process.execPath, [cli, 'install', 'chromium'], process.env);
  const installed = findChromium();
  if (installed === undefined) throw new Error(ADVICE);
  return installed;
}

function onPath(): readonly string[] {
  if (process.platform === 'win32') return [];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function usualPlaces(): readonly string[] {
  switch (process.platform) {
    case 'darwin': {
      const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
      const roots = ['/Applications', join(process.env['HOME'] ?? '', 'Applications')];
      return roots.flatMap((root) => apps.map((app) => join(root, `${app}.app`, 'Contents', 'MacOS', app)));
    }
    case 'win32': {
      const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name] ?? '');
      const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
      return roots.filter((root) => root !== '').flatMap((root) => programs.map((program) => join(root, program)));
    }
    default:
      return ['/usr/bin/chromium', '/snap/bin/chromium', '/opt/google/chrome/chrome'];
  }
}

/** Where Playwright's own installer puts the browser that belongs to this version of it. */
function playwrightPlace(): string {
  const { chromium } = createRequire(import.meta.url)('playwright-core') as typeof import('playwright-core');
  return chromium.executablePath();
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function isDebianRoot(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** What it prints is progress, so it goes to stderr; a failure shows in the browser not being found afterwards. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  const result = spawnSync(command, args, { env, stdio: ['ignore', 2, 2] });
  if (result.error !== undefined) process.stderr.write(`${command}: ${result.error.message}\n`);
  else if (result.status !== 0) process.stderr.write(`${command} ended with exit code ${result.status}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  if (args.includes('--help')) {
    process.stdout.write(HELP);
  } else {
    try {
      const path = args.includes('--install') ? ensureChromium(tell) : findChromium();
      if (path === undefined) throw new Error(ADVICE);
      process.stdout.write(`${path}\n`);
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
    }
  }
}
