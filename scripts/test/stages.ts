import { globSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { goIsPresent } from '../../tests/cluster/cluster-kit.ts';
import { root } from '../build/parts.ts';
import { programs } from '../launch/run-script.mjs';
import { countPlaywright, countVitest } from './counts.ts';
import { installedElectron } from '../open/installed-electron.ts';
import { type CommandOptions, runNode } from './run-command.ts';
import { failure, type Stage, type StageResult } from './stage.ts';

const reports = join(root, '.cache', 'reports');
/** Shown while it runs, since it takes minutes. */
const LONG: CommandOptions = { live: true, limitMinutes: 40 };
const ARCHITECTURE = 'tests/architecture.test.ts';
export const NO_GO = 'skipped: real control plane, no Go';

export interface Selection {
  /** What `npm test` runs. */
  readonly short: boolean;
  /** What `npm run test:full` adds. */
  readonly long: boolean;
}

/** Stages of one row run one after the other; rows of one step run side by side; steps follow each other. */
export type Plan = readonly (readonly (readonly Stage[])[])[];

/**
 * What waits for a cluster runs beside what keeps the processor busy.
 * What is long has the machine to itself.
 */
export function plan({ short, long }: Selection): Plan {
  const first = [prerequisite('build', 'build.ts', []), prerequisite('chromium', 'chromium.ts', ['--install'])];
  const onCluster = goIsPresent() ? [clusterKit(long)] : [withoutGo()];
  const needs = onCluster.map(({ name }) => name);
  const forLong: Plan = long ? [[[...longDemo(), ...(goIsPresent() ? longReal(needs) : [])]]] : [];
  if (!short) return [[first, onCluster], ...forLong];
  const quick = [
    check('format', [...tool('format'), '--check']),
    check('lint', tool('lint')),
    check('types', tool('types')),
  ];
  const unit = [
    asOne(vitest('architecture', ['unit'], [ARCHITECTURE])),
    vitest('unit', ['unit', 'page'], ['--exclude', ARCHITECTURE]),
  ];
  const cluster = goIsPresent() ? [{ ...vitest('cluster', ['cluster'], [], LONG), needs }] : [];
  const real = goIsPresent() ? [playwright('e2e real', 'real', needs)] : [];
  return [
    [[...quick, ...first], unit, [...onCluster, ...cluster]],
    [[playwright('e2e demo', 'demo'), playwright('e2e electron', 'electron-stand-in')], real],
    ...forLong,
  ];
}

function longDemo(): readonly Stage[] {
  const stages: Stage[] = [];
  if (installedElectron(root) !== undefined) stages.push(playwright('e2e electron binary', 'electron'));
  if (exists('e2e/**/*.long.spec.ts')) stages.push(playwright('e2e demo long', 'demo-long'));
  const elsewhere = globSync('{src,tests}/**/*.long.test.ts', { cwd: root }).filter((file) => !isOnCluster(file));
  if (elsewhere.length > 0) stages.push(vitest('long', ['long'], [...elsewhere], LONG));
  return stages;
}

function clusterKit(long: boolean): Stage {
  return prerequisite('cluster kit', 'build-cluster-kit.ts', long ? ['--metrics'] : []);
}

function longReal(needs: readonly string[]): readonly Stage[] {
  const stages: Stage[] = [];
  if (exists('tests/cluster/**/*.long.test.ts')) {
    stages.push({ ...vitest('cluster long', ['long'], ['tests/cluster/'], LONG), needs });
  }
  return [...stages, playwright('e2e real long', 'real-long', needs)];
}

function withoutGo(): Stage {
  const required = process.env['EVERYNODE_REQUIRE_REAL'] === '1';
  const run = async (): Promise<StageResult> => {
    process.stdout.write(`${NO_GO}\n`);
    return required ? failure('no Go') : { passed: 0, failed: 0, skipped: 0, note: NO_GO };
  };
  return { name: 'cluster', run };
}

/** A stage that is right or wrong as a whole. */
function check(name: string, args: readonly string[]): Stage {
  return {
    name,
    run: async () => {
      const { code, output } = await runNode(args);
      if (code !== 0) show(name, output);
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
    },
  };
}

/** A stage that tests nothing, but without which others cannot run: it counts only when it fails. */
function prerequisite(name: string, file: string, args: readonly string[]): Stage {
  return {
    name,
    run: async () => {
      const { code, output } = await runNode([join(root, 'scripts', file), ...args], {
        live: file === 'build-cluster-kit.ts',
        limitMinutes: 30,
      });
      if (code !== 0) show(name, output);
      return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
    },
  };
}

function vitest(
  name: string,
  projects: readonly string[],
  args: readonly string[],
  options: CommandOptions = {},
): Stage {
  return {
    name,
    run: async () => {
      const file = freshReport(name);
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
      const { code, output } = await runNode(
        [...tool('test:unit', 'run'), ...projects.flatMap((project) => ['--project', project]), ...reporters, ...args],
        options,
      );
      const result = countVitest(file, code);
      if (result.failed > 0 && options.live !== true) show(name, output);
      return result;
    },
  };
}

function playwright(name: string, project: string, needs: readonly string[] = []): Stage {
  return {
    name,
    needs: ['build', 'chromium', ...needs],
    run: async () => {
      const file = freshReport(name);
      const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
      const env = { EVERYNODE_PLAYWRIGHT_REPORT: file };
      const { code } = await runNode([cli, 'test', '--project', project], { ...LONG, env });
      return countPlaywright(file, code);
    },
  };
}

function asOne(stage: Stage): Stage {
  return {
    ...stage,
    run: async () => {
      const { passed, failed, note } = await stage.run();
      return {
        passed: failed === 0 && passed > 0 ? 1 : 0,
        failed: failed === 0 ? 0 : 1,
        skipped: 0,
        ...(note === undefined ? {} : { note }),
      };
    },
  };
}

/** The program of an npm script, up to the given word. */
function tool(name: string, upTo?: string): readonly string[] {
  const program = programs[name] ?? [];
  return upTo === undefined ? program : program.slice(0, program.indexOf(upTo) + 1);
}

function freshReport(name: string): string {
  mkdirSync(reports, { recursive: true });
  const file = join(reports, `${name.replaceAll(/\W+/g, '-')}.json`);
  rmSync(file, { force: true });
  return file;
}

function exists(pattern: string): boolean {
  return globSync(pattern, { cwd: root }).length > 0;
}

function isOnCluster(file: string): boolean {
  return file.replaceAll('\\', '/').startsWith('tests/cluster/');
}

function show(name: string, output: string): void {
  process.stdout.write(`\n──── ${name} ────\n${output.trimEnd()}\n────\n`);
}
