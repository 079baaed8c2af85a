import { ActionIcon, Autocomplete, Button, Select, TextInput } from '@mantine/core';
import {
  addTolerationEdits,
  CONTROL_PLANE_TOLERATION,
  EVERY_NODE_TOLERATION,
  removeTolerationEdits,
  setTolerationEdits,
  type TolerationInput,
  TOLERATIONS,
} from '../../../shared/form/fields/pod-fields.ts';
import { itemsAt } from '../../../shared/form/form-document.ts';
import { readTolerations } from '../../../shared/form/fields/read-tolerations.ts';
import { daemonPodTolerations } from '../../../shared/kubernetes/toleration.ts';
import { HOST_NETWORK } from '../../../shared/form/fields/pod-fields.ts';
import { presentValue } from '../../../shared/form/field.ts';
import classes from './Form.module.css';
import { Foreign } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { groupOf, useProblemsUnder } from './use-field.ts';
import { useOffers } from './use-offers.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

/** Taints that the pods put up with, with those that the controller adds by itself. */
export function TolerationFields() {
  const { form, actions, contextName } = useForm();
  const read = readTolerations(itemsAt(form.manifest, TOLERATIONS));
  const taints = useOffers(contextName, (client, signal) => client.offers.taints({ contextName }, { signal }));
  const added = daemonPodTolerations([], presentValue(form, HOST_NETWORK));
  return (
    <div className={classes.rows} role="group" aria-label="Tolerations">
      <span className={classes.label}>Tolerations</span>
      {read.map((toleration, index) =>
        toleration === undefined ? (
          <Foreign key={index} label={`Toleration ${index + 1}`} why="The form does not know this toleration." />
        ) : (
          // oxlint-disable-next-line react/no-array-index-key
          <Row
            key={index}
            index={index}
            toleration={toleration}
            keys={[...new Set(taints.items.map(({ key }) => key))]}
          />
        ),
      )}
      <div className={classes.actions}>
        <Button size="compact-xs" onClick={() => actions.edit(addTolerationEdits({ key: '', operator: 'Exists' }))}>
          + Add toleration
        </Button>
        <Button size="compact-xs" onClick={() => actions.edit(addTolerationEdits(CONTROL_PLANE_TOLERATION))}>
          Run on control-plane nodes too
        </Button>
        <Button size="compact-xs" onClick={() => actions.edit(addTolerationEdits(EVERY_NODE_TOLERATION))}>
          Run on every node
        </Button>
      </div>
      <p className={classes.muted}>
        The controller adds:{' '}
        {added.map(({ key, effect }) => `${(key ?? '').replace('node.kubernetes.io/', '')} ${effect}`).join(', ')}.
      </p>
    </div>
  );
}

interface RowProps {
  readonly index: number;
  readonly toleration: TolerationInput;
  readonly keys: readonly string[];
}

function Row({ index, toleration, keys }: RowProps) {
  const { form, actions } = useForm();
  const [problem] = useProblemsUnder([...TOLERATIONS, index]);
  const label = `Toleration ${index + 1}`;
  const change = (part: Partial<TolerationInput>) =>
    actions.edit(setTolerationEdits(form, index, { ...toleration, ...part }), groupOf([...TOLERATIONS, index]));
  return (
    <div>
      <div className={classes.row} role="group" aria-label={label}>
        <Autocomplete
          size="xs"
          className={classes.grow ?? ''}
          aria-label={`${label}, taint key`}
          placeholder="every taint"
          data={keys}
          value={toleration.key ?? ''}
          onChange={(key) => change({ key })}
        />
        <Select
          aria-label={`${label}, operator`}
          w={100}
          data={['Exists', 'Equal']}
          value={toleration.operator}
          allowDeselect={false}
          onChange={(operator) => change({ operator: operator === 'Equal' ? 'Equal' : 'Exists' })}
        />
        {toleration.operator === 'Equal' && (
          <TextInput
            className={classes.grow ?? ''}
            aria-label={`${label}, value`}
            placeholder="value"
            value={toleration.value ?? ''}
            onChange={(event) => change({ value: event.currentTarget.value })}
          />
        )}
        <Select
          aria-label={`${label}, effect`}
          w={160}
          data={[
            { value: '', label: 'Every effect' },
            ...EFFECTS.map((effect) => ({ value: effect as string, label: effect })),
          ]}
          value={toleration.effect ?? ''}
          allowDeselect={false}
          onChange={(effect) => change({ effect: effect ?? '' })}
        />
        <span className={classes.rowEnd}>
          <ActionIcon
            aria-label={`Remove toleration ${index + 1}`}
            onClick={() => actions.edit(removeTolerationEdits(index))}
          >
            ×
          </ActionIcon>
        </span>
      </div>
      {problem && <div className={classes.error}>{problem.message}</div>}
    </div>
  );
}
