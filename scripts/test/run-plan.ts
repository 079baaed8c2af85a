import { failure, type FinishedStage, type Stage, type StageResult } from './stage.ts';
import type { Plan } from './stages.ts';

/** Runs every stage of the plan, also after a failure; a stage whose needs failed counts as failed. */
export async function runPlan(plan: Plan, only: readonly string[] | undefined): Promise<readonly FinishedStage[]> {
  const finished: FinishedStage[] = [];
  const runRow = async (row: readonly Stage[]) => {
    for (const stage of row) {
      if (only === undefined || only.includes(stage.name)) {
        finished.push(await runStage(stage, finished));
      }
    }
  };
  for (const rows of plan) await Promise.all(rows.map(runRow));
  const order = plan.flat(2).map(({ name }) => name);
  return finished.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

async function runStage(stage: Stage, before: readonly FinishedStage[]): Promise<FinishedStage> {
  const started = performance.now();
  const broken = before.find(({ name, failed }) => failed > 0 && stage.needs?.includes(name) === true);
  const result = broken === undefined ? await outcomeOf(stage) : failure(`not run: ${broken.name} failed`);
  const done = { ...result, name: stage.name, seconds: (performance.now() - started) / 1000 };
  process.stdout.write(`${done.failed === 0 ? 'ok    ' : 'FAILED'} ${done.name} (${done.seconds.toFixed(1)} s)\n`);
  return done;
}

async function outcomeOf(stage: Stage): Promise<StageResult> {
  try {
    return await stage.run();
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return failure('crashed');
  }
}

const MAX_FAILURES = 8;

/** What failed and why, in brief: who sees only the end of a long output finds it there. */
function failureLines(stages: readonly FinishedStage[]): readonly string[] {
  const all = stages.flatMap(({ name, failures = [] }) => failures.map((each) => ({ name, ...each })));
  const shown = all
    .slice(0, MAX_FAILURES)
    .flatMap(({ name, title, message }) => [
      `FAILED ${name}: ${title}`,
      ...message.split('\n').map((line) => `  ${line}`),
    ]);
  return all.length > MAX_FAILURES ? [...shown, `and ${all.length - MAX_FAILURES} more`] : shown;
}

/** The table of all stages, what failed and, as its last line, the sum. */
export function summary(stages: readonly FinishedStage[]): string {
  const width = Math.max(...stages.map(({ name }) => name.length), 5);
  const row = (name: string, ...cells: readonly string[]) =>
    `${name.padEnd(width)} ${cells.map((cell) => cell.padStart(8)).join('')}`;
  const lines = stages.map(
    ({ name, passed, failed, skipped, seconds, note }) =>
      `${row(name, String(passed), String(failed), String(skipped), seconds.toFixed(1))}${note === undefined ? '' : `  ${note}`}`,
  );
  const sum = (key: 'passed' | 'failed') => stages.reduce((total, stage) => total + stage[key], 0);
  return [
    '',
    row('stage', 'passed', 'failed', 'skipped', 'seconds'),
    ...lines,
    ...failureLines(stages),
    '',
    `${sum('passed')} passed, ${sum('failed')} failed`,
  ].join('\n');
}
