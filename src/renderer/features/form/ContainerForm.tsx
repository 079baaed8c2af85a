import { ActionIcon, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { containerNameField } from '../../../shared/form/fields/container-fields.ts';
import {
  type ContainerEntry,
  duplicateContainerEdits,
  moveContainerEdits,
  removeContainerEdits,
} from '../../../shared/form/fields/containers.ts';
import { envFromOf, envOf } from '../../../shared/form/fields/env-fields.ts';
import { PROBE_KINDS } from '../../../shared/form/fields/probe-fields.ts';
import { hostTimezoneEdits, syncsHostTimezone } from '../../../shared/form/fields/host-timezone.ts';
import type { ContainersPlace } from '../../../shared/form/steps.ts';
import { itemsAt, textOf, valueAt } from '../../../shared/form/form-document.ts';
import type { JsonValue } from '../../../shared/manifest/json-value.ts';
import { Toggle } from './ChoiceField.tsx';
import { CommandFields } from './CommandFields.tsx';
import { ContainerSecurityFields } from './ContainerSecurityFields.tsx';
import { ContainerTypeField } from './ContainerTypeField.tsx';
import { EnvironmentFields } from './EnvironmentFields.tsx';
import classes from './Form.module.css';
import { FormCard } from './FormCard.tsx';
import { useForm } from './form-context.ts';
import { ImageFields } from './ImageFields.tsx';
import { LifecycleFields } from './LifecycleFields.tsx';
import { PortFields } from './PortFields.tsx';
import { ProbeFields } from './ProbeFields.tsx';
import { ResizeFields } from './ResizeFields.tsx';
import { ResourceFields } from './ResourceFields.tsx';
import { TextField } from './TextField.tsx';
import { useProblemsUnder } from './use-field.ts';

export interface ContainerFormProps {
  readonly entry: ContainerEntry;
  readonly entries: readonly ContainerEntry[];
  readonly onPlace: (place: ContainersPlace) => void;
}

/** Everything about one container; the less common parts are folded, and say what they hold. */
export function ContainerForm({ entry, entries, onPlace }: ContainerFormProps) {
  const { form, actions } = useForm();
  const { path } = entry;
  const inside = (key: string) => [...path, key];
  return (
    <section className={classes.stack} aria-label={`Container ${entry.name}`}>
      <ContainerHead entry={entry} entries={entries} onPlace={onPlace} />
      <div className={classes.grid}>
        <ImageFields container={path} />
        <TextField label="Container name" field={containerNameField(path)} />
        <ContainerTypeField entry={entry} onPlace={onPlace} />
      </div>
      <ResourceFields container={path} />
      <Toggle
        label="Sync host timezone"
        help="Mounts the node's /etc/localtime, read-only."
        checked={syncsHostTimezone(form, path)}
        onChange={(on) => actions.edit(hostTimezoneEdits(form, path, on))}
      />
      <Card
        title="Ports"
        note={counted(itemsAt(form.manifest, inside('ports')).length, 'port')}
        paths={['ports']}
        path={path}
      >
        <PortFields container={path} />
      </Card>
      {entry.type !== 'init' && (
        <Card
          title="Health checks"
          note={probeNote(PROBE_KINDS.filter((kind) => valueAt(form.manifest, inside(kind)) !== undefined))}
          paths={PROBE_KINDS}
          path={path}
          open
        >
          <ProbeFields container={path} />
        </Card>
      )}
      <Card
        title="Environment"
        note={envNote(envOf(form, path).length, envFromOf(form, path).length)}
        paths={['env', 'envFrom']}
        path={path}
      >
        <EnvironmentFields container={path} />
      </Card>
      <Card
        title="Command and arguments"
        note={commandNote(
          itemsAt(form.manifest, inside('command')).length,
          itemsAt(form.manifest, inside('args')).length,
        )}
        paths={['command', 'args', 'workingDir']}
        path={path}
      >
        <CommandFields container={path} />
      </Card>
      <Card
        title="Security context"
        note={setNote(valueAt(form.manifest, inside('securityContext')))}
        paths={['securityContext']}
        path={path}
      >
        <ContainerSecurityFields container={path} />
      </Card>
      <Card
        title="Resize in place"
        note={resizeNote(itemsAt(form.manifest, inside('resizePolicy')))}
        paths={['resizePolicy']}
        path={path}
      >
        <ResizeFields container={path} />
      </Card>
      {entry.type !== 'init' && (
        <Card
          title="Lifecycle"
          note={setNote(valueAt(form.manifest, inside('lifecycle')))}
          paths={['lifecycle']}
          path={path}
        >
          <LifecycleFields container={path} />
        </Card>
      )}
    </section>
  );
}

interface CardProps {
  readonly title: string;
  readonly note: string;
  readonly paths: readonly string[];
  readonly path: ContainerEntry['path'];
  readonly open?: boolean;
  readonly children: ReactNode;
}

function Card({ title, note, paths, path, open = false, children }: CardProps) {
  const problems = useProblemsUnder(path).filter(
    (problem) => problem.severity === 'error' && paths.some((key) => new RegExp(`\\]\\.${key}\\b`).test(problem.path)),
  );
  return (
    <FormCard title={title} note={note} problems={problems.length} open={open}>
      {children}
    </FormCard>
  );
}

function ContainerHead({ entry, entries, onPlace }: ContainerFormProps) {
  const { form, actions } = useForm();
  const siblings = entries.filter((each) => (each.type === 'worker') === (entry.type === 'worker'));
  const list = entry.type === 'worker' ? 'containers' : 'initContainers';
  const move = (to: number) => {
    actions.edit(moveContainerEdits(entry, to));
    onPlace({ step: 'containers', list, index: to });
  };
  return (
    <h2 className={classes.title}>
      <span className={classes.navName}>{entry.name || '(no name)'}</span>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={`Actions for container ${entry.name}`}>⋯</ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => actions.edit(duplicateContainerEdits(form, entry))}>Duplicate</Menu.Item>
          <Menu.Item disabled={entry.index === 0} onClick={() => move(entry.index - 1)}>
            Move up
          </Menu.Item>
          <Menu.Item disabled={entry.index >= siblings.length - 1} onClick={() => move(entry.index + 1)}>
            Move down
          </Menu.Item>
          <Menu.Item onClick={() => actions.edit(removeContainerEdits(entry))}>Remove</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </h2>
  );
}

function counted(count: number, word: string): string {
  if (count === 0) return 'none';
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

function probeNote(kinds: readonly string[]): string {
  return kinds.length === 0 ? 'none' : kinds.map((kind) => kind.replace('Probe', '')).join(' · ');
}

function envNote(variables: number, whole: number): string {
  const parts = [...(variables > 0 ? [`${variables} set`] : []), ...(whole > 0 ? [`${whole} as a whole`] : [])];
  return parts.length === 0 ? 'none' : parts.join(' · ');
}

function commandNote(command: number, args: number): string {
  if (command + args === 0) return "image's own";
  return [...(command > 0 ? ['command'] : []), ...(args > 0 ? [counted(args, 'argument')] : [])].join(' · ');
}

function setNote(value: unknown): string {
  return typeof value === 'object' && value !== null ? Object.keys(value).join(' · ') || 'unset' : 'unset';
}

function resizeNote(policies: readonly JsonValue[]): string {
  return policies.map((policy) => textOf(policy, 'resourceName')).join(' · ') || 'default';
}
