import { ActionIcon, Autocomplete, Button, Menu, Select, TextInput } from '@mantine/core';
import {
  addEnvEdits,
  addEnvFromEdits,
  ENV_FIELD_PATHS,
  ENV_RESOURCES,
  type EnvEntry,
  envFromOf,
  envNameEdits,
  envOf,
  type EnvSource,
  envSourceEdits,
  moveEnvEdits,
  removeEnvEdits,
  removeEnvFromEdits,
} from '../../../shared/form/fields/env-fields.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import classes from './Form.module.css';
import { Foreign } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { KeyReference } from './KeyReference.tsx';
import { groupOf, useProblemsUnder } from './use-field.ts';
import { useConfigOffers } from './use-config-offers.ts';

const TYPES = {
  value: 'Custom',
  configMapKeyRef: 'ConfigMap key',
  secretKeyRef: 'Secret key',
  fieldRef: 'Pod field',
  resourceFieldRef: 'Container resource',
} as const;
type SourceType = keyof typeof TYPES;

const EMPTY: Readonly<Record<SourceType, EnvSource>> = {
  value: { type: 'value', value: '' },
  configMapKeyRef: { type: 'configMapKeyRef', name: '', key: '' },
  secretKeyRef: { type: 'secretKeyRef', name: '', key: '' },
  fieldRef: { type: 'fieldRef', fieldPath: 'spec.nodeName' },
  resourceFieldRef: { type: 'resourceFieldRef', resource: 'limits.memory' },
};

/** Variables one by one, and whole ConfigMaps and Secrets. */
export function EnvironmentFields({ container }: { readonly container: ManifestPath }) {
  const { form, actions } = useForm();
  const entries = envOf(form, container);
  return (
    <>
      <div className={classes.rows} role="group" aria-label="Variables">
        {entries.map((entry) => (
          <Variable key={entry.index} entry={entry} count={entries.length} />
        ))}
        <div className={classes.actions}>
          <Button size="compact-xs" onClick={() => actions.edit(addEnvEdits(container, '', EMPTY.value))}>
            + Add variable
          </Button>
        </div>
      </div>
      <EnvFrom container={container} />
    </>
  );
}

function Variable({ entry, count }: { readonly entry: EnvEntry; readonly count: number }) {
  const { form, actions } = useForm();
  const [problem] = useProblemsUnder(entry.path);
  const { source, index } = entry;
  const label = `Variable ${index + 1}`;
  const change = (next: EnvSource, group = '') => actions.edit(envSourceEdits(form, entry, next), group);
  return (
    <div>
      <div className={classes.row} role="group" aria-label={label}>
        <TextInput
          className={classes.grow ?? ''}
          aria-label={`${label}, name`}
          placeholder="NAME"
          value={entry.name}
          onChange={(event) => actions.edit(envNameEdits(entry, event.currentTarget.value), `env ${index}`)}
        />
        {source.type === 'unknown' ? (
          <Foreign label={label} why="The form does not know where this value comes from." />
        ) : (
          <>
            <Select
              aria-label={`${label}, type`}
              w={150}
              data={Object.entries(TYPES).map(([value, name]) => ({ value, label: name }))}
              value={source.type}
              allowDeselect={false}
              onChange={(chosen) => {
                const type = (Object.keys(TYPES) as SourceType[]).find((each) => each === chosen);
                if (type && type !== source.type) change(EMPTY[type]);
              }}
            />
            <Source label={label} source={source} onChange={(next) => change(next, groupOf(entry.path))} />
          </>
        )}
        <span className={classes.rowEnd}>
          <Menu>
            <Menu.Target>
              <ActionIcon aria-label={`Actions for variable ${entry.name || index + 1}`}>⋯</ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item disabled={index === 0} onClick={() => actions.edit(moveEnvEdits(entry, index - 1))}>
                Move up
              </Menu.Item>
              <Menu.Item disabled={index >= count - 1} onClick={() => actions.edit(moveEnvEdits(entry, index + 1))}>
                Move down
              </Menu.Item>
              <Menu.Item onClick={() => actions.edit(removeEnvEdits(entry))}>Remove</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </span>
      </div>
      {problem && (
        <div className={problem.severity === 'error' ? classes.error : classes.warning}>{problem.message}</div>
      )}
    </div>
  );
}

