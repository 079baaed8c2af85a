export { RolloutWatcher } from './RolloutWatcher.tsx';
export { WatchButton } from './WatchButton.tsx';
