import type { UsageBounds } from '../../../shared/kubernetes/pod-usage.ts';
import type { Measure } from './usage-history.ts';

/** What one pod requests and may use, by measure. */
export type Bounds = Readonly<Record<Measure, UsageBounds>>;