interface SourceProps {
  readonly label: string;
  readonly source: Exclude<EnvSource, { type: 'unknown' }>;
  readonly onChange: (source: EnvSource) => void;
}

function Source({ label, source, onChange }: SourceProps) {
  const className = classes.grow ?? '';
  switch (source.type) {
    case 'value':
      return (
        <TextInput
          className={className}
          aria-label={`${label}, value`}
          placeholder="value; $(OTHER) is another variable's"
          value={source.value}
          onChange={(event) => onChange({ type: 'value', value: event.currentTarget.value })}
        />
      );
    case 'configMapKeyRef':
    case 'secretKeyRef':
      return (
        <KeyReference
          label={label}
          kind={source.type === 'secretKeyRef' ? 'Secret' : 'ConfigMap'}
          name={source.name}
          objectKey={source.key}
          onChange={(next) => onChange({ ...source, ...next })}
        />
      );
    case 'fieldRef':
      return (
        <Autocomplete
          size="xs"
          className={className}
          aria-label={`${label}, pod field`}
          data={[...ENV_FIELD_PATHS, "metadata.labels['app']", "metadata.annotations['name']"]}
          value={source.fieldPath}
          onChange={(fieldPath) => onChange({ type: 'fieldRef', fieldPath })}
        />
      );
    case 'resourceFieldRef':
      return (
        <Autocomplete
          size="xs"
          className={className}
          aria-label={`${label}, container resource`}
          data={[...ENV_RESOURCES]}
          value={source.resource}
          onChange={(resource) => onChange({ ...source, resource })}
        />
      );
  }
}

function EnvFrom({ container }: { readonly container: ManifestPath }) {
  const { form, actions } = useForm();
  const entries = envFromOf(form, container);
  const configMaps = useConfigOffers('ConfigMap');
  const secrets = useConfigOffers('Secret');
  return (
    <div className={classes.rows} role="group" aria-label="Whole ConfigMaps and Secrets">
      <span className={classes.label}>Whole ConfigMaps and Secrets</span>
      {entries.map((entry, index) => {
        const { kind, path } = entry;
        const word = kind === 'secretRef' ? 'Secret' : 'ConfigMap';
        if (kind === 'unknown')
          return <Foreign key={index} label={`Entry ${index + 1}`} why="The form does not know this source." />;
        return (
          // An entry has no identity but its place.
          // oxlint-disable-next-line react/no-array-index-key
          <div className={classes.row} key={index} role="group" aria-label={`${word} ${index + 1}`}>
            <Autocomplete
              size="xs"
              className={classes.grow ?? ''}
              aria-label={`${word} ${index + 1}, name`}
              placeholder={word}
              data={(kind === 'secretRef' ? secrets : configMaps).items.map(({ name }) => name)}
              value={entry.name}
              onChange={(name) =>
                actions.edit([{ op: 'set', path: [...path, kind, 'name'], value: name }], groupOf(path))
              }
            />
            <TextInput
              className={classes.grow ?? ''}
              aria-label={`${word} ${index + 1}, prefix`}
              placeholder="prefix: none"
              value={entry.prefix}
              onChange={(event) => {
                const prefix = event.currentTarget.value;
                const at = [...path, 'prefix'];
                actions.edit(
                  [prefix === '' ? { op: 'remove', path: at } : { op: 'set', path: at, value: prefix }],
                  groupOf(at),
                );
              }}
            />
            <span className={classes.rowEnd}>
              <ActionIcon
                aria-label={`Remove ${word} ${index + 1}`}
                onClick={() => actions.edit(removeEnvFromEdits(entry))}
              >
                ×
              </ActionIcon>
            </span>
          </div>
        );
      })}
      <div className={classes.actions}>
        <Button
          size="compact-xs"
          onClick={() => actions.edit(addEnvFromEdits(container, { kind: 'configMapRef', name: '' }))}
        >
          + Add whole ConfigMap
        </Button>
        <Button
          size="compact-xs"
          onClick={() => actions.edit(addEnvFromEdits(container, { kind: 'secretRef', name: '' }))}
        >
          + Add whole Secret
        </Button>
      </div>
    </div>
  );
}
