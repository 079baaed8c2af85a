import { Select } from '@mantine/core';
import { EmptyState } from '../../components/EmptyState.tsx';
import { navigate } from '../../stores/use-route.ts';
import { containerOptions, firstContainer } from '../detail/index.ts';
import { LogPanel } from '../logs/index.ts';
import type { PodTabProps } from './pod-tab.ts';

/** The log of one container of the pod. The choice is in the URL. */
export function PodLogTab({ contextName, row, container = firstContainer(row), run = '' }: PodTabProps) {
  const { namespace, name } = row;
  if (container === undefined) return <EmptyState title={`${name} has no container to read a log of`} />;
  return (
    <LogPanel
      key={`${row.uid}/${container}/${run}`}
      contextName={contextName}
      namespace={namespace}
      pod={name}
      container={container}
      startsPrevious={run === 'previous'}
    >
      <Select
        aria-label="Container"
        data={containerOptions(row, container)}
        value={container}
        allowDeselect={false}
        w={180}
        onChange={(next) =>
          next !== null && navigate({ page: 'pod', contextName, namespace, name, tab: 'log', container: next })
        }
      />
    </LogPanel>
  );
}
