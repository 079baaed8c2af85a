import type { JudgedCluster } from './judged-cluster.ts';

/** One thing that the app relies on; it rejects when the cluster does not do it. */
export interface ConformanceCase {
  readonly name: string;
  readonly run: (cluster: JudgedCluster) => Promise<void>;
}

export interface ConformanceGroup {
  readonly name: string;
  readonly cases: readonly ConformanceCase[];
}

export function aCase(name: string, run: ConformanceCase['run']): ConformanceCase {
  return { name, run };
}
