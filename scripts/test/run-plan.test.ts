import { describe, expect, it, vi } from 'vitest';
import { runPlan, summary } from './run-plan.ts';
import type { Stage } from './stage.ts';

const stage = (name: string, passed: number, failed: number, needs: readonly string[] = []): Stage => ({
  name,
  needs,
  run: async () => ({ passed, failed, skipped: 0 }),
});
const quiet = () => vi.spyOn(process.stdout, 'write').mockReturnValue(true);

describe('a test run', () => {
  it('runs every stage although one fails, and sums them up in its last line', async () => {
    quiet();
    const done = await runPlan(
      [[[stage('lint', 0, 1), stage('types', 1, 0)], [stage('unit', 40, 0)]], [[stage('e2e', 7, 2)]]],
      undefined,
    );
    expect(done.map(({ name }) => name)).toEqual(['lint', 'types', 'unit', 'e2e']);
    expect(summary(done).split('\n').at(-1)).toBe('48 passed, 3 failed');
  });

  it('says under the table what failed and why', () => {
    const failures = Array.from({ length: 10 }, (_, i) => ({ title: `journey ${i}`, message: 'lost\nagain' }));
    const lines = summary([{ name: 'e2e', passed: 1, failed: 10, skipped: 0, seconds: 1, failures }]).split('\n');
    expect(lines.slice(3, 6)).toEqual(['FAILED e2e: journey 0', '  lost', '  again']);
    expect(lines.slice(-3)).toEqual(['and 2 more', '', '1 passed, 10 failed']);
  });

  it('counts a stage that crashes as failed', async () => {
    quiet();
    const crash: Stage = { name: 'unit', run: () => Promise.reject(new Error('out of memory')) };
    expect(await runPlan([[[crash]]], undefined)).toMatchObject([{ passed: 0, failed: 1, note: 'crashed' }]);
  });

  it('counts a stage as failed when what it needs failed', async () => {
    quiet();
    const done = await runPlan([[[stage('build', 0, 1)]], [[stage('e2e', 7, 0, ['build'])]]], undefined);
    expect(done[1]).toMatchObject({ passed: 0, failed: 1, note: 'not run: build failed' });
  });

  it('runs only the stages that are asked for', async () => {
    quiet();
    const done = await runPlan([[[stage('e2e demo', 1, 0), stage('e2e demo long', 1, 0)]]], ['e2e demo']);
    expect(done.map(({ name }) => name)).toEqual(['e2e demo']);
  });
});
