import {
  RESIZE_POLICIES,
  RESIZE_RESOURCES,
  type ResizeResource,
  resizePolicyEdits,
  resizePolicyField,
  resizePolicyList,
} from '../../../shared/form/fields/resize-fields.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import { ChoiceField } from './ChoiceField.tsx';
import classes from './Form.module.css';
import { useForm } from './form-context.ts';
import { useProblems } from './use-field.ts';

const LABELS: Readonly<Record<ResizeResource, string>> = { cpu: 'CPU resize', memory: 'Memory resize' };
const WORDS = { NotRequired: 'Goes on running', RestartContainer: 'Restarts the container' } as const;

/** What happens to a running container when its amounts are changed in place. */
export function ResizeFields({ container }: { readonly container: ManifestPath }) {
  const { form, actions } = useForm();
  const { error } = useProblems(resizePolicyList(container));
  return (
    <>
      <div className={classes.grid}>
        {RESIZE_RESOURCES.map((resource) => (
          <ChoiceField
            key={resource}
            label={LABELS[resource]}
            field={resizePolicyField(container, resource)}
            choices={RESIZE_POLICIES}
            words={WORDS}
            unset="Default (goes on running)"
            onChange={(policy) => actions.edit(resizePolicyEdits(form, container, resource, policy))}
          />
        ))}
      </div>
      {error !== undefined && <div className={classes.error}>{error}</div>}
      <p className={classes.muted}>
        For a pod that is resized while it runs. A changed template replaces the pods as ever.
      </p>
    </>
  );
}
