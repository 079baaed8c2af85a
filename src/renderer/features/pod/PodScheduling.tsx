import type { PodDetails } from '../../../shared/contract/pod.ts';
import type { PodRow } from '../../../shared/kubernetes/rows.ts';
import { Fact, FactLines, FactPanel, Facts } from '../../components/FactPanel.tsx';

/** Where the pod may run and how much it counts, in words. */
export function PodScheduling({ row, details }: { readonly row: PodRow; readonly details: PodDetails }) {
  const { nodeSelector, tolerations, affinity, priority, priorityClassName, qosClass } = details;
  const pairs = Object.entries(nodeSelector).map(([key, value]) => `${key}=${value}`);
  return (
    <FactPanel title="Scheduling">
      <Facts>
        <Fact name="QoS class">{qosClass}</Fact>
        <Fact name="Priority">{[priority, priorityClassName].filter((part) => part !== undefined).join(' · ')}</Fact>
        <Fact name="Node IP">{row.hostIP}</Fact>
        <Fact name="Pod IP">{row.podIP}</Fact>
        <Fact name="Network">{details.hostNetwork ? 'the node’s own (hostNetwork)' : undefined}</Fact>
        <Fact name="Service account">{details.serviceAccountName}</Fact>
        <Fact name="Started">{details.startTime && new Date(details.startTime).toLocaleString()}</Fact>
        <FactLines name="Node selector" lines={pairs} />
        <FactLines name="Affinity" lines={affinity} />
        <FactLines name="Tolerations" lines={tolerations} />
      </Facts>
    </FactPanel>
  );
}
