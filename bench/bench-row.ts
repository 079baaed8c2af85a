import type { Browser } from '@playwright/test';
import type { TestCluster } from '../e2e/fixtures/test-cluster.ts';

/** One measured quantity: all values of its repetitions, in the order in which they were taken. */
export interface Figure {
  readonly what: string;
  /** "ms", "MB", "kB", "events/s", "frames/s". */
  readonly unit: string;
  readonly values: readonly number[];
  /** The goal for the median; absent: told beside the others. */
  readonly goal?: Goal;
}

export type Goal = { readonly atMost: number } | { readonly atLeast: number };

/** What a row is given: shared by all rows of one run, ended by the runner. */
export interface Bench {
  /** Fewer repetitions: the whole run ends within two minutes. */
  readonly quick: boolean;
  /** A folder of this run, removed at its end. */
  readonly folder: string;
  /** Where CPU profiles of the hosts go; absent: none are taken. */
  readonly profileDir?: string;
  readonly tell: (line: string) => void;
  /** The demo cluster of 5,000 nodes and about 30,000 pods, in a process of its own. */
  largeCluster(): Promise<TestCluster>;
  browser(): Promise<Browser>;
}

export interface BenchRow {
  /** What `--row` says. */
  readonly name: string;
  /** The goal in words. */
  readonly goal: string;
  /** @throws Error when what was measured was not right: a figure of wrong rows is none. */
  run(bench: Bench): Promise<readonly Figure[]>;
}
