import { METRICS } from './cases/metrics.ts';
import { describeConformance } from './describe-conformance.ts';
import { startRealApi } from './start-real-api.ts';

// metrics-server reads every 10 s, and needs two readings.
describeConformance('the real control plane with metrics-server', () => startRealApi({ metrics: true }), {
  groups: [METRICS],
  limitMs: 120_000,
});
