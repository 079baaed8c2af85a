import { METRICS } from './cases/metrics.ts';
import { describeConformance } from './describe-conformance.ts';
import { startDemoApi } from './start-demo-api.ts';

describeConformance('the demo cluster', () => startDemoApi());
describeConformance('the demo cluster with metrics', () => startDemoApi({ metrics: true }), { groups: [METRICS] });
