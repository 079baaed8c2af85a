export type { Bounds } from './bounds.ts';
export { MonitoringView } from './MonitoringView.tsx';
export { type PodHistory } from './usage-history.ts';
export { UsageProvider, useUsages } from './UsageProvider.tsx';
export { usageWords } from './usage-words.ts';
