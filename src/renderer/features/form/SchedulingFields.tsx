import { Select } from '@mantine/core';
import { DEPLOYMENT_MODES, deploymentMode, deploymentModeEdits } from '../../../shared/form/fields/deployment-mode.ts';
import { NODE_SELECTOR, SCHEDULER_NAME } from '../../../shared/form/fields/pod-fields.ts';
import classes from './Form.module.css';
import { FieldFrame, Foreign } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { MapField } from './MapField.tsx';
import { PreferredNodes, RequiredNodes } from './NodeAffinityFields.tsx';
import { TextField } from './TextField.tsx';
import { TolerationFields } from './TolerationFields.tsx';
import { useOffers } from './use-offers.ts';
import { WouldRunOn } from './WouldRunOn.tsx';

const MODE_WORDS = {
  default: 'Default (none)',
  decentralized: 'Decentralized: away from its like',
  aggregation: 'Aggregation: near its like',
} as const;

/** On which nodes pods run. */
export function SchedulingFields() {
  const { contextName } = useForm();
  const labels = useOffers(contextName, (client, signal) => client.offers.nodeLabels({ contextName }, { signal }));
  const valuesOf = (key: string) =>
    labels.items.find((offer) => offer.key === key)?.values.map(({ value }) => value) ?? [];
  const keys = labels.items.map(({ key }) => key);
  return (
    <>
      <WouldRunOn className={classes.muted} unknown={labels.none ?? 'The nodes are not known yet.'} />
      <MapField
        label="Node selector"
        item="node label"
        field={NODE_SELECTOR}
        keys={keys}
        valuesOf={valuesOf}
        help="Nodes need every one of these labels."
      />
      <RequiredNodes labels={{ keys, valuesOf }} />
      <PreferredNodes labels={{ keys, valuesOf }} />
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
