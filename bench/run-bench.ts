import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { arch, cpus, loadavg, platform, release, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from '@playwright/test';
import { startDemoTestCluster } from '../e2e/fixtures/demo-test-cluster.ts';
import type { TestCluster } from '../e2e/fixtures/test-cluster.ts';
import { buildStale } from '../scripts/build/build-stale.ts';
import { ensureChromium } from '../scripts/chromium.ts';
import type { Bench, BenchRow } from './bench-row.ts';
import { formatTable, median, meetsGoal, type RowResult, worst } from './bench-table.ts';
import { ROWS } from './rows/rows.ts';

const HELP = `npm run bench -- [--quick] [--row NAME]… [--json FILE] [--profile]

Measures the built application on clusters of this machine, and checks the rows that it measured.

  --quick      fewer repetitions: ends within two minutes
  --row NAME   only this row; may be given several times
  --json FILE  writes every value to FILE
  --profile    leaves a CPU profile of every host in .cache/profiles

Rows:
${ROWS.map(({ name, goal }) => `  ${name.padEnd(14)} ${goal}`).join('\n')}
`;

const NODES = 5_000;
const tell = (line: string) => process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      json: { type: 'string' },
      row: { type: 'string', multiple: true },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const unknown = values.row?.filter((name) => !ROWS.some((row) => row.name === name)) ?? [];
  if (unknown.length > 0) {
    tell(`no such row: ${unknown.join(', ')}\n\n${HELP}`);
    process.exitCode = 2;
    return;
  }
  await buildStale(tell);
  const profileDir = values.profile ? resolve('.cache/profiles') : undefined;
  if (profileDir !== undefined) await mkdir(profileDir, { recursive: true });
  const rows = ROWS.filter((row) => values.row?.includes(row.name) ?? true);
  const { results, versions } = await runRows(rows, values.quick, profileDir);
  const machine = { ...machineFigures(), ...versions };
  const head = Object.entries(machine).map(([key, value]) => `${key}: ${value}`);
  process.stdout.write(`${head.join('\n')}\n\n${formatTable(results)}\n`);
  if (values.json !== undefined)
    await writeFile(values.json, `${JSON.stringify(toJson(machine, results), undefined, 2)}\n`);
  if (results.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
}

async function runRows(rows: readonly BenchRow[], quick: boolean, profileDir: string | undefined) {
  const folder = await mkdtemp(join(tmpdir(), 'everynode-bench-'));
  let cluster: Promise<TestCluster> | undefined;
  let browser: Promise<Browser> | undefined;
  const bench: Bench = {
    quick,
    folder,
    tell,
    ...(profileDir === undefined ? {} : { profileDir }),
    // One that did not start fails its row alone; the next row tries again.
    largeCluster: () =>
      (cluster ??= startDemoTestCluster(NODES).catch((error: unknown) => {
        cluster = undefined;
        throw error;
      })),
    browser: () =>
      (browser ??= chromium.launch({ executablePath: ensureChromium(tell), args: ['--no-sandbox', '--disable-gpu'] })),
  };
  const results: RowResult[] = [];
  try {
    for (const row of rows) {
      tell(`${row.name}: ${row.goal}`);
      const result = await runRow(row, bench);
      results.push(result);
      // At once, so that a run that is ended early was not for nothing.
      tell(`${formatTable([result])}\n`);
    }
    const versions = browser === undefined ? {} : { chromium: (await browser).version() };
    return { results, versions };
  } finally {
    await (await browser)?.close();
    await (await cluster)?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function runRow(row: BenchRow, bench: Bench): Promise<RowResult> {
  try {
    return { row: row.name, figures: await row.run(bench) };
  } catch (error) {
    return { row: row.name, figures: [], failure: error instanceof Error ? error.message : String(error) };
  }
}

function machineFigures(): Readonly<Record<string, string>> {
  return {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${platform()} ${release()} ${arch()}`,
    load: loadavg()
      .map((value) => value.toFixed(2))
      .join(' '),
    node: process.versions.node,
  };
}

function toJson(machine: Readonly<Record<string, string>>, results: readonly RowResult[]) {
  return {
    machine,
    results: results.map((result) => ({
      ...result,
      figures: result.figures.map((figure) => ({
        ...figure,
        median: median(figure.values),
        worst: worst(figure),
        meetsGoal: meetsGoal(figure),
      })),
    })),
  };
}

await main();
