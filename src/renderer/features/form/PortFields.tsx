import { ActionIcon, Button } from '@mantine/core';
import {
  addPortEdits,
  portNumberField,
  portPaths,
  portTextField,
  PROTOCOLS,
  protocolField,
  removePortEdits,
} from '../../../shared/form/fields/port-fields.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import { ChoiceField } from './ChoiceField.tsx';
import classes from './Form.module.css';
import { useForm } from './form-context.ts';
import { IntegerField } from './ParsedField.tsx';
import { TextField } from './TextField.tsx';

const FIRST_PORT = 8080;

/** Ports of one container, also those that it takes of its node. */
export function PortFields({ container }: { readonly container: ManifestPath }) {
  const { form, actions } = useForm();
  const ports = portPaths(form, container);
  return (
    <div className={classes.rows}>
      {ports.map((port, index) => (
        // A port is addressed by what may be changed in it: its place stays.
        // oxlint-disable-next-line react/no-array-index-key
        <div className={classes.row} key={index} role="group" aria-label={`Port ${index + 1}`}>
          <div className={`${classes.grow} ${classes.grid}`}>
            <TextField label="Port name" field={portTextField(port, 'name')} placeholder="metrics" />
            <IntegerField label="Container port" field={portNumberField(port, 'containerPort')} />
            <ChoiceField label="Protocol" field={protocolField(port)} choices={PROTOCOLS} unset="Default (TCP)" />
            <IntegerField label="Host port" field={portNumberField(port, 'hostPort')} placeholder="none" />
            <TextField label="Host IP" field={portTextField(port, 'hostIP')} placeholder="all" />
          </div>
          <span className={classes.rowEnd}>
            <ActionIcon aria-label={`Remove port ${index + 1}`} onClick={() => actions.edit(removePortEdits(port))}>
              ×
            </ActionIcon>
          </span>
        </div>
      ))}
      <div className={classes.actions}>
        <Button size="compact-xs" onClick={() => actions.edit(addPortEdits(container, FIRST_PORT + ports.length, ''))}>
          + Add port
        </Button>
      </div>
    </div>
  );
}
