import { ALIAS, DESCRIPTION } from '../../../shared/form/fields/base-fields.ts';
import { AdvancedStep } from './AdvancedStep.tsx';
import classes from './Form.module.css';
import { TextField } from './TextField.tsx';

/** What can be changed of a live DaemonSet beside its template: alias, description, labels, annotations. */
export function BaseDataFields() {
  return (
    <div className={classes.stack}>
      <div className={classes.grid}>
        <TextField label="Alias" field={ALIAS} help="Up to 63 characters of any script." autoFocus />
        <TextField label="Description" field={DESCRIPTION} lines={2} wide help="Up to 256 characters." />
      </div>
      <AdvancedStep />
    </div>
  );
}
