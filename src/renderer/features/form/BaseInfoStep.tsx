import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  ALIAS,
  DESCRIPTION,
  MATCH_LABELS,
  NAME,
  nameEdits,
  NAMESPACE,
  POD_LABELS,
  selectorLabelEdits,
} from '../../../shared/form/fields/base-fields.ts';
import { deploymentModeFollowEdits } from '../../../shared/form/fields/deployment-mode.ts';
import { valueAt } from '../../../shared/form/form-document.ts';
import { isJsonObject } from '../../../shared/manifest/json-value.ts';
import classes from './Form.module.css';
import { FieldFrame } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { MapField } from './MapField.tsx';
import { TextField } from './TextField.tsx';
import { groupOf, useField, useProblems } from './use-field.ts';
import { useNameTaken } from './use-name-taken.ts';
import { useProjects } from './use-projects.ts';

export interface BaseInfoStepProps {
  /** A live object's name, namespace and selector are fixed. */
  readonly fixed?: boolean | undefined;
}

/** Name, alias, project, description, and the labels by which the DaemonSet knows its pods. */
export function BaseInfoStep({ fixed = false }: BaseInfoStepProps) {
  const { form, actions, contextName } = useForm();
  const projects = useProjects(contextName);
  const taken = useNameTaken(fixed);
  return (
    <div className={classes.stack}>
      <div className={classes.grid}>
        <TextField
          label="Name"
          field={NAME}
          placeholder="node-agent"
          help={taken ?? 'Lower case letters, digits, - and . ; it is fixed once the DaemonSet is there.'}
          onChange={(name) => actions.edit(nameEdits(form, name), groupOf(NAME.path))}
          autoFocus
        />
        <TextField label="Alias" field={ALIAS} help="Up to 63 characters of any script; shown beside the name." />
        <TextField label="Project (namespace)" field={NAMESPACE} offers={projects.names} help={projects.said} />
        <TextField label="Description" field={DESCRIPTION} lines={2} wide help="Up to 256 characters." />
      </div>
      <SelectorLabels fixed={fixed} />
    </div>
  );
}

/** Selector and pod labels are one table: what the selector asks for, the pods have. */
function SelectorLabels({ fixed }: { readonly fixed: boolean }) {
  const { form, actions, isStrict } = useForm();
  const selector = useField(MATCH_LABELS);
  const said = useProblems(['spec', 'selector']);
  const podSaid = useProblems(POD_LABELS.path);
  const [key, setKey] = useState<string>();
  const entries = selector.value ?? [];
  const set = (label: string, value: string | undefined) => {
    const pods = valueAt(form.manifest, POD_LABELS.path);
    const { [label]: _, ...others } = isJsonObject(pods) ? pods : {};
    const labels = value === undefined ? others : { ...others, [label]: value };
    const edits = [...selectorLabelEdits(form, label, value), ...deploymentModeFollowEdits(form, labels)];
    actions.edit(edits, groupOf([...MATCH_LABELS.path, label]));
  };
  const add = () => {
    if (key !== undefined && key !== '') set(key, '');
    setKey(undefined);
  };
  return (
    <>
      <FieldFrame
        label="Selector and pod labels"
        help={
          fixed
            ? 'The selector of a DaemonSet that is there cannot be changed.'
            : 'Written to the selector and to the pods alike; fixed once the DaemonSet is there.'
        }
        error={isStrict || entries.length > 0 ? (selector.error ?? said.error ?? podSaid.error) : undefined}
        warning={said.warning}
        state={selector.state}
        wide
        hideLabel
      >
        {() => (
          <div className={classes.rows} role="group" aria-label="Selector and pod labels">
            <span className={classes.label}>Selector and pod labels</span>
            {entries.map(([label, value]) => (
              <div className={classes.row} key={label}>
                <TextInput
                  className={classes.grow ?? ''}
                  aria-label={`Selector label ${label}`}
                  value={label}
                  readOnly
                />
                <TextInput
                  className={classes.grow ?? ''}
                  aria-label={`Selector value of ${label}`}
                  value={value}
                  readOnly={fixed}
                  onChange={(event) => set(label, event.currentTarget.value)}
                />
                <span className={classes.rowEnd}>
                  {!fixed && (
                    <ActionIcon aria-label={`Remove selector label ${label}`} onClick={() => set(label, undefined)}>
                      ×
                    </ActionIcon>
                  )}
                </span>
              </div>
            ))}
            {key !== undefined && (
              <TextInput
                aria-label="Selector label, new key"
                placeholder="key"
                autoFocus
                value={key}
                onChange={(event) => setKey(event.currentTarget.value.trim())}
                onBlur={add}
                onKeyDown={(event) => {
                  if (event.key === 'Enter') add();
                }}
              />
            )}
            {!fixed && key === undefined && (
              <div className={classes.actions}>
                <Button size="compact-xs" onClick={() => setKey('')}>
                  + Add selector label
                </Button>
              </div>
            )}
          </div>
        )}
      </FieldFrame>
      <MapField
        label="More pod labels"
        item="pod label"
        field={POD_LABELS}
        hidden={entries.map(([label]) => label)}
        help="On the pods alone."
      />
    </>
  );
}
