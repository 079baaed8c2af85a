import { ActionIcon, Button, TextInput } from '@mantine/core';
import type { Field } from '../../../shared/form/field.ts';
import { fieldPathOf, valueAt } from '../../../shared/form/form-document.ts';
import type { ManifestEdit } from '../../../shared/manifest/manifest-edit.ts';
import { splitShellWords } from '../../../shared/form/shell-words.ts';
import classes from './Form.module.css';
import { FieldFrame } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { groupOf, useField, useProblemsUnder } from './use-field.ts';

export interface ListFieldProps {
  readonly label: string;
  readonly field: Field<readonly string[]>;
  /** Of one item: "argument". */
  readonly item: string;
  readonly help?: string | undefined;
}

/** A list of strings, each its own row. A pasted shell line is split as a shell would. */
export function ListField({ label, field, item, help }: ListFieldProps) {
  const { form, actions } = useForm();
  const { state, value = [], error, warning } = useField(field);
  const problems = useProblemsUnder(field.path);
  const at = fieldPathOf(form.manifest, field.path);
  const wrongWith = (index: number) => problems.find((problem) => problem.path === `${at}[${index}]`)?.message;
  const { path, pruneEmpty = 0 } = field;
  const edit = (edits: readonly ManifestEdit[], group = '') => actions.edit(edits, group);
  const insert = (at: number | 'end', text: string): ManifestEdit => ({ op: 'insert', path, at, value: text });
  // The list goes with its last item, and then what it leaves empty.
  const remove = (index: number) => edit([{ op: 'remove', path: [...path, index], pruneEmpty: pruneEmpty + 1 }]);
  const paste = (index: number, pasted: string): boolean => {
    const words = splitShellWords(pasted);
    if (words === undefined || words.length < 2) return false;
    const isEmpty = valueAt(form.manifest, [...path, index]) === '';
    const first: readonly ManifestEdit[] = isEmpty
      ? [{ op: 'set', path: [...path, index], value: words[0] ?? '' }]
      : [];
    const rest = isEmpty ? words.slice(1) : words;
    edit([...first, ...rest.map((word, nth) => insert(index + 1 + nth, word))]);
    return true;
  };
  return (
    <FieldFrame label={label} help={help} error={error} warning={warning} state={state} wide hideLabel>
      {() => (
        <div className={classes.rows} role="group" aria-label={label}>
          <span className={classes.label}>{label}</span>
          {value.map((text, index) => (
            // Rows have no identity but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <div className={classes.row} key={index}>
              <TextInput
                className={classes.grow ?? ''}
                aria-label={`${label}, ${item} ${index + 1}`}
                value={text}
                error={wrongWith(index)}
                onChange={(event) =>
                  edit(
                    [{ op: 'set', path: [...path, index], value: event.currentTarget.value }],
                    groupOf([...path, index]),
                  )
                }
                onPaste={(event) => {
                  if (paste(index, event.clipboardData.getData('text/plain'))) event.preventDefault();
                }}
              />
              <span className={classes.rowEnd}>
                <ActionIcon aria-label={`Remove ${item} ${index + 1}`} onClick={() => remove(index)}>
                  ×
                </ActionIcon>
              </span>
            </div>
          ))}
          <div className={classes.actions}>
            <Button size="compact-xs" onClick={() => edit([insert('end', '')])}>
              + Add {item}
            </Button>
          </div>
        </div>
      )}
    </FieldFrame>
  );
}
