import { ActionIcon, Button, TextInput } from '@mantine/core';
import { itemsAt, textOf } from '../../../shared/form/form-document.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import classes from './Form.module.css';
import { useForm } from './form-context.ts';
import { groupOf, useProblems } from './use-field.ts';

/** Headers of an HTTP request that a probe or hook sends. */
export function HttpHeaderFields({ path }: { readonly path: ManifestPath }) {
  const { form, actions } = useForm();
  const headers = itemsAt(form.manifest, path);
  const { error } = useProblems(path);
  const set = (index: number, key: 'name' | 'value', value: string) =>
    actions.edit([{ op: 'set', path: [...path, index, key], value }], groupOf([...path, index, key]));
  return (
    <div className={classes.rows} role="group" aria-label="HTTP headers">
      {headers.map((header, index) => (
        // Two headers may have one name: their place tells them apart.
        // oxlint-disable-next-line react/no-array-index-key
        <div className={classes.row} key={index}>
          {(['name', 'value'] as const).map((key) => (
            <TextInput
              key={key}
              className={classes.grow ?? ''}
              aria-label={`Header ${index + 1}, ${key}`}
              placeholder={key}
              value={textOf(header, key)}
              onChange={(event) => set(index, key, event.currentTarget.value)}
            />
          ))}
          <span className={classes.rowEnd}>
            <ActionIcon
              aria-label={`Remove header ${index + 1}`}
              onClick={() => actions.edit([{ op: 'remove', path: [...path, index], pruneEmpty: 1 }])}
            >
              ×
            </ActionIcon>
          </span>
        </div>
      ))}
      {error !== undefined && <div className={classes.error}>{error}</div>}
      <div className={classes.actions}>
        <Button
          size="compact-xs"
          onClick={() => actions.edit([{ op: 'insert', path, at: 'end', value: { name: 'X-Probe', value: '' } }])}
        >
          + Add header
        </Button>
      </div>
    </div>
  );
}
