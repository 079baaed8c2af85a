import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  addNodeRequirementEdits,
  addPreferenceEdits,
  addPreferredTermEdits,
  NODE_AFFINITY,
  type NodeRequirement,
  preferenceWeight,
  PREFERRED_TERMS,
  preferredNodeTerms,
  removeNodeRequirementEdits,
  removePreferenceEdits,
  removePreferredTermEdits,
  REQUIRED_TERMS,
  requiredNodeTerms,
} from '../../../shared/form/fields/node-affinity.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import classes from './Form.module.css';
import { Foreign } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { type NodeLabels, NewRequirement } from './NewRequirement.tsx';
import { IntegerField } from './ParsedField.tsx';
import { useProblemsUnder } from './use-field.ts';

/** Required node affinity: within a term all must hold, of several terms one is enough. */
export function RequiredNodes({ labels }: { readonly labels: NodeLabels }) {
  const { form, actions } = useForm();
  const terms = requiredNodeTerms(form);
  const [isAdding, setAdding] = useState(false);
  return (
    <div className={classes.rows} role="group" aria-label="Node affinity">
      <span className={classes.label}>Node affinity (required)</span>
      {terms === undefined ? (
        <Foreign label="Node affinity" why="There are terms that the form does not know." />
      ) : (
        terms.map((term, index) => (
          // A term has no identity but its place.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={classes.rows}>
            {index > 0 && <span className={classes.muted}>or</span>}
            <Requirements
              item="node requirement"
              term={term}
              path={[...REQUIRED_TERMS, index]}
              onRemove={(nth) => actions.edit(removeNodeRequirementEdits(index, nth))}
            />
          </div>
        ))
      )}
      {isAdding && (
        <NewRequirement
          label="New node requirement"
          labels={labels}
          onAdd={(requirement) => actions.edit(addNodeRequirementEdits(form, requirement))}
          onClose={() => setAdding(false)}
        />
      )}
      {!isAdding && terms !== undefined && (
        <div className={classes.actions}>
          <Button size="compact-xs" onClick={() => setAdding(true)}>
            + Add node requirement
          </Button>
        </div>
      )}
    </div>
  );
}

/** Preferred node affinity: the scheduler adds up the weights of the terms that a node meets. */
export function PreferredNodes({ labels }: { readonly labels: NodeLabels }) {
  const { form, actions } = useForm();
  const terms = preferredNodeTerms(form);
  const isForeign =
    form.read([...NODE_AFFINITY, 'preferredDuringSchedulingIgnoredDuringExecution']).state === 'foreign';
  const [isAdding, setAdding] = useState(false);
  return (
    <div className={classes.rows} role="group" aria-label="Preferred nodes">
      <span className={classes.label}>Node affinity (preferred)</span>
      {isForeign && <Foreign label="Preferred nodes" why="These terms stand elsewhere in the text." />}
      {!isForeign &&
        terms.map((term, index) =>
          term === undefined ? (
            // oxlint-disable-next-line react/no-array-index-key
            <Foreign key={index} label={`Preference ${index + 1}`} why="The form does not know this preference." />
          ) : (
            // oxlint-disable-next-line react/no-array-index-key
            <Preference key={index} index={index} term={term} labels={labels} />
          ),
        )}
      {isAdding && (
        <NewRequirement
          label="New preference"
          labels={labels}
          onAdd={(requirement) => actions.edit(addPreferredTermEdits(requirement))}
          onClose={() => setAdding(false)}
        />
      )}
      {!isAdding && !isForeign && (
        <div className={classes.actions}>
          <Button size="compact-xs" onClick={() => setAdding(true)}>
            + Add preference
          </Button>
        </div>
      )}
      <p className={classes.muted}>A DaemonSet&apos;s pods are pinned to their nodes: this rarely changes anything.</p>
    </div>
  );
}

interface PreferenceProps {
  readonly index: number;
  readonly term: readonly NodeRequirement[];
  readonly labels: NodeLabels;
}

function Preference({ index, term, labels }: PreferenceProps) {
  const { form, actions } = useForm();
  const [isAdding, setAdding] = useState(false);
  const label = `Preference ${index + 1}`;
  return (
    <div className={classes.row} role="group" aria-label={label}>
      <div className={classes.weight}>
        <IntegerField label={`${label}, weight`} field={preferenceWeight(index)} placeholder="1–100" hideLabel />
      </div>
      <div className={`${classes.grow} ${classes.rows}`}>
        <Requirements
          item={`requirement of preference ${index + 1}:`}
          term={term}
          path={[...PREFERRED_TERMS, index, 'preference']}
          onRemove={(nth) => actions.edit(removePreferenceEdits(form, index, nth))}
        />
        {isAdding && (
          <NewRequirement
            label={`New requirement of preference ${index + 1}`}
            labels={labels}
            onAdd={(requirement) => actions.edit(addPreferenceEdits(index, requirement))}
            onClose={() => setAdding(false)}
          />
        )}
      </div>
      <span className={classes.rowEnd}>
        <ActionIcon
          aria-label={`Add a requirement to preference ${index + 1}`}
          title="Add a requirement that must hold too"
          disabled={isAdding}
          onClick={() => setAdding(true)}
        >
          +
        </ActionIcon>
        <ActionIcon
          aria-label={`Remove preference ${index + 1}`}
          onClick={() => actions.edit(removePreferredTermEdits(index))}
        >
          ×
        </ActionIcon>
      </span>
    </div>
  );
}

interface RequirementsProps {
  /** Of one requirement: "node requirement". */
  readonly item: string;
  readonly term: readonly NodeRequirement[];
  /** Of what holds the matchExpressions. */
  readonly path: ManifestPath;
  readonly onRemove: (index: number) => void;
}

/** The requirements of one term, as they read in the manifest, with what is wrong with them. */
function Requirements({ item, term, path, onRemove }: RequirementsProps) {
  const problems = useProblemsUnder([...path, 'matchExpressions']);
  return (
    <>
      {term.map(({ key, operator, values }, nth) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div className={classes.row} key={nth}>
          <TextInput
            className={classes.grow ?? ''}
            readOnly
            aria-label={capitalized(`${item} ${nth + 1}`)}
            value={`${key} ${operator} ${values.join(', ')}`.trim()}
          />
          <span className={classes.rowEnd}>
            <ActionIcon aria-label={`Remove ${item} ${nth + 1}`} onClick={() => onRemove(nth)}>
              ×
            </ActionIcon>
          </span>
        </div>
      ))}
      {problems.map(({ path: place, message, severity }) => (
        <div key={`${place} ${message}`} className={severity === 'error' ? classes.error : classes.warning}>
          {message}
        </div>
      ))}
    </>
  );
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
