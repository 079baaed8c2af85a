import { ObjectEnvironment } from '../environment/index.ts';
import type { PodTabProps } from './pod-tab.ts';

export function PodEnvironmentTab({ contextName, row: { namespace, name, uid } }: PodTabProps) {
  return <ObjectEnvironment contextName={contextName} address={{ resource: 'pods', namespace, name, uid }} />;
}
