import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Field } from '../../../shared/form/field.ts';
import { FieldFrame } from './FieldFrame.tsx';
import { useField } from './use-field.ts';

export interface ParsedFieldProps<T> {
  readonly label: string;
  readonly field: Field<T>;
  /** Undefined for what cannot be written. */
  readonly parse: (text: string) => T | undefined;
  readonly format: (value: T) => string;
  /** Said while the typed text cannot be written. */
  readonly expected: string;
  readonly placeholder?: string | undefined;
  readonly help?: string | undefined;
  readonly hideLabel?: boolean | undefined;
  readonly onChange?: ((value: T | undefined) => void) | undefined;
}

/**
 * A value that is typed as text. What cannot be read is kept on screen and said; the manifest then keeps what it had
 * until the text can be read or the field is left.
 */
export function ParsedField<T>(props: ParsedFieldProps<T>) {
  const { label, field, parse, format, expected, placeholder = '', help, hideLabel, onChange } = props;
  const { state, value, set, error, warning } = useField(field);
  const [typed, setTyped] = useState<string>();
  const unreadable = typed !== undefined && typed.trim() !== '' && parse(typed) === undefined;
  const shown = typed ?? (value === undefined ? '' : format(value));
  const change = (text: string) => {
    setTyped(text);
    const next = parse(text);
    if (next === undefined && text.trim() !== '') return;
    (onChange ?? set)(next);
  };
  return (
    <FieldFrame
      label={label}
      help={help}
      error={unreadable ? expected : error}
      warning={warning}
      state={state}
      hideLabel={hideLabel}
    >
      {(control) => (
        <TextInput
          {...control}
          {...(hideLabel === true ? { 'aria-label': label } : {})}
          aria-invalid={unreadable || error !== undefined}
          value={shown}
          placeholder={placeholder}
          error={unreadable || error !== undefined}
          onChange={(event) => change(event.currentTarget.value)}
          onBlur={() => setTyped(undefined)}
        />
      )}
    </FieldFrame>
  );
}

export interface IntegerFieldProps extends Omit<ParsedFieldProps<number>, 'parse' | 'format' | 'expected'> {
  readonly unit?: string | undefined;
}

/** A whole number; the API's default stands as the placeholder. */
export function IntegerField(props: IntegerFieldProps) {
  return <ParsedField {...props} parse={parseInteger} format={String} expected="A whole number is expected." />;
}

export function parseInteger(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^-?[0-9]{1,16}$/.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isSafeInteger(value) ? value : undefined;
}
