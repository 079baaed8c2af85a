import {
  AUTOMOUNT_TOKEN,
  ENABLE_SERVICE_LINKS,
  PRIORITY_CLASS_NAME,
  RUNTIME_CLASS_NAME,
  SERVICE_ACCOUNT_NAME,
  TERMINATION_GRACE_PERIOD,
} from '../../../shared/form/fields/pod-fields.ts';
import { FlagField } from './ChoiceField.tsx';
import classes from './Form.module.css';
import { useForm } from './form-context.ts';
import { IntegerField } from './ParsedField.tsx';
import { TextField } from './TextField.tsx';
import { useOffers } from './use-offers.ts';

/** As whom pods act, in which class, and how they end. */
export function IdentityFields() {
  const { contextName, namespace } = useForm();
  const accounts = useOffers(namespace === '' ? undefined : `${contextName}/${namespace}`, (client, signal) =>
    client.offers.serviceAccounts({ contextName, namespace }, { signal }),
  );
  const priorities = useOffers(contextName, (client, signal) =>
    client.offers.priorityClasses({ contextName }, { signal }),
  );
  const runtimes = useOffers(contextName, (client, signal) =>
    client.offers.runtimeClasses({ contextName }, { signal }),
  );
  return (
    <div className={classes.grid}>
      <TextField
        label="Service account"
        field={SERVICE_ACCOUNT_NAME}
        placeholder="default"
        offers={accounts.items.map(({ name }) => name)}
        help={accounts.none}
      />
      <FlagField label="Mount its token" field={AUTOMOUNT_TOKEN} unset="Default" />
      <TextField
        label="Priority class"
        field={PRIORITY_CLASS_NAME}
        placeholder="none"
        offers={priorities.items.map(({ name }) => name)}
        help={priorities.none ?? 'system-node-critical keeps pods on a full node.'}
      />
      <TextField
        label="Runtime class"
        field={RUNTIME_CLASS_NAME}
        placeholder="default"
        offers={runtimes.items.map(({ name }) => name)}
        help={runtimes.none}
      />
      <IntegerField label="Termination grace period (s)" field={TERMINATION_GRACE_PERIOD} placeholder="30" />
      <FlagField
        label="Service links"
        field={ENABLE_SERVICE_LINKS}
        unset="Default (yes)"
        help="Variables for every Service of the namespace."
      />
    </div>
  );
}
