import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import type { TestFailure } from './stage.ts';

const MAX_LINES = 14;
const MAX_LINE = 240;

const vitestFailures = z.object({
  testResults: z.array(
    z.object({
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/** Of a report of Vitest's JSON reporter; files that do not load are among them. */
export function failuresOfVitest(report: unknown): readonly TestFailure[] {
  const parsed = vitestFailures.safeParse(report);
  if (!parsed.success) return [];
  return parsed.data.testResults.flatMap(({ message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && message) return [{ title: 'a file that does not load', message: brief(message) }];
    return failed.map(({ fullName, failureMessages }) => ({
      title: fullName,
      message: brief(failureMessages?.[0] ?? ''),
    }));
  });
}

const spec = z.object({
  title: z.string(),
  ok: z.boolean(),
  tests: z.array(
    z.object({ results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })) }),
  ),
});
const suite = z.object({
  specs: z.array(spec).default([]),
  get suites() {
    return z.array(suite).default([]);
  },
});
const playwrightFailures = z.object({ suites: z.array(suite) });

/** Of a report of Playwright's JSON reporter. */
export function failuresOfPlaywright(report: unknown): readonly TestFailure[] {
  const parsed = playwrightFailures.safeParse(report);
  return parsed.success ? parsed.data.suites.flatMap(failedSpecs) : [];
}

function failedSpecs({ specs, suites }: z.infer<typeof suite>): readonly TestFailure[] {
  const own = specs
    .filter(({ ok }) => !ok)
    .map(({ title, tests }) => {
      const error = tests.flatMap(({ results }) => results).find((result) => result.error)?.error;
      return { title, message: brief(error?.message ?? '') };
    });
  return [...own, ...suites.flatMap(failedSpecs)];
}

/** The first lines, without colours, each of a width that can be read. */
function brief(message: string): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines
    .slice(0, MAX_LINES)
    .map((line) => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - 1)}…` : line))
    .join('\n');
}
