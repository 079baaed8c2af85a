import { ANNOTATIONS, LABELS, POD_ANNOTATIONS } from '../../../shared/form/fields/base-fields.ts';
import { ALIAS_ANNOTATION, DESCRIPTION_ANNOTATION } from '../../../shared/form/rules/metadata-rules.ts';
import classes from './Form.module.css';
import { MapField } from './MapField.tsx';

const ELSEWHERE = [ALIAS_ANNOTATION, DESCRIPTION_ANNOTATION];

/** Labels and annotations of the DaemonSet, and annotations of its pods. */
export function AdvancedStep() {
  return (
    <div className={classes.stack}>
      <MapField
        label="Labels"
        item="label"
        field={LABELS}
        help="Of the DaemonSet itself; its pods' labels stand under Base info."
      />
      <MapField
        label="Annotations"
        item="annotation"
        field={ANNOTATIONS}
        hidden={ELSEWHERE}
        long
        help="Alias and description stand under Base info. At most 256 KiB in all."
      />
      <MapField
        label="Pod annotations"
        item="pod annotation"
        field={POD_ANNOTATIONS}
        long
        help="A change restarts the pods."
      />
    </div>
  );
}
