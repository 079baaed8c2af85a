import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { programs } from '../scripts/launch/run-script.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const step = z.strictObject({
  name: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
/** What of GitHub's workflow syntax is used; anything else fails to parse, so that a misspelt key is found here. */
const workflow = z.strictObject({
  name: z.string(),
  on: z.strictObject({ push: z.strictObject({ branches: z.array(z.string()) }), pull_request: z.null() }),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  jobs: z.strictObject({
    test: z.strictObject({
      strategy: z.strictObject({ 'fail-fast': z.boolean(), matrix: z.strictObject({ os: z.array(z.string()) }) }),
      'runs-on': z.string(),
      'timeout-minutes': z.number(),
      env: z.record(z.string(), z.string()),
      steps: z.array(step),
    }),
  }),
});

const { test } = workflow.parse(parse(read('.github/workflows/ci.yml'))).jobs;
const commands = test.steps.flatMap(({ run, if: condition }) => (run === undefined ? [] : [{ run, condition }]));
const manifest = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));

/** The npm scripts that a command line starts. */
const scriptsOf = (run: string): readonly string[] =>
  [...run.matchAll(/\bnpm (?:run ([\w:]+)|(test|start))\b/g)].map(([, named, short]) => named ?? short ?? '');

/** Whether a step with this condition runs on a system; conditions name one system, or all but one. */
function runsOn(condition: string | undefined, system: string): boolean {
  if (condition === undefined) return true;
  const [, relation, named] = /^runner\.os (==|!=) '(\w+)'$/.exec(condition) ?? [];
  if (relation === undefined) throw new Error(`not understood: ${condition}`);
  return (relation === '==') === (named === system);
}

describe('the workflow', () => {
  it('runs on Linux, macOS and Windows, each to its end', () => {
    expect(test.strategy.matrix.os.map((os) => os.replace(/-.*/, ''))).toEqual(['ubuntu', 'macos', 'windows']);
    expect(test.strategy['fail-fast']).toBe(false);
    expect(test['runs-on']).toBe('${{ matrix.os }}');
  });

  it('pins each action by a major version or a whole commit', () => {
    const actions = test.steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(actions.length).toBeGreaterThan(3);
    for (const action of actions) expect(action).toMatch(/^actions\/[\w-]+@(v\d+|[0-9a-f]{40})$/);
  });

  it.each(['Linux', 'macOS', 'Windows'] as const)('tests all and makes the installers on %s', (system) => {
    const here = commands.filter(({ condition }) => runsOn(condition, system)).flatMap(({ run }) => scriptsOf(run));
    expect(here).toEqual(['test', 'test:full', 'pack']);
  });

  it('shows the real Electron a display on Linux', () => {
    const full = commands.filter(({ run }) => run.includes('test:full'));
    expect(full.map(({ run, condition }) => [condition, run.startsWith('xvfb-run ')])).toEqual([
      ["runner.os == 'Linux'", true],
      ["runner.os != 'Linux'", false],
    ]);
  });

  it('starts no npm script that does not exist, and no file that is not there', () => {
    const called = commands.flatMap(({ run }) => scriptsOf(run));
    expect(called.filter((name) => manifest.scripts[name] === undefined)).toEqual([]);
    const files = commands.flatMap(({ run }) =>
      [...run.matchAll(/\bnode (\S+\.m?[jt]s)\b/g)].map(([, file]) => file ?? ''),
    );
    expect(files).toContain('node_modules/electron/install.js');
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('puts nothing that others write into a command', () => {
    for (const { run } of commands) expect(run).not.toContain('${{');
  });

  it('keeps its caches by lock files that exist', () => {
    const locks = test.steps.flatMap(({ with: given }) => String(given?.['cache-dependency-path'] ?? '').split('\n'));
    const named = locks.map((path) => path.trim()).filter((path) => path !== '');
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('an npm script', () => {
  it.each(Object.entries(manifest.scripts))('%s is run by its own name', (name, command) => {
    expect(command).toBe(`node scripts/run.mjs ${name}`);
    expect(existsSync(programs[name]?.[0] ?? '')).toBe(true);
  });

  it('exists for each program', () => {
    expect(Object.keys(manifest.scripts).toSorted()).toEqual(Object.keys(programs).toSorted());
  });
});
