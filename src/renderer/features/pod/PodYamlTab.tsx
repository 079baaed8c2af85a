import { ObjectYaml } from '../yaml/index.ts';
import type { PodTabProps } from './pod-tab.ts';

export function PodYamlTab({ contextName, row: { namespace, name, uid } }: PodTabProps) {
  return <ObjectYaml contextName={contextName} address={{ resource: 'pods', namespace, name, uid }} kind="pod" />;
}
