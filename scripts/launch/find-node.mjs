import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** undici 8 and Vitest 5 need it. */
const OLDEST = { major: 22, minor: 19 };

/**
 * The Node that runs everything: the one from our packages, else the one that runs this file when it is new enough.
 * @param {string} root
 * @returns {string | undefined} path of the program
 */
export function findNode(root) {
  return packagedNode(root) ?? (isNewEnough(process.versions.node) ? process.execPath : undefined);
}

export const NO_NODE = `Everynode needs Node ${OLDEST.major}.${OLDEST.minor} or newer on this system; this is ${process.versions.node}. Install it from https://nodejs.org and start again.`;

/** @param {string} root */
function packagedNode(root) {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const program = join('bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const inCheckout = join(root, 'node_modules', name, program);
  if (existsSync(inCheckout)) return inCheckout;
  const hoisted = createRequire(join(root, 'package.json')).resolve.paths(name) ?? [];
  return hoisted.map((folder) => join(folder, name, program)).find((path) => existsSync(path));
}

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor);
}
