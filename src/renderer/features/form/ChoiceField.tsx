import { SegmentedControl, Select, Switch } from '@mantine/core';
import type { Field } from '../../../shared/form/field.ts';
import classes from './Form.module.css';
import { FieldFrame } from './FieldFrame.tsx';
import { useField } from './use-field.ts';

export interface ChoiceFieldProps<Choice extends string> {
  readonly label: string;
  readonly field: Field<Choice>;
  readonly choices: readonly Choice[];
  /** What the API takes when nothing is written. */
  readonly unset: string;
  readonly words?: Readonly<Partial<Record<Choice, string>>> | undefined;
  readonly help?: string | undefined;
  readonly onChange?: ((value: Choice | undefined) => void) | undefined;
}

/** One of the API's words, or none: the default is then named. */
export function ChoiceField<Choice extends string>(props: ChoiceFieldProps<Choice>) {
  const { label, field, choices, unset, words, help, onChange } = props;
  const { state, value, set, error, warning } = useField(field);
  const data = [
    { value: '', label: unset },
    ...choices.map((choice) => ({ value: choice as string, label: words?.[choice] ?? choice })),
  ];
  const change = (chosen: string | null) => (onChange ?? set)(choices.find((choice) => choice === chosen));
  return (
    <FieldFrame label={label} help={help} error={error} warning={warning} state={state}>
      {(control) => (
        <Select
          {...control}
          data={data}
          value={value ?? ''}
          error={error !== undefined}
          allowDeselect={false}
          onChange={change}
        />
      )}
    </FieldFrame>
  );
}

export interface FlagFieldProps {
  readonly label: string;
  readonly field: Field<boolean>;
  readonly help?: string | undefined;
  /** What the API takes when nothing is written: "no", "yes", "image's". */
  readonly unset?: string | undefined;
  readonly onChange?: ((value: boolean | undefined) => void) | undefined;
}

/** Three states: unset, yes, no. Unset writes nothing. */
export function FlagField({ label, field, help, unset = 'Default', onChange }: FlagFieldProps) {
  const { state, value, set, error, warning } = useField(field);
  const change = (chosen: string) => (onChange ?? set)(chosen === '' ? undefined : chosen === 'true');
  return (
    <FieldFrame label={label} help={help} error={error} warning={warning} state={state}>
      {({ id: _, ...control }) => (
        <SegmentedControl
          {...control}
          aria-label={label}
          fullWidth
          data={[
            { value: '', label: unset },
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]}
          value={value === undefined ? '' : String(value)}
          onChange={change}
        />
      )}
    </FieldFrame>
  );
}

export interface ToggleProps {
  readonly label: string;
  readonly checked: boolean;
  readonly help?: string | undefined;
  readonly onChange: (checked: boolean) => void;
}

export function Toggle({ label, checked, help, onChange }: ToggleProps) {
  return (
    <div className={classes.field}>
      <Switch
        size="xs"
        label={label}
        checked={checked}
        description={help}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </div>
  );
}
