export { LogPanel } from './LogPanel.tsx';
export type { LogPanelProps } from './LogPanel.tsx';
export { saveFile } from './save-file.ts';
