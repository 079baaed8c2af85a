import { Select } from '@mantine/core';
import {
  CONTAINER_TYPES,
  type ContainerEntry,
  containerTypeEdits,
  listOf,
  lostByType,
} from '../../../shared/form/fields/containers.ts';
import type { ContainersPlace } from '../../../shared/form/steps.ts';
import { itemsAt } from '../../../shared/form/form-document.ts';
import { FieldFrame } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';

const WORDS = { worker: 'Worker', init: 'Init container', sidecar: 'Sidecar (init, restarts always)' } as const;

export interface ContainerTypeFieldProps {
  readonly entry: ContainerEntry;
  readonly onPlace: (place: ContainersPlace) => void;
}

/** Worker, init container or sidecar. What an init container cannot have goes, and is named. */
export function ContainerTypeField({ entry, onPlace }: ContainerTypeFieldProps) {
  const { form, actions } = useForm();
  const lost = lostByType(form, entry, 'init');
  const change = (chosen: string | null) => {
    const type = CONTAINER_TYPES.find((each) => each === chosen);
    if (!type || type === entry.type) return;
    const stays = listOf(type) === listOf(entry.type);
    const index = stays ? entry.index : itemsAt(form.manifest, listOf(type)).length;
    actions.edit(containerTypeEdits(form, entry, type));
    onPlace({ step: 'containers', list: type === 'worker' ? 'containers' : 'initContainers', index });
  };
  const help =
    entry.type !== 'init' && lost.length > 0 ? `As an init container it would lose ${lost.join(', ')}.` : undefined;
  return (
    <FieldFrame label="Container type" help={help}>
      {(control) => (
        <Select
          {...control}
          data={CONTAINER_TYPES.map((type) => ({ value: type, label: WORDS[type] }))}
          value={entry.type}
          allowDeselect={false}
          onChange={change}
        />
      )}
    </FieldFrame>
  );
}
