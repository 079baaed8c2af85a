import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import {
  type EnvRow,
  needsAllocatable,
  referencedConfig,
  requiredConfig,
  resolveEnvironment,
} from '../../../shared/kubernetes/environment.ts';
import { type ContainerEnvironment, containerEnvironments } from '../../../shared/kubernetes/env-source.ts';
import { at, text } from '../../../shared/kubernetes/json-fields.ts';
import { FactPanel } from '../../components/FactPanel.tsx';
import { SectionHead } from '../../components/SectionHead.tsx';
import classes from './Environment.module.css';
import { EnvironmentTable } from './EnvironmentTable.tsx';
import { configNotes } from './config-notes.ts';
import { sourceWords } from './source-words.ts';
import { useAllocatable } from './use-allocatable.ts';
import { useConfigAnswers } from './use-config-answers.ts';
import { useSecretValues } from './use-secret-values.ts';

export interface EnvironmentViewProps {
  readonly contextName: string;
  readonly namespace: string;
  /** Parsed JSON of a PodSpec. */
  readonly podSpec: unknown;
  /** Parsed JSON of the pod whose fields are shown; without it they stay references. */
  readonly pod?: unknown;
  /** In the head: which pod, and what hinders the reading. */
  readonly children?: ReactNode;
}

/** The variables of every container with their sources; a Secret's values are hidden until they are asked for. */
export function EnvironmentView({ contextName, namespace, podSpec, pod, children }: EnvironmentViewProps) {
  const place = { contextName, namespace };
  const containers = useMemo(() => containerEnvironments(podSpec), [podSpec]);
  const referenced = useMemo(() => referencedConfig(containers), [containers]);
  const { configMaps, secrets, readAgain } = useConfigAnswers(place, referenced);
  const values = useSecretValues(place);
  const nodeName = text(at(pod, 'spec', 'nodeName')) || undefined;
  const allocatable = useAllocatable(contextName, needsAllocatable(containers, pod) ? nodeName : undefined);
  const [filter, setFilter] = useState('');
  const enableServiceLinks = at(podSpec, 'enableServiceLinks') !== false;
  const answers = { configMaps, secrets };
  const notes = configNotes(referenced, requiredConfig(containers), answers, namespace);
  return (
    <section className={classes.view} aria-label="Environment">
      <SectionHead title="Environment">
        {children}
        <Button ml="auto" onClick={readAgain}>
          Read again
        </Button>
        <TextInput
          className={classes.filter}
          aria-label="Filter variables"
          placeholder="Filter by name or source…"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      </SectionHead>
      {notes.map((note) => (
        <p key={note} className={classes.trouble} role="status">
          {note}
        </p>
      ))}
      {containers.map((container) => (
        <ContainerPanel key={`${container.kind} ${container.name}`} container={container}>
          {containerTable(container)}
        </ContainerPanel>
      ))}
    </section>
  );

  function containerTable(container: ContainerEnvironment): ReactNode {
    const rows = resolveEnvironment({ container, containers, answers, pod, allocatable, enableServiceLinks });
    if (rows.length === 0) return <p className={classes.muted}>It declares no variable.</p>;
    const shown = rows.filter((row) => matches(row, filter));
    if (shown.length === 0) return <p className={classes.muted}>No variable matches “{filter}”.</p>;
    return <EnvironmentTable containerName={container.name} all={rows} shown={shown} secrets={values} />;
  }
}

function ContainerPanel({
  container: { name, kind, env, envFrom },
  children,
}: {
  readonly container: ContainerEnvironment;
  readonly children: ReactNode;
}) {
  const kinds = kind === 'worker' ? [] : [kind];
  const count = env.length + envFrom.length;
  const counts = count === 0 ? [] : [count === 1 ? '1 declaration' : `${count} declarations`];
  return (
    <FactPanel title={`Container ${name}`} note={[...kinds, ...counts].join(' · ')}>
      {children}
    </FactPanel>
  );
}

function matches(row: EnvRow, filter: string): boolean {
  const wanted = filter.trim().toLowerCase();
  return `${row.name} ${sourceWords(row)}`.toLowerCase().includes(wanted);
}
