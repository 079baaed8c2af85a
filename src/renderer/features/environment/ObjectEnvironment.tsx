import { type ReactNode, useMemo } from 'react';
import { at } from '../../../shared/kubernetes/json-fields.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { type ObjectAddress, useObject } from '../../live/use-object.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import { EnvironmentView } from './EnvironmentView.tsx';

export interface ObjectEnvironmentProps {
  readonly contextName: string;
  readonly address: ObjectAddress;
  readonly children?: ReactNode;
}

/** The environment that a DaemonSet's template or a pod declares, live. */
export function ObjectEnvironment({ contextName, address, children }: ObjectEnvironmentProps) {
  const { resource, name, namespace } = address;
  const { value, state, retry } = useObject(contextName, address);
  const readNow = useReadNow(contextName, retry);
  const jsonText = value?.jsonText;
  const object = useMemo((): unknown => (jsonText === undefined ? undefined : JSON.parse(jsonText)), [jsonText]);
  if (object === undefined) {
    if (state.phase === 'failed')
      return <ErrorPanel error={state.error} onRetry={readNow} title={`${name} cannot be read`} />;
    return (
      <>
        {children}
        <EmptyState title={value?.gone === true ? `${name} is not there any more` : `Reading ${name}…`} />
      </>
    );
  }
  const isPod = resource === 'pods';
  return (
    <EnvironmentView
      contextName={contextName}
      namespace={namespace}
      podSpec={isPod ? at(object, 'spec') : at(object, 'spec', 'template', 'spec')}
      {...(isPod && { pod: object })}
    >
      {children}
      <ReadTrouble subject="Environment" state={state} onNow={readNow} />
      {value?.gone === true && <span role="status">{name} was deleted. What is shown is its last state.</span>}
    </EnvironmentView>
  );
}
