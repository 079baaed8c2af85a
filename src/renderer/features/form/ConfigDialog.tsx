import { Autocomplete, Button, Modal, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type ConfigUse, configUseEdits, configUseProblem } from '../../../shared/form/fields/config-use.ts';
import { containersOf } from '../../../shared/form/fields/containers.ts';
import classes from './Form.module.css';
import { FieldFrame } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { type ConfigKind, useConfigOffers, useKeyOffers } from './use-config-offers.ts';

const USES = [
  { value: 'environment', label: 'Environment' },
  { value: 'parameter', label: 'Command parameter' },
  { value: 'files', label: 'Config files' },
] as const;

/** A ConfigMap or Secret as variables of a container, as a parameter of its command, or as files. */
export function ConfigDialog({ onClose }: { readonly onClose: () => void }) {
  const { form, actions } = useForm();
  const containers = containersOf(form);
  const [index, setIndex] = useState(0);
  const [use, setUse] = useState<ConfigUse>({ as: 'environment', kind: 'ConfigMap', name: '', key: '', target: '' });
  const container = containers[index];
  const objects = useConfigOffers(use.kind);
  const keys = useKeyOffers(use.kind, use.name);
  const problem = container ? configUseProblem(form, container.path, use) : 'Add a container first.';
  const change = (part: Partial<ConfigUse>) => setUse({ ...use, ...part });
  const done = () => {
    if (!container) return;
    actions.edit(configUseEdits(form, container.path, use));
    onClose();
  };
  return (
    <Modal opened title="Use a ConfigMap or Secret" onClose={onClose}>
      <div className={classes.stack}>
        <SegmentedControl
          aria-label="Use as"
          data={[...USES]}
          value={use.as}
          onChange={(as) => change({ as: USES.find((each) => each.value === as)?.value ?? 'environment' })}
        />
        <div className={classes.grid}>
          <FieldFrame label="Kind">
            {(control) => (
              <Select
                {...control}
                data={['ConfigMap', 'Secret']}
                value={use.kind}
                allowDeselect={false}
                onChange={(kind) => change({ kind: kindOf(kind), name: '', key: '' })}
              />
            )}
          </FieldFrame>
          <FieldFrame label="Container">
            {(control) => (
              <Select
                {...control}
                data={containers.map(({ name }, nth) => ({ value: String(nth), label: name || '(no name)' }))}
                value={String(index)}
                allowDeselect={false}
                onChange={(nth) => setIndex(Number(nth ?? 0))}
              />
            )}
          </FieldFrame>
          <FieldFrame label={`${use.kind} name`} help={objects.none}>
            {(control) => (
              <Autocomplete
                {...control}
                size="xs"
                data={objects.items.map(({ name }) => name)}
                value={use.name}
                onChange={(name) => change({ name })}
              />
            )}
          </FieldFrame>
          <FieldFrame label="Key" help={keys.none ?? (use.as === 'parameter' ? undefined : 'Empty: every key.')}>
            {(control) => (
              <Autocomplete
                {...control}
                size="xs"
                data={[...keys.items]}
                value={use.key}
                onChange={(key) => change({ key })}
              />
            )}
          </FieldFrame>
          <FieldFrame label={use.as === 'files' ? 'Mount path' : 'Variable name'} wide help={targetHelp(use)}>
            {(control) => (
              <TextInput
                {...control}
                value={use.target}
                onChange={(event) => change({ target: event.currentTarget.value })}
              />
            )}
          </FieldFrame>
        </div>
        {problem !== undefined && <div className={classes.muted}>{problem}</div>}
        <div className={classes.actions}>
          <Button variant="filled" disabled={problem !== undefined} onClick={done}>
            Use it
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </div>
    </Modal>
  );
}

function kindOf(text: string | null): ConfigKind {
  return text === 'Secret' ? 'Secret' : 'ConfigMap';
}

function targetHelp(use: ConfigUse): string {
  switch (use.as) {
    case 'environment':
      return use.key === '' ? 'A prefix for every variable, or nothing.' : 'The variable that holds the value.';
    case 'parameter':
      return 'The value becomes a variable, and $(NAME) is added to the arguments.';
    case 'files':
      return 'Each key becomes a file in this folder.';
  }
}
