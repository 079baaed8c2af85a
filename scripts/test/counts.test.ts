import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countPlaywright, countVitest } from './counts.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'everynode-counts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function report(value: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}

const vitest = (change: object = {}) =>
  report({ numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, testResults: [], ...change });
const playwright = (stats: object = {}) =>
  report({ stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors: [] });

describe('counting tests', () => {
  it('takes the numbers of Vitest', () => {
    expect(countVitest(vitest(), 0)).toEqual({ passed: 3, failed: 0, skipped: 1 });
    expect(countVitest(vitest({ numFailedTests: 2 }), 1)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });

  it('counts a file that does not load as a failure', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(countVitest(vitest({ testResults }), 1).failed).toBe(1);
  });

  it('takes the numbers of Playwright, where a flaky test is no passed one', () => {
    expect(countPlaywright(playwright({ unexpected: 1, flaky: 1, skipped: 2 }), 1)).toEqual({
      passed: 4,
      failed: 2,
      skipped: 2,
    });
  });

  it('keeps what each failed test says, in brief and without colours', () => {
    const testResults = [
      { status: 'failed', message: 'cannot find x.ts', assertionResults: [] },
      {
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'adds', failureMessages: [] },
          { status: 'failed', fullName: 'subtracts', failureMessages: ['\u001B[31mexpected 1\u001B[39m\n\n  to be 2'] },
        ],
      },
    ];
    expect(countVitest(vitest({ numFailedTests: 1, testResults }), 1).failures).toEqual([
      { title: 'a file that does not load', message: 'cannot find x.ts' },
      { title: 'subtracts', message: 'expected 1\n  to be 2' },
    ]);
    const failed = {
      title: 'a journey',
      ok: false,
      tests: [{ results: [{}, { error: { message: `lost\n${'line\n'.repeat(30)}` } }] }],
    };
    const suites = [{ specs: [{ title: 'well', ok: true, tests: [] }], suites: [{ specs: [failed] }] }];
    const stats = { expected: 1, unexpected: 1, flaky: 0, skipped: 0 };
    const [only] = countPlaywright(report({ stats, errors: [], suites }), 1).failures ?? [];
    expect(only?.title).toBe('a journey');
    expect(only?.message.split('\n')).toHaveLength(14);
  });

  it.each([
    ['the runner fails though every test passed', () => countVitest(vitest(), 1)],
    ['no test ran', () => countPlaywright(playwright({ expected: 0 }), 0)],
    ['there is no report', () => countVitest(join(folder, 'none.json'), 0)],
    ['the report is cut off', () => countPlaywright(report('{"stats": {'), 0)],
    ['the report is something else', () => countVitest(report({ hello: 1 }), 0)],
  ])('fails when %s', (_why, count) => {
    expect(count()).toMatchObject({ failed: 1, note: expect.any(String) });
  });
});
