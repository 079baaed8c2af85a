import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import type { ObjectAddress } from '../../live/use-object.ts';
import { ObjectEnvironment } from '../environment/index.ts';
import { useDaemonSetPods } from './use-detail.ts';

export interface EnvironmentTabProps {
  readonly row: DaemonSetRow;
  readonly contextName: string;
}

const OPTIONS_SHOWN = 50;

/** Variables of the pod template; of a pod that is chosen, with its own fields. */
export function EnvironmentTab({ row, contextName }: EnvironmentTabProps) {
  const { namespace, name, uid } = row;
  const [podName, setPodName] = useState<string | null>(null);
  const { rows: pods } = useDaemonSetPods(contextName, row);
  const names = useMemo(() => pods.map((pod) => pod.name).toSorted(), [pods]);
  const address: ObjectAddress =
    podName === null
      ? { resource: 'daemonsets', namespace, name, uid }
      : { resource: 'pods', namespace, name: podName };
  return (
    <ObjectEnvironment contextName={contextName} address={address}>
      <Select
        aria-label="Fields of pod"
        placeholder="Pod template"
        clearable
        searchable
        limit={OPTIONS_SHOWN}
        data={names}
        value={podName}
        onChange={setPodName}
        nothingFoundMessage="No pod of this name"
        w={240}
      />
    </ObjectEnvironment>
  );
}
