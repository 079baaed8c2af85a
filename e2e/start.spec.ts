import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SCRIPT_KB_UNTIL_ROWS, firstRows, noteFirstRows } from './fixtures/first-rows.ts';
import { expect, test as base } from './fixtures/test.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const END_WITHIN_MS = 2_000;

interface Started {
  readonly child: ChildProcess;
  /** The lines of standard output, npm's banner apart. */
  readonly lines: () => readonly string[];
  readonly all: () => string;
  readonly ended: Promise<number | null>;
}

const test = base.extend<{ npmStart: (...args: readonly string[]) => Started }>({
  npmStart: async ({ folder }, use) => {
    const started: Started[] = [];
    await use((...args) => {
      const env = { PATH: process.env['PATH'] ?? '', HOME: folder, ...npmCache() };
      const child = spawn('npm', ['start', '--', '--data-dir', join(folder, 'data'), ...args], { cwd: ROOT, env });
      let out = '';
      let all = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (all += chunk.toString('utf8')));
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      const lines = () => out.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('> '));
      const it = { child, lines, all: () => all, ended };
      started.push(it);
      return it;
    });
    for (const { child } of started) {
      for (const pid of descendants(child.pid ?? 0)) process.kill(pid, 'SIGKILL');
      child.kill('SIGKILL');
    }
  },
});

/** npm finds its cache by HOME, which is the test's own. */
function npmCache(): Readonly<Record<string, string>> {
  const cache = process.env['npm_config_cache'];
  return cache === undefined ? {} : { npm_config_cache: cache };
}

/** Process ids of all that a process has started, and what that has started (Linux: from /proc). */
function descendants(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
    } catch {
      // It ended between the two reads.
      continue;
    }
  }
  const found = new Set<number>([pid]);
  let size = 0;
  while (size !== found.size) {
    ({ size } = found);
    for (const [child, parent] of parents) if (found.has(parent)) found.add(child);
  }
  found.delete(pid);
  return [...found];
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('npm start serves the demo cluster, writes one line, and ends with everything that it started', async ({
  npmStart,
  page,
}) => {
  test.skip(process.platform !== 'linux', 'the process tree is read from /proc');
  const started = npmStart('--serve', '--demo', '--no-open', '--port', '0');
  await expect.poll(() => started.lines().length, { timeout: 40_000 }).toBe(1);
  const [line = ''] = started.lines();
  expect(line).toMatch(/^Everynode is ready at http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]+$/);
  const url = line.slice(line.indexOf('http'));

  await page.goto(url);
  await expect(
    page.getByRole('navigation', { name: 'Contexts' }).getByRole('button', { name: /demo.*, live/i }),
  ).toBeVisible();

  started.child.stdin?.write('\n');
  await expect.poll(() => started.lines().length).toBe(2);
  const fresh = started.lines()[1] ?? '';
  expect(fresh).toMatch(/^Everynode is ready at http/);
  expect(fresh).not.toBe(line);

  await page.goto('about:blank');
  const pids = descendants(started.child.pid ?? 0);
  expect(pids.length, 'launcher, host and demo').toBeGreaterThanOrEqual(2);
  const sentAt = performance.now();
  started.child.kill('SIGTERM');
  await expect.poll(() => pids.filter(isRunning), { timeout: 4_000, intervals: [50] }).toEqual([]);
  expect(performance.now() - sentAt).toBeLessThan(END_WITHIN_MS);
  await started.ended;
});

test('a bad option is named and ends with exit code 2', async ({ npmStart }) => {
  const started = npmStart('--bogus');
  expect(await started.ended).toBe(2);
  expect(started.all()).toContain("'--bogus'");
  const port = npmStart('--serve', '--port', 'many');
  expect(await port.ended).toBe(2);
  expect(port.all()).toContain('--port');
});

test('--version and --help answer and end', async ({ npmStart }) => {
  const version = npmStart('--version');
  expect(await version.ended).toBe(0);
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
  expect(version.lines()).toEqual([manifest.version]);
  const help = npmStart('--help');
  expect(await help.ended).toBe(0);
  for (const option of ['--serve', '--demo-nodes N', '--kubeconfig FILE', '--port N', '--data-dir DIR']) {
    expect(help.lines().join('\n')).toContain(option);
  }
});

test('the bin of the package takes the same options', () => {
  const bin = join(ROOT, 'scripts', 'everynode.mjs');
  const out = execFileSync(process.execPath, [bin, '--version'], { encoding: 'utf8' });
  expect(out.trim()).toMatch(/^\d+\.\d+\.\d+$/);
});

test('the page loads little JavaScript until its first rows, and then what a click leads to', async ({
  page,
  launch,
}) => {
  await noteFirstRows(page);
  await launch({ kubeconfigs: [], args: ['--demo'] });
  const { scriptKb } = await firstRows(page);
  expect(scriptKb).toBeGreaterThan(0);
  expect(scriptKb).toBeLessThanOrEqual(SCRIPT_KB_UNTIL_ROWS);

  const loaded = () =>
    page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
  for (const part of ['detail', 'pod', 'RedeployDialog', 'DeleteDialog', 'NamespacePicker', 'KubeconfigDialog'])
    await expect.poll(loaded).toContainEqual(expect.stringMatching(new RegExp(`/${part}-[^/]+\\.js$`)));
});
