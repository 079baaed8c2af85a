import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { withFileLock } from './file-lock.mjs';

/**
 * Runs `npm ci` when node_modules does not belong to this package-lock.json. Only stderr is written to.
 * @param {string} root the checkout
 * @returns {Promise<boolean>} false when npm failed; it has said why
 */
export async function installPackages(root) {
  const lockFile = join(root, 'package-lock.json');
  if (!existsSync(lockFile) || isInstalled(root)) return true;
  return withFileLock(
    join(root, '.cache', 'install.lock'),
    async () => {
      if (isInstalled(root)) return true;
      process.stderr.write('Installing packages (npm ci)…\n');
      const ok = (await npmCi(root)) === 0;
      if (ok) writeStamp(root);
      else process.stderr.write('The packages could not be installed: npm ci failed, see above.\n');
      return ok;
    },
    () => process.stderr.write('Waiting for another start to install the packages…\n'),
  );
}

/** @param {string} root */
function isInstalled(root) {
  const stamp = stampFile(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash(root)) return true;
  // Installed by hand (npm ci, npm install): npm's own record says the same without a stamp of ours.
  if (!matchesNpmRecord(root)) return false;
  writeStamp(root);
  return true;
}

/** @param {string} root */
function writeStamp(root) {
  mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
  writeFileSync(stampFile(root), lockHash(root));
}

/** @param {string} root */
function stampFile(root) {
  return join(root, 'node_modules', '.cache', 'everynode-lock');
}

/** @param {string} root */
function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * True when npm's hidden lock file in node_modules has every package of package-lock.json in the same version, those
 * of other systems apart.
 * @param {string} root
 */
function matchesNpmRecord(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(([path, wanted]) => {
    if (path === '') return true;
    const got = installed[path];
    if (got === undefined) return wanted.optional === true || wanted.devOptional === true || wanted.peer === true;
    return got.version === wanted.version && got.integrity === wanted.integrity;
  });
}

/**
 * What npm itself wrote, so its shape is taken on trust.
 * @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }>} Packages
 * @param {string} file
 * @returns {Packages}
 */
function packagesOf(file) {
  return /** @type {{ packages: Packages }} */ (JSON.parse(readFileSync(file, 'utf8'))).packages;
}

/** @param {string} root */
function npmCi(root) {
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];
  const npm = process.env['npm_execpath'];
  const viaNpm = npm !== undefined && basename(npm).startsWith('npm');
  const [command, all] = viaNpm ? [process.execPath, [npm, ...args]] : ['npm', args];
  // npm is a .cmd file on Windows, which only a shell starts; every word here is our own.
  const shell = !viaNpm && process.platform === 'win32';
  return new Promise((resolve) => {
    const child = spawn(command, all, { cwd: root, stdio: ['ignore', 2, 2], shell });
    const end = () => child.kill('SIGTERM');
    process.once('SIGINT', end).once('SIGTERM', end);
    child.once('error', (error) => {
      process.stderr.write(`npm could not be started: ${error.message}\n`);
      resolve(1);
    });
    child.once('close', (code) => {
      process.off('SIGINT', end).off('SIGTERM', end);
      resolve(code ?? 1);
    });
  });
}
