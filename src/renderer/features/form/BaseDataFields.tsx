import { ALIAS, ANNOTATIONS, DESCRIPTION, LABELS } from '../../../shared/form/fields/base-fields.ts';
import { ALIAS_ANNOTATION, DESCRIPTION_ANNOTATION } from '../../../shared/form/rules/metadata-rules.ts';
import classes from './Form.module.css';
import { MapField } from './MapField.tsx';
import { TextField } from './TextField.tsx';

/** The two that have fields of their own, and the one that the API server counts in. */
const ELSEWHERE = [ALIAS_ANNOTATION, DESCRIPTION_ANNOTATION, 'deprecated.daemonset.template.generation'];

/** What can be changed of a live DaemonSet beside its template: alias, description, labels, annotations. */
export function BaseDataFields() {
  return (
    <div className={classes.stack}>
      <div className={classes.grid}>
        <TextField label="Alias" field={ALIAS} help="Up to 63 characters of any script." autoFocus />
        <TextField label="Description" field={DESCRIPTION} lines={2} wide help="Up to 256 characters." />
      </div>
      <MapField label="Labels" item="label" field={LABELS} help="Of the DaemonSet itself; its pods keep theirs." />
      <MapField
        label="Annotations"
        item="annotation"
        field={ANNOTATIONS}
        hidden={ELSEWHERE}
        long
        help="At most 256 KiB in all."
      />
    </div>
  );
}
