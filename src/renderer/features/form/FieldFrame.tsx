import { Button } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { FieldState } from '../../../shared/form/field.ts';
import classes from './Form.module.css';
import { useForm } from './form-context.ts';

export interface FieldFrameProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
  readonly warning?: string | undefined;
  readonly wide?: boolean | undefined;
  /** A foreign field shows why it is, and no control. */
  readonly state?: FieldState<unknown> | undefined;
  /** The label is shown by the control itself, or read out only. */
  readonly hideLabel?: boolean | undefined;
  readonly children: (control: ControlProps) => ReactNode;
}

/** What ties a control to its label and to what is said beneath it. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

/** A label, its control, and what is said of it. */
export function FieldFrame(props: FieldFrameProps) {
  const { label, help, error, warning, wide = false, state, hideLabel = false, children } = props;
  const id = useId();
  const said = error ?? warning ?? help;
  const tone = error !== undefined ? classes.error : warning !== undefined ? classes.warning : classes.help;
  return (
    <div className={wide ? `${classes.field} ${classes.wide}` : classes.field}>
      {!hideLabel && (
        <label className={classes.label} htmlFor={id}>
          {label}
        </label>
      )}
      {state?.state === 'foreign' ? (
        <Foreign label={label} why={state.why} line={state.line} />
      ) : (
        children({
          id,
          'aria-describedby': said === undefined ? undefined : `${id}-said`,
          'aria-invalid': error !== undefined,
        })
      )}
      {said !== undefined && (
        <div id={`${id}-said`} className={tone}>
          {said}
        </div>
      )}
    </div>
  );
}

/** What the form does not read it does not write: the YAML is the place for it. */
export function Foreign({
  label,
  why,
  line,
}: {
  readonly label: string;
  readonly why: string;
  readonly line?: number | undefined;
}) {
  const { editYaml } = useForm();
  return (
    <div className={classes.foreign} role="note" aria-label={label}>
      <span>{why}</span>
      <Button size="compact-xs" variant="subtle" onClick={() => editYaml(line)}>
        Edit in YAML
      </Button>
    </div>
  );
}
