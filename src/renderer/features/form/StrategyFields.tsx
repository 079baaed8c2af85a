import {
  MAX_SURGE,
  MAX_UNAVAILABLE,
  maxSurgeEdits,
  MIN_READY_SECONDS,
  parseShare,
  REVISION_HISTORY_LIMIT,
  STRATEGY_TYPE,
  UPDATE_STRATEGIES,
} from '../../../shared/form/fields/strategy-fields.ts';
import { presentValue } from '../../../shared/form/field.ts';
import { resolveIntOrPercent } from '../../../shared/kubernetes/int-or-string.ts';
import { ChoiceField } from './ChoiceField.tsx';
import classes from './Form.module.css';
import { useForm } from './form-context.ts';
import { IntegerField, ParsedField } from './ParsedField.tsx';
import { useMatchingNodes } from './use-matching-nodes.ts';

const EXPECTED = 'A whole number, or a percentage such as 20%.';

/** How pods are replaced when the template changes. */
export function StrategyFields() {
  const { form, actions } = useForm();
  const type = presentValue(form, STRATEGY_TYPE) ?? 'RollingUpdate';
  const isRolling = type === 'RollingUpdate';
  const nodes = useMatchingNodes();
  const share = (value: number | string | undefined) => shareWords(value, nodes?.eligible);
  const maxUnavailable = presentValue(form, MAX_UNAVAILABLE);
  const maxSurge = presentValue(form, MAX_SURGE);
  const later = isRolling ? undefined : 'Used when it is switched back to RollingUpdate.';
  return (
    <div className={classes.grid}>
      <ChoiceField
        label="Update strategy"
        field={STRATEGY_TYPE}
        choices={UPDATE_STRATEGIES}
        unset="Default (RollingUpdate)"
        words={{ RollingUpdate: 'RollingUpdate (recommended)', OnDelete: 'OnDelete' }}
        help={isRolling ? 'Pods are replaced by themselves, some at a time.' : 'A pod is replaced when it is deleted.'}
      />
      <ParsedField
        label="Maximum unavailable"
        field={MAX_UNAVAILABLE}
        parse={parseShare}
        format={String}
        expected={EXPECTED}
        placeholder="1"
        help={later ?? share(maxUnavailable ?? 1)}
      />
      <ParsedField
        label="Maximum surge"
        field={MAX_SURGE}
        parse={parseShare}
        format={String}
        expected={EXPECTED}
        placeholder="0"
        help={
          later ??
          (maxSurge === undefined
            ? 'Pods that may start beside the old ones, where maximum unavailable is 0.'
            : share(maxSurge))
        }
        onChange={(value) => actions.edit(maxSurgeEdits(form, value))}
      />
      <IntegerField
        label="Min ready seconds"
        field={MIN_READY_SECONDS}
        placeholder="0"
        help="How long a pod must be ready before it counts as available."
      />
      <IntegerField
        label="Revision history"
        field={REVISION_HISTORY_LIMIT}
        placeholder="10"
        help="Old revisions that are kept for a rollback."
      />
    </div>
  );
}

/** What a number or a percentage means here: the controller rounds up. */
function shareWords(value: number | string | undefined, nodes: number | undefined): string | undefined {
  if (value === undefined || nodes === undefined) return undefined;
  const pods = resolveIntOrPercent(value, nodes, 'up');
  if (pods === undefined) return undefined;
  return `${pods === 1 ? '1 pod' : `${pods} pods`} at a time, of ${nodes} here.`;
}
