/** A finding at a place of a text: 1-based. Without a column it marks the whole line. */
export interface TextProblem {
  readonly line: number;
  readonly column?: number | undefined;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}
