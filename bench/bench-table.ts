import type { Figure, Goal } from './bench-row.ts';

export interface RowResult {
  readonly row: string;
  readonly figures: readonly Figure[];
  /** Why it could not be measured, or what was wrong with what it measured. */
  readonly failure?: string;
}

/** The middle value; the mean of the middle two of an even number. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[sorted.length / 2 - 1] ?? Number.NaN)) / 2;
}

/** The value that is farthest from the goal; without one the greatest. */
export function worst({ values, goal }: Figure): number {
  return goal !== undefined && 'atLeast' in goal ? Math.min(...values) : Math.max(...values);
}

/** @param share from 0 to 1; nearest rank */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function meetsGoal(figure: Figure): boolean | undefined {
  if (figure.goal === undefined) return undefined;
  const value = median(figure.values);
  return 'atMost' in figure.goal ? value <= figure.goal.atMost : value >= figure.goal.atLeast;
}

const HEAD = ['row', 'what', 'n', 'median', 'worst', 'goal', ''] as const;

/** A table of plain text, one line a figure. */
export function formatTable(results: readonly RowResult[]): string {
  const lines = results.flatMap(({ row, figures, failure }) => [
    ...figures.map((figure) => cells(row, figure)),
    ...(failure === undefined ? [] : [[row, `FAILED: ${failure}`, '', '', '', '', '']]),
  ]);
  const table = [[...HEAD], ...lines];
  const widths = HEAD.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  return table
    .map((line) =>
      line
        .map((cell, column) => pad(cell, widths[column] ?? 0, column))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cells(row: string, figure: Figure): string[] {
  const met = meetsGoal(figure);
  return [
    row,
    figure.what,
    String(figure.values.length),
    `${formatNumber(median(figure.values))} ${figure.unit}`,
    `${formatNumber(worst(figure))} ${figure.unit}`,
    figure.goal === undefined ? '' : `${goalWords(figure.goal)} ${figure.unit}`,
    met === undefined ? '' : met ? 'meets' : 'MISSES',
  ];
}

function goalWords(goal: Goal): string {
  return 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
}

function formatNumber(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

function pad(cell: string, width: number, column: number): string {
  return column >= 2 && column <= 4 ? cell.padStart(width) : cell.padEnd(width);
}
