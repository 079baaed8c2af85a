import { ActionIcon, Button, TagsInput, TextInput } from '@mantine/core';
import {
  FS_GROUP_CHANGE_POLICIES,
  FS_GROUP_CHANGE_POLICY,
  POD_SECURITY,
  runAsField,
  SUPPLEMENTAL_GROUPS,
  SYSCTLS,
} from '../../../shared/form/fields/security-fields.ts';
import { itemsAt, textOf } from '../../../shared/form/form-document.ts';
import { ChoiceField } from './ChoiceField.tsx';
import classes from './Form.module.css';
import { FieldFrame } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { IntegerField, parseInteger } from './ParsedField.tsx';
import { SecurityFields } from './SecurityFields.tsx';
import { groupOf, useField, useProblemsUnder } from './use-field.ts';

/** The security context of the pod; a container's own goes before it. */
export function PodSecurityFields() {
  const groups = useField(SUPPLEMENTAL_GROUPS);
  const write = (written: readonly string[]) => {
    const numbers = written.map(parseInteger).filter((each) => each !== undefined);
    groups.set(numbers.length === 0 ? undefined : numbers);
  };
  return (
    <>
      <div className={classes.grid}>
        <SecurityFields security={POD_SECURITY} />
        <IntegerField
          label="Group of volumes (fsGroup)"
          field={runAsField(POD_SECURITY, 'fsGroup')}
          placeholder="unset"
        />
        <ChoiceField
          label="fsGroup change policy"
          field={FS_GROUP_CHANGE_POLICY}
          choices={FS_GROUP_CHANGE_POLICIES}
          unset="Unset"
        />
        <FieldFrame label="Supplemental groups" state={groups.state} error={groups.error}>
          {(control) => (
            <TagsInput {...control} placeholder="numbers" value={(groups.value ?? []).map(String)} onChange={write} />
          )}
        </FieldFrame>
      </div>
      <Sysctls />
    </>
  );
}

/** Kernel parameters of the pod's namespaces. */
function Sysctls() {
  const { form, actions } = useForm();
  const problems = useProblemsUnder(SYSCTLS);
  const set = (index: number, key: 'name' | 'value', value: string) =>
    actions.edit([{ op: 'set', path: [...SYSCTLS, index, key], value }], groupOf([...SYSCTLS, index, key]));
  return (
    <div className={classes.rows} role="group" aria-label="Sysctls">
      <span className={classes.label}>Sysctls</span>
      {itemsAt(form.manifest, SYSCTLS).map((sysctl, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div className={classes.row} key={index}>
          <TextInput
            className={classes.grow ?? ''}
            aria-label={`Sysctl ${index + 1}, name`}
            placeholder="net.core.somaxconn"
            value={textOf(sysctl, 'name')}
            onChange={(event) => set(index, 'name', event.currentTarget.value)}
          />
          <TextInput
            className={classes.grow ?? ''}
            aria-label={`Sysctl ${index + 1}, value`}
            placeholder="value"
            value={textOf(sysctl, 'value')}
            onChange={(event) => set(index, 'value', event.currentTarget.value)}
          />
          <span className={classes.rowEnd}>
            <ActionIcon
              aria-label={`Remove sysctl ${index + 1}`}
              onClick={() => actions.edit([{ op: 'remove', path: [...SYSCTLS, index], pruneEmpty: 2 }])}
            >
              ×
            </ActionIcon>
          </span>
        </div>
      ))}
      {problems[0] && <div className={classes.error}>{problems[0].message}</div>}
      <div className={classes.actions}>
        <Button
          size="compact-xs"
          onClick={() => actions.edit([{ op: 'insert', path: SYSCTLS, at: 'end', value: { name: '', value: '' } }])}
        >
          + Add sysctl
        </Button>
      </div>
    </div>
  );
}
