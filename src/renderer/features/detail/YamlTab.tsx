import { useState } from 'react';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import { OpenOperation, type Operation, useDaemonSetPermissions } from '../operations/index.ts';
import { ObjectYaml } from '../yaml/index.ts';

export interface YamlTabProps {
  readonly row: DaemonSetRow;
  readonly contextName: string;
}

/** The DaemonSet as YAML, and the way to its edit. */
export function YamlTab({ row, contextName }: YamlTabProps) {
  const { namespace, name, uid } = row;
  const [operation, setOperation] = useState<Operation>();
  const { reason } = useDaemonSetPermissions(contextName, namespace).patch;
  return (
    <>
      <ObjectYaml
        contextName={contextName}
        address={{ resource: 'daemonsets', namespace, name, uid }}
        kind="daemonset"
        actions={(isGone) => (
          <GuardedButton
            reason={isGone ? 'It was deleted.' : reason}
            aria-label={`Edit ${name}`}
            onClick={() => setOperation('yaml')}
          >
            Edit
          </GuardedButton>
        )}
      />
      <OpenOperation
        contextName={contextName}
        row={row}
        operation={operation}
        onClose={() => setOperation(undefined)}
      />
    </>
  );
}
