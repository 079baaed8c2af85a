import { dirname, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, NO_NODE } from './find-node.mjs';
import { installPackages } from './install-packages.mjs';
import { runInForeground } from './supervise.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url));

const tool = (/** @type {string} */ path) => join(root, 'node_modules', path);
const script = (/** @type {string} */ name) => join(root, 'scripts', name);

/**
 * What each npm script runs: a file for Node, and its first arguments.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const programs = {
  start: [script('start.ts')],
  build: [script('build.ts')],
  test: [script('test.ts')],
  'test:full': [script('test.ts'), '--full'],
  'test:unit': [tool('vitest/vitest.mjs'), 'run'],
  'test:e2e': [script('test.ts'), '--only', 'build,chromium,e2e demo'],
  lint: [tool('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'],
  format: [tool('oxfmt/bin/oxfmt')],
  types: [tool('typescript/bin/tsc'), '-b'],
  pack: [script('pack.ts')],
  'pack:check': [tool('vitest/vitest.mjs'), 'run', '--project', 'long', 'tests/packaging'],
  screenshots: [script('screenshots.ts')],
  measure: [join(root, 'bench', 'run-bench.ts'), '--row', 'start', '--row', 'scroll'],
  bench: [join(root, 'bench', 'run-bench.ts')],
};

/**
 * Installs what is missing, then runs a program of `programs` under the right Node.
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
export async function runScript(name, args) {
  const program = programs[name];
  if (program === undefined) throw new Error(`no such script: ${name}`);
  return runFile(program, args);
}

/**
 * @param {readonly string[]} program
 * @param {readonly string[]} args
 */
export async function runFile(program, args) {
  if (!(await installPackages(root))) return 1;
  const node = findNode(root);
  if (node === undefined) {
    process.stderr.write(`${NO_NODE}\n`);
    return 1;
  }
  const path = [dirname(node), process.env['PATH']].filter(Boolean).join(delimiter);
  // Node 22 warns that it strips types; nobody needs to read that.
  return runInForeground(node, ['--disable-warning=ExperimentalWarning', ...program, ...args], {
    env: { ...process.env, PATH: path },
  });
}
