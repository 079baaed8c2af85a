import { Checkbox } from '@mantine/core';
import classes from './KubeconfigForm.module.css';

export interface KeepChoiceProps {
  readonly keep: boolean;
  readonly onChange: (keep: boolean) => void;
}

/** Whether a text that was uploaded or pasted outlives this run, and what its relative paths mean. */
export function KeepChoice({ keep, onChange }: KeepChoiceProps) {
  return (
    <>
      <Checkbox
        label="Keep it in the data folder"
        description="Readable by you only. Otherwise it stays in memory and is gone when Everynode ends."
        checked={keep}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <p className={classes.note}>
        Relative paths in it (certificates, keys, token files) have no folder to start from: they are named as missing.
        Open the file by its path to use them.
      </p>
    </>
  );
}
