export { LogPanel } from './LogPanel.tsx';
export type { LogPanelProps } from './LogPanel.tsx';
