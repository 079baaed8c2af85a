export { DaemonSetsPage } from './DaemonSetsPage.tsx';
export { StatusCell } from './StatusCell.tsx';
