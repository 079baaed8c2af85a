import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { failuresOfPlaywright, failuresOfVitest } from './failures.ts';
import { TOO_LATE } from './run-command.ts';
import { failure, type StageResult, type TestFailure } from './stage.ts';

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** @param file what Vitest's JSON reporter wrote */
export function countVitest(file: string, exitCode: number): StageResult {
  const json = readJson(file);
  const report = vitestReport.safeParse(json);
  if (!report.success) return failure(withoutReport(exitCode));
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report.data;
  // A file that does not even load fails without a failing test in it.
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length;
  const result = honest(numPassedTests, numFailedTests + brokenFiles, numPendingTests + numTodoTests, exitCode);
  return withFailures(result, failuresOfVitest(json));
}

/** @param file what Playwright's JSON reporter wrote */
export function countPlaywright(file: string, exitCode: number): StageResult {
  const json = readJson(file);
  const report = playwrightReport.safeParse(json);
  if (!report.success) return failure(withoutReport(exitCode));
  const { expected, unexpected, flaky, skipped } = report.data.stats;
  return withFailures(honest(expected, unexpected + flaky, skipped, exitCode), failuresOfPlaywright(json));
}

/** No tests at all, or an exit code that the tests do not explain, is a failure too. */
function honest(passed: number, failed: number, skipped: number, exitCode: number): StageResult {
  if (failed === 0 && exitCode !== 0) return { passed, failed: 1, skipped, note: `exit code ${exitCode}` };
  if (passed + failed === 0) return failure('no test ran');
  return { passed, failed, skipped };
}

function withFailures(result: StageResult, failures: readonly TestFailure[]): StageResult {
  return failures.length === 0 ? result : { ...result, failures };
}

function withoutReport(exitCode: number): string {
  return exitCode === TOO_LATE ? 'ended: it took too long' : 'crashed: it left no report';
}

function readJson(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Half a report is as good as none; the caller says so.
    return undefined;
  }
}
