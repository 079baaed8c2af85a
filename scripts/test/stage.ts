/** What a stage found. A stage that checks one thing (format, lint, types) counts as one test. */
export interface StageResult {
  readonly passed: number;
  readonly failed: number;
  /** Tests that the suite itself left out. */
  readonly skipped: number;
  /** Shown beside the stage in the summary. */
  readonly note?: string;
  readonly failures?: readonly TestFailure[];
}

/** One failed test and the beginning of what it says. */
export interface TestFailure {
  readonly title: string;
  readonly message: string;
}

export interface Stage {
  readonly name: string;
  /** Names of the stages without which this one means nothing. */
  readonly needs?: readonly string[];
  /** A failing stage has shown its whole output by the time this resolves. */
  readonly run: () => Promise<StageResult>;
}

/** A stage after it ran. */
export interface FinishedStage extends StageResult {
  readonly name: string;
  readonly seconds: number;
}

export const failure = (note: string): StageResult => ({ passed: 0, failed: 1, skipped: 0, note });
