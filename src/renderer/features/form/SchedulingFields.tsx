import { ActionIcon, Autocomplete, Button, Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  addNodeRequirementEdits,
  DEPLOYMENT_MODES,
  deploymentMode,
  deploymentModeEdits,
  removeNodeRequirementEdits,
  requiredNodeTerms,
} from '../../../shared/form/fields/deployment-mode.ts';
import { NODE_SELECTOR, SCHEDULER_NAME } from '../../../shared/form/fields/pod-fields.ts';
import classes from './Form.module.css';
import { FieldFrame, Foreign } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { MapField } from './MapField.tsx';
import { TextField } from './TextField.tsx';
import { TolerationFields } from './TolerationFields.tsx';
import { useMatchingNodes } from './use-matching-nodes.ts';
import { useOffers } from './use-offers.ts';

const MODE_WORDS = {
  default: 'Default (none)',
  decentralized: 'Decentralized: away from its like',
  aggregation: 'Aggregation: near its like',
} as const;
const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'] as const;

/** On which nodes pods run. */
export function SchedulingFields() {
  const { contextName } = useForm();
  const labels = useOffers(contextName, (client, signal) => client.offers.nodeLabels({ contextName }, { signal }));
  const nodes = useMatchingNodes();
  const valuesOf = (key: string) =>
    labels.items.find((offer) => offer.key === key)?.values.map(({ value }) => value) ?? [];
  const keys = labels.items.map(({ key }) => key);
  return (
    <>
      <p className={classes.muted} role="status">
        {nodes === undefined
          ? (labels.none ?? 'The nodes are not known yet.')
          : `Would run on ${nodes.eligible} of ${nodes.total} nodes.`}
      </p>
      <MapField
        label="Node selector"
        item="node label"
        field={NODE_SELECTOR}
        keys={keys}
        valuesOf={valuesOf}
        help="Nodes need every one of these labels."
      />
      <NodeRequirements keys={keys} valuesOf={valuesOf} />
      <TolerationFields />
      <div className={classes.grid}>
        <ModeField />
        <TextField label="Scheduler" field={SCHEDULER_NAME} placeholder="default-scheduler" />
      </div>
    </>
  );
}

function ModeField() {
  const { form, actions } = useForm();
  const mode = deploymentMode(form);
  if (mode === 'custom') {
    return (
      <div>
        <span className={classes.label}>Deployment mode</span>
        <Foreign label="Deployment mode" why="There is a pod affinity of another kind." />
      </div>
    );
  }
  return (
    <FieldFrame
      label="Deployment mode"
      help="A DaemonSet's pods are pinned to their nodes: this rarely changes anything."
    >
      {(control) => (
        <Select
          {...control}
          data={DEPLOYMENT_MODES.map((each) => ({ value: each, label: MODE_WORDS[each] }))}
          value={mode}
          allowDeselect={false}
          onChange={(chosen) =>
            actions.edit(deploymentModeEdits(form, DEPLOYMENT_MODES.find((each) => each === chosen) ?? 'default'))
          }
        />
      )}
    </FieldFrame>
  );
}

interface RequirementsProps {
  readonly keys: readonly string[];
  readonly valuesOf: (key: string) => readonly string[];
}

/** Required node affinity: within a term all must hold, of several terms one is enough. */
function NodeRequirements({ keys, valuesOf }: RequirementsProps) {
  const { form, actions } = useForm();
  const terms = requiredNodeTerms(form);
  const [draft, setDraft] = useState<{
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }>();
  const needsValues = draft !== undefined && draft.operator !== 'Exists' && draft.operator !== 'DoesNotExist';
  const isWhole = draft !== undefined && draft.key !== '' && (!needsValues || draft.values.length > 0);
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
            {term.map((each, nth) => (
              <div className={classes.row} key={`${each.key} ${each.operator}`}>
                <TextInput
                  className={classes.grow ?? ''}
                  readOnly
                  aria-label={`Node requirement ${nth + 1}`}
                  value={`${each.key} ${each.operator} ${each.values.join(', ')}`.trim()}
                />
                <span className={classes.rowEnd}>
                  <ActionIcon
                    aria-label={`Remove node requirement ${nth + 1}`}
                    onClick={() => actions.edit(removeNodeRequirementEdits(index, nth))}
                  >
                    ×
                  </ActionIcon>
                </span>
              </div>
            ))}
          </div>
        ))
      )}
      {draft !== undefined && (
        <div className={classes.row} role="group" aria-label="New node requirement">
          <Autocomplete
            size="xs"
            className={classes.grow ?? ''}
            aria-label="Label"
            placeholder="label"
            data={keys}
            limit={100}
            value={draft.key}
            onChange={(key) => setDraft({ ...draft, key })}
          />
          <Select
            aria-label="Operator"
            w={130}
            data={OPERATORS}
            value={draft.operator}
            allowDeselect={false}
            onChange={(operator) => setDraft({ ...draft, operator: operator ?? 'In' })}
          />
          {needsValues && (
            <TagsInput
              className={classes.grow ?? ''}
              aria-label="Values"
              placeholder="values"
              data={valuesOf(draft.key)}
              value={[...draft.values]}
              onChange={(values) => setDraft({ ...draft, values })}
            />
          )}
          <Button
            size="compact-xs"
            disabled={!isWhole}
            onClick={() => {
              actions.edit(addNodeRequirementEdits(form, draft));
              setDraft(undefined);
            }}
          >
            Add
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => setDraft(undefined)}>
            Cancel
          </Button>
        </div>
      )}
      {draft === undefined && terms !== undefined && (
        <div className={classes.actions}>
          <Button size="compact-xs" onClick={() => setDraft({ key: '', operator: 'In', values: [] })}>
            + Add node requirement
          </Button>
        </div>
      )}
    </div>
  );
}
