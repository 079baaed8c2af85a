import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { NodeCoverage } from '../../../shared/kubernetes/coverage.ts';
import { labelKeys, UNGROUPED, ZONE_LABEL } from './node-groups.ts';

export interface GroupPickerProps {
  readonly nodes: readonly NodeCoverage[];
  /** Key of a label, or UNGROUPED. */
  readonly value: string;
  readonly onChange: (label: string) => void;
}

/** By which label nodes are grouped. */
export function GroupPicker({ nodes, value, onChange }: GroupPickerProps) {
  const [isOpen, setOpen] = useState(false);
  // All labels of all nodes are read only while there is a list of them.
  const others = useMemo(
    () => (isOpen ? labelKeys(nodes) : [value]).filter((key) => key !== ZONE_LABEL && key !== UNGROUPED),
    [isOpen, nodes, value],
  );
  return (
    <Select
      aria-label="Group nodes by"
      data={[
        { value: ZONE_LABEL, label: 'by zone' },
        { value: UNGROUPED, label: 'not grouped' },
        ...others.map((key) => ({ value: key, label: key })),
      ]}
      value={value}
      searchable
      allowDeselect={false}
      w={210}
      comboboxProps={{ width: 320, position: 'bottom-end' }}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}
