import { describeConformance } from './describe-conformance.ts';
import { startDemoApi } from './start-demo-api.ts';

describeConformance('the demo cluster', startDemoApi);
