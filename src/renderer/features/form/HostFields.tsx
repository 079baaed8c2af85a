import {
  DNS_POLICIES,
  DNS_POLICY,
  HOST_IPC,
  HOST_NETWORK,
  HOST_PID,
  HOST_USERS,
  hostNetworkEdits,
  SHARE_PROCESS_NAMESPACE,
} from '../../../shared/form/fields/pod-fields.ts';
import { ChoiceField, FlagField } from './ChoiceField.tsx';
import { DnsFields } from './DnsFields.tsx';
import classes from './Form.module.css';
import { useForm } from './form-context.ts';

/** What the pods share with their node. */
export function HostFields() {
  const { form, actions } = useForm();
  return (
    <>
      <div className={classes.grid}>
        <FlagField
          label="Host network"
          field={HOST_NETWORK}
          unset="Default (no)"
          help="Each container port is then a port of the node."
          onChange={(value) => actions.edit(hostNetworkEdits(form, value))}
        />
        <FlagField label="Host PID" field={HOST_PID} unset="Default (no)" help="Sees the node's processes." />
        <FlagField label="Host IPC" field={HOST_IPC} unset="Default (no)" />
        <FlagField
          label="Host users"
          field={HOST_USERS}
          unset="Default (yes)"
          help="No: a user namespace of its own."
        />
        <FlagField
          label="Shared process namespace"
          field={SHARE_PROCESS_NAMESPACE}
          unset="Default (no)"
          help="Containers of a pod see each other's processes."
        />
        <ChoiceField label="DNS policy" field={DNS_POLICY} choices={DNS_POLICIES} unset="Default (ClusterFirst)" />
      </div>
      <DnsFields />
    </>
  );
}
