import { ActionIcon, Autocomplete, Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Field } from '../../../shared/form/field.ts';
import { mapEntryEdits, removeEntryEdits } from '../../../shared/form/fields/base-fields.ts';
import classes from './Form.module.css';
import { FieldFrame } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { groupOf, useField } from './use-field.ts';

type TextMap = readonly (readonly [key: string, value: string])[];

export interface MapFieldProps {
  readonly label: string;
  readonly field: Field<TextMap>;
  /** Of one entry: "label". */
  readonly item: string;
  readonly help?: string | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly valuesOf?: ((key: string) => readonly string[]) | undefined;
  /** Values may have several lines. */
  readonly long?: boolean | undefined;
  /** Keys that are edited elsewhere. */
  readonly hidden?: readonly string[] | undefined;
}

const NO_VALUES: readonly string[] = [];

/** A map of strings. A row that has no key yet, or one that another row has, is kept on screen and not written. */
export function MapField(props: MapFieldProps) {
  const { label, field, item, help, keys, valuesOf = () => NO_VALUES, long = false, hidden = [] } = props;
  const { form, actions } = useForm();
  const { state, value = [], error, warning } = useField(field);
  const shown = value.filter(([key]) => !hidden.includes(key));
  const taken = value.map(([key]) => key);
  const [added, setAdded] = useState<{ readonly key: string; readonly value: string }>();
  const rename = (before: string, key: string, text: string) => {
    if (key === '' || (key !== before && taken.includes(key))) return false;
    actions.edit(mapEntryEdits(form, field, { before, key, value: text }));
    return true;
  };
  const write = (key: string, text: string) =>
    actions.edit(mapEntryEdits(form, field, { before: key, key, value: text }), groupOf([...field.path, key]));
  const commit = () => {
    if (added && added.key !== '' && !taken.includes(added.key)) {
      actions.edit(mapEntryEdits(form, field, added));
      setAdded(undefined);
    }
  };
  return (
    <FieldFrame label={label} help={help} error={error} warning={warning} state={state} wide hideLabel>
      {() => (
        <div className={classes.rows} role="group" aria-label={label}>
          <span className={classes.label}>{label}</span>
          {shown.map(([key, text], index) => (
            // A key is renamed in place: the row keeps its focus.
            // oxlint-disable-next-line react/no-array-index-key
            <div className={classes.row} key={index}>
              <KeyInput
                label={`${label}, key ${index + 1}`}
                value={key}
                keys={keys}
                onCommit={(next) => rename(key, next, text)}
              />
              <ValueInput
                label={`${label}, value of ${key}`}
                value={text}
                long={long}
                offers={valuesOf(key)}
                onChange={(next) => write(key, next)}
              />
              <span className={classes.rowEnd}>
                <ActionIcon
                  aria-label={`Remove ${item} ${key}`}
                  onClick={() => actions.edit(removeEntryEdits(field, key))}
                >
                  ×
                </ActionIcon>
              </span>
            </div>
          ))}
          {added && (
            <NewEntry
              label={label}
              entry={added}
              keys={keys}
              valuesOf={valuesOf}
              taken={taken}
              onChange={setAdded}
              onCommit={commit}
            />
          )}
          {!added && (
            <div className={classes.actions}>
              <Button size="compact-xs" onClick={() => setAdded({ key: '', value: '' })}>
                + Add {item}
              </Button>
            </div>
          )}
        </div>
      )}
    </FieldFrame>
  );
}

interface KeyInputProps {
  readonly label: string;
  readonly value: string;
  readonly keys: readonly string[] | undefined;
  /** Answers whether the key could be taken. */
  readonly onCommit: (key: string) => boolean;
}

/** A key is written when it is left: half of a key would be another entry. */
function KeyInput({ label, value, keys = [], onCommit }: KeyInputProps) {
  const [typed, setTyped] = useState<string>();
  const leave = () => {
    if (typed !== undefined && typed !== value) onCommit(typed.trim());
    setTyped(undefined);
  };
  return (
    <Autocomplete
      size="xs"
      className={classes.grow ?? ''}
      aria-label={label}
      data={keys}
      limit={100}
      value={typed ?? value}
      onChange={setTyped}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') leave();
      }}
    />
  );
}

interface ValueInputProps {
  readonly label: string;
  readonly value: string;
  readonly long: boolean;
  readonly offers: readonly string[];
  readonly onChange: (value: string) => void;
}

function ValueInput({ label, value, long, offers, onChange }: ValueInputProps) {
  const className = classes.grow ?? '';
  if (offers.length > 0) {
    return (
      <Autocomplete
        size="xs"
        className={className}
        aria-label={label}
        data={offers}
        value={value}
        onChange={onChange}
      />
    );
  }
  if (long) {
    return (
      <Textarea
        className={className}
        aria-label={label}
        value={value}
        autosize
        minRows={1}
        maxRows={8}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      className={className}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface NewEntryProps {
  readonly label: string;
  readonly entry: { readonly key: string; readonly value: string };
  readonly keys: readonly string[] | undefined;
  readonly valuesOf: (key: string) => readonly string[];
  readonly taken: readonly string[];
  readonly onChange: (entry: { readonly key: string; readonly value: string } | undefined) => void;
  readonly onCommit: () => void;
}

/** An entry that is being written: it reaches the manifest when its row is left with a key of its own. */
function NewEntry({ label, entry, keys = [], valuesOf, taken, onChange, onCommit }: NewEntryProps) {
  const isTaken = taken.includes(entry.key);
  return (
    <div
      className={classes.row}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onCommit();
      }}
    >
      <Autocomplete
        size="xs"
        className={classes.grow ?? ''}
        aria-label={`${label}, new key`}
        placeholder="key"
        autoFocus
        data={keys}
        limit={100}
        value={entry.key}
        error={isTaken ? 'This key is there already.' : undefined}
        onChange={(key) => onChange({ ...entry, key })}
      />
      <Autocomplete
        size="xs"
        className={classes.grow ?? ''}
        aria-label={`${label}, new value`}
        placeholder="value"
        data={valuesOf(entry.key)}
        value={entry.value}
        onChange={(value) => onChange({ ...entry, value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onCommit();
        }}
      />
      <span className={classes.rowEnd}>
        <ActionIcon aria-label="Discard the new entry" onClick={() => onChange(undefined)}>
          ×
        </ActionIcon>
      </span>
    </div>
  );
}
