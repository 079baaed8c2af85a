import { describeConformance } from './describe-conformance.ts';
import { startRealApi } from './start-real-api.ts';

describeConformance('the real control plane', () => startRealApi());
