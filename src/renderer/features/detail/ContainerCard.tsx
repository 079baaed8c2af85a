import { ActionIcon, Button, CopyButton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ContainerStateView, ContainerView } from '../../../shared/contract/pod.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { containerWords, quantitiesWords, startWords, stateTone, stateWords } from './container-words.ts';
import classes from './ContainersDrawer.module.css';
import { LogIcon } from './LogIcon.tsx';

export interface ContainerCardProps {
  readonly container: ContainerView;
  /** Absent where there is no log to lead to. */
  readonly onLogs?: (() => void) | undefined;
}

/** One container with all that its spec and status say. */
export function ContainerCard({ container, onLogs }: ContainerCardProps) {
  const { name, kind, image, imageID, restarts, state, lastState, ports, probes, requests, limits, mounts, env } =
    container;
  return (
    <section className={classes.card} aria-label={`Container ${name}`}>
      <div className={classes.cardHead}>
        <h3>{name}</h3>
        {kind !== 'worker' && <span className={classes.kind}>{kind}</span>}
        <StatusBadge tone={stateTone(container)}>{containerWords(container)}</StatusBadge>
        <span className={classes.space} />
        {onLogs && (
          <ActionIcon aria-label={`Logs of container ${name}`} title="Logs" onClick={onLogs}>
            <LogIcon />
          </ActionIcon>
        )}
      </div>
      <dl className={classes.fields}>
        <Field name="Image">
          <span className={classes.mono}>{image}</span>
        </Field>
        {imageID !== undefined && (
          <Field name="Image ID">
            <span className={classes.mono}>{imageID}</span> <CopyImageId container={name} imageID={imageID} />
          </Field>
        )}
        <Field name="State">
          <State state={state} />
        </Field>
        {lastState && (
          <Field name="Last state">
            {stateWords(lastState)}
            <StateDetails state={lastState} />
          </Field>
        )}
        <Field name="Restarts">{restarts}</Field>
        <Lines name="Ports" lines={ports} />
        <Lines name="Probes" lines={probes} />
        <Field name="Requests">{quantitiesWords(requests)}</Field>
        <Field name="Limits">{quantitiesWords(limits)}</Field>
        <Lines name="Mounts" lines={mounts} />
        <Lines name="Environment" lines={env} />
      </dl>
    </section>
  );
}

function CopyImageId({ container, imageID }: { readonly container: string; readonly imageID: string }) {
  return (
    <CopyButton value={imageID}>
      {({ copied, copy }) => (
        <Button size="compact-xs" onClick={copy} aria-label={`Copy the image ID of ${container}`}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
      )}
    </CopyButton>
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

/** What the badge does not say of the present state; its words alone where there is nothing more. */
function State({ state }: { readonly state: ContainerStateView }) {
  const { startedAt, finishedAt, message } = state;
  const hasMore = startedAt !== undefined || finishedAt !== undefined || message !== undefined;
  return hasMore ? <StateDetails state={state} /> : <div>{stateWords(state)}</div>;
}

function StateDetails({ state }: { readonly state: ContainerStateView }) {
  const { startedAt, finishedAt, message } = state;
  return (
    <>
      {startedAt !== undefined && <div>{`${startWords(state)} ${new Date(startedAt).toLocaleString()}`}</div>}
      {finishedAt !== undefined && <div>ended {new Date(finishedAt).toLocaleString()}</div>}
      {message !== undefined && <div>{message}</div>}
    </>
  );
}
