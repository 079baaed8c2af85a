import { ActionIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ContainerStateView, ContainerView } from '../../../shared/contract/pod.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { containerWords, quantitiesWords, stateTone, stateWords } from './container-words.ts';
import classes from './ContainersDrawer.module.css';
import { LogIcon } from './LogIcon.tsx';

export interface ContainerCardProps {
  readonly container: ContainerView;
  readonly onLogs: () => void;
}

/** One container with all that its spec and status say. */
export function ContainerCard({ container, onLogs }: ContainerCardProps) {
  const { name, kind, image, imageID, restarts, state, lastState, ports, probes, requests, limits, mounts } = container;
  return (
    <section className={classes.card} aria-label={`Container ${name}`}>
      <div className={classes.cardHead}>
        <h3>{name}</h3>
        {kind !== 'worker' && <span className={classes.kind}>{kind}</span>}
        <StatusBadge tone={stateTone(container)}>{containerWords(container)}</StatusBadge>
        <span className={classes.space} />
        <ActionIcon aria-label={`Logs of container ${name}`} title="Logs" onClick={onLogs}>
          <LogIcon />
        </ActionIcon>
      </div>
      <dl className={classes.fields}>
        <Field name="Image">
          <span className={classes.mono} title={imageID}>
            {image}
          </span>
        </Field>
        <Field name="State">
          <State state={state} />
        </Field>
        {lastState && (
          <Field name="Last state">
            {stateWords(lastState)}
            <State state={lastState} />
          </Field>
        )}
        <Field name="Restarts">{restarts}</Field>
        <Lines name="Ports" lines={ports} />
        <Lines name="Probes" lines={probes} />
        <Field name="Requests">{quantitiesWords(requests)}</Field>
        <Field name="Limits">{quantitiesWords(limits)}</Field>
        <Lines name="Mounts" lines={mounts} />
      </dl>
    </section>
  );
}

/** Left out when there is nothing to say. */
function Field({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === undefined || children === null) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Lines({ name, lines }: { readonly name: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Field name={name}>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </Field>
  );
}

function State({ state }: { readonly state: ContainerStateView }) {
  const { startedAt, finishedAt, message } = state;
  return (
    <>
      {startedAt !== undefined && <div>since {new Date(startedAt).toLocaleString()}</div>}
      {finishedAt !== undefined && <div>ended {new Date(finishedAt).toLocaleString()}</div>}
      {message !== undefined && <div>{message}</div>}
      {startedAt === undefined && finishedAt === undefined && message === undefined && <div>{stateWords(state)}</div>}
    </>
  );
}
