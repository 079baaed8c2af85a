import { Autocomplete, Textarea, TextInput } from '@mantine/core';
import type { Field } from '../../../shared/form/field.ts';
import { FieldFrame } from './FieldFrame.tsx';
import { useField } from './use-field.ts';

export interface TextFieldProps {
  readonly label: string;
  readonly field: Field<string>;
  readonly placeholder?: string | undefined;
  readonly help?: string | undefined;
  /** Offered as one types; anything else may be typed too. */
  readonly offers?: readonly string[] | undefined;
  readonly wide?: boolean | undefined;
  readonly lines?: number | undefined;
  /** In place of writing the field alone. */
  readonly onChange?: ((value: string) => void) | undefined;
  readonly autoFocus?: boolean | undefined;
}

const MAX_OFFERS = 100;

/** A string of the manifest; empty is absent. */
export function TextField(props: TextFieldProps) {
  const { label, field, placeholder = '', help, offers, wide, lines, onChange, autoFocus = false } = props;
  const { state, value = '', set, error, warning } = useField(field);
  const change = onChange ?? ((text: string) => set(text === '' ? undefined : text));
  return (
    <FieldFrame label={label} help={help} error={error} warning={warning} wide={wide} state={state}>
      {(control) => {
        const common = {
          ...control,
          value,
          placeholder,
          error: error !== undefined,
          'data-autofocus': autoFocus,
        } as const;
        if (offers !== undefined) {
          return <Autocomplete size="xs" {...common} data={offers} limit={MAX_OFFERS} onChange={change} />;
        }
        const typed = (event: { readonly currentTarget: { readonly value: string } }) =>
          change(event.currentTarget.value);
        if (lines !== undefined) return <Textarea {...common} minRows={lines} autosize maxRows={12} onChange={typed} />;
        return <TextInput {...common} onChange={typed} />;
      }}
    </FieldFrame>
  );
}
