import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { Age } from '../../components/Age.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { Fact, FactLines, FactPanel, Facts } from '../../components/FactPanel.tsx';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { SectionHead } from '../../components/SectionHead.tsx';
import { useObject } from '../../live/use-object.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import { OpenOperation, type Operation, useDaemonSetPermissions } from '../operations/index.ts';
import { filterEntries, LAST_APPLIED, type Metadata, type MetadataEntry, metadataOf } from './metadata-model.ts';
import classes from './MetadataTab.module.css';
import { MetadataValue } from './MetadataValue.tsx';

export interface MetadataTabProps {
  readonly row: DaemonSetRow;
  readonly contextName: string;
}

/** Labels and annotations of the DaemonSet beside those of its pods, and what the server keeps about it. */
export function MetadataTab({ row, contextName }: MetadataTabProps) {
  const { namespace, name, uid } = row;
  const { value, state, retry } = useObject(contextName, { resource: 'daemonsets', namespace, name, uid });
  const readNow = useReadNow(contextName, retry);
  const [filter, setFilter] = useState('');
  const [operation, setOperation] = useState<Operation>();
  const { reason } = useDaemonSetPermissions(contextName, namespace).patch;
  const jsonText = value?.jsonText;
  const metadata = useMemo(() => (jsonText === undefined ? undefined : metadataOf(JSON.parse(jsonText))), [jsonText]);
  if (metadata === undefined) {
    if (state.phase !== 'failed') return <EmptyState title={`Reading ${name}…`} />;
    return <ErrorPanel error={state.error} onRetry={readNow} title={`${name} cannot be read`} />;
  }
  return (
    <section className={classes.view} aria-label="Metadata">
      <SectionHead title="Metadata">
        <ReadTrouble subject="Metadata" state={state} onNow={readNow} />
        <span className={classes.actions}>
          <GuardedButton reason={reason} onClick={() => setOperation('edit')}>
            Edit labels and annotations
          </GuardedButton>
          <TextInput
            className={classes.filter}
            aria-label="Filter labels and annotations"
            placeholder="Filter by key or value…"
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
          />
        </span>
      </SectionHead>
      <Entries title="Labels" one="label" entries={metadata.labels} filter={filter} />
      <Entries title="Annotations" one="annotation" entries={metadata.annotations} filter={filter} />
      <div className={classes.columns}>
        <Identity metadata={metadata} />
        <Managers metadata={metadata} />
      </div>
      <OpenOperation
        contextName={contextName}
        row={row}
        operation={operation}
        onClose={() => setOperation(undefined)}
      />
    </section>
  );
}

interface EntriesProps {
  readonly title: string;
  readonly one: string;
  readonly entries: readonly MetadataEntry[];
  readonly filter: string;
}

const LAST_APPLIED_WORDS = 'The object as kubectl apply sent it last; it may show values of variables.';

function Entries({ title, one, entries, filter }: EntriesProps) {
  const shown = filterEntries(entries, filter);
  const count = shown.length === entries.length ? `${entries.length}` : `${shown.length} of ${entries.length}`;
  if (shown.length === 0) {
    return (
      <FactPanel title={title} note={count}>
        <p className={classes.muted}>{entries.length === 0 ? 'There are none.' : `None matches “${filter}”.`}</p>
      </FactPanel>
    );
  }
  return (
    <FactPanel title={title} note={count}>
      <table className={classes.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">DaemonSet</th>
            <th scope="col">Pod template</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ key, own, template }) => {
            const foldedBecause = key === LAST_APPLIED ? LAST_APPLIED_WORDS : undefined;
            return (
              <tr key={key}>
                <th scope="row" className={classes.key}>
                  {key}
                </th>
                <td>
                  <MetadataValue what={`${one} ${key}`} value={own} foldedBecause={foldedBecause} />
                </td>
                <td>
                  <MetadataValue what={`${one} ${key} of pods`} value={template} foldedBecause={foldedBecause} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </FactPanel>
  );
}

function Identity({ metadata }: { readonly metadata: Metadata }) {
  const { uid, resourceVersion, creationTimestamp, deletionTimestamp, generation, observedGeneration } = metadata;
  const owners = metadata.ownerReferences.map(
    (owner) => `${owner.kind} ${owner.name}${owner.isController ? ' (controller)' : ''}`,
  );
  return (
    <FactPanel title="Identity">
      <Facts>
        <Fact name="UID">
          <MetadataValue what="the UID" value={uid} />
        </Fact>
        <Fact name="Resource version">
          <MetadataValue what="the resource version" value={resourceVersion} />
        </Fact>
        <Fact name="Generation">
          {observedGeneration < generation
            ? `${generation}, of which the controller has seen ${observedGeneration}`
            : `${generation}, seen by the controller`}
        </Fact>
        <Fact name="Created">{new Date(creationTimestamp).toLocaleString()}</Fact>
        {deletionTimestamp !== '' && <Fact name="Deleting since">{new Date(deletionTimestamp).toLocaleString()}</Fact>}
        <FactLines name="Owners" lines={owners.length === 0 ? ['none'] : owners} />
        <FactLines name="Finalizers" lines={metadata.finalizers.length === 0 ? ['none'] : metadata.finalizers} />
      </Facts>
    </FactPanel>
  );
}

function Managers({ metadata: { managers } }: { readonly metadata: Metadata }) {
  if (managers.length === 0) {
    return (
      <FactPanel title="Who wrote it">
        <p className={classes.muted}>The server keeps no record of it (managedFields).</p>
      </FactPanel>
    );
  }
  return (
    <FactPanel title="Who wrote it" note={managers.length}>
      <table className={classes.table} aria-label="Field managers">
        <thead>
          <tr>
            <th scope="col">Manager</th>
            <th scope="col">Operation</th>
            <th scope="col">Last write</th>
          </tr>
        </thead>
        <tbody>
          {managers.map(({ manager, operation, subresource, time }) => (
            <tr key={`${manager} ${operation} ${subresource} ${time}`}>
              <th scope="row">{manager}</th>
              <td>{subresource === '' ? operation : `${operation} of ${subresource}`}</td>
              <td title={time === '' ? undefined : new Date(time).toLocaleString()}>
                {time === '' ? '–' : <Age timestamp={time} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </FactPanel>
  );
}
