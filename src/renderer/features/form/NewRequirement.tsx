import { Autocomplete, Button, Select, TagsInput } from '@mantine/core';
import { useState } from 'react';
import type { NodeRequirement } from '../../../shared/form/fields/node-affinity.ts';
import { REQUIREMENT_OPERATORS } from '../../../shared/kubernetes/label-requirement.ts';
import classes from './Form.module.css';

/** Labels of the cluster's nodes, offered as one types. */
export interface NodeLabels {
  readonly keys: readonly string[];
  readonly valuesOf: (key: string) => readonly string[];
}

export interface NewRequirementProps {
  readonly label: string;
  readonly labels: NodeLabels;
  readonly onAdd: (requirement: NodeRequirement) => void;
  readonly onClose: () => void;
}

/** A requirement that is being written: it reaches the manifest as a whole. */
export function NewRequirement({ label, labels, onAdd, onClose }: NewRequirementProps) {
  const [draft, setDraft] = useState<NodeRequirement>({ key: '', operator: 'In', values: [] });
  const needsValues = draft.operator !== 'Exists' && draft.operator !== 'DoesNotExist';
  const isWhole = draft.key !== '' && (!needsValues || draft.values.length > 0);
  return (
    <div className={classes.row} role="group" aria-label={label}>
      <Autocomplete
        size="xs"
        className={classes.grow ?? ''}
        aria-label="Label"
        placeholder="label"
        data={labels.keys}
        limit={100}
        value={draft.key}
        onChange={(key) => setDraft({ ...draft, key })}
      />
      <Select
        aria-label="Operator"
        w={130}
        data={REQUIREMENT_OPERATORS}
        value={draft.operator}
        allowDeselect={false}
        onChange={(operator) => setDraft({ ...draft, operator: operator ?? 'In' })}
      />
      {needsValues && (
        <TagsInput
          className={classes.grow ?? ''}
          aria-label="Values"
          placeholder="values"
          data={labels.valuesOf(draft.key)}
          value={[...draft.values]}
          onChange={(values) => setDraft({ ...draft, values })}
        />
      )}
      <Button
        size="compact-xs"
        disabled={!isWhole}
        onClick={() => {
          onAdd(draft);
          onClose();
        }}
      >
        Add
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={onClose}>
        Cancel
      </Button>
    </div>
  );
}
