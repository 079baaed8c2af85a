import {
  capabilitiesField,
  PROC_MOUNTS,
  procMountField,
  securityFlag,
} from '../../../shared/form/fields/container-fields.ts';
import { containerSecurity } from '../../../shared/form/fields/security-fields.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import { ChoiceField, FlagField } from './ChoiceField.tsx';
import classes from './Form.module.css';
import { FieldFrame } from './FieldFrame.tsx';
import { ListField } from './ListField.tsx';
import { SecurityFields } from './SecurityFields.tsx';
import { useProblems } from './use-field.ts';

const FLAGS = [
  ['privileged', 'Privileged'],
  ['allowPrivilegeEscalation', 'Allow privilege escalation'],
  ['readOnlyRootFilesystem', 'Read-only root filesystem'],
] as const;

export function ContainerSecurityFields({ container }: { readonly container: ManifestPath }) {
  const security = containerSecurity(container);
  const { error } = useProblems(security);
  return (
    <>
      {error !== undefined && (
        <FieldFrame label="Security context" error={error} wide hideLabel>
          {() => null}
        </FieldFrame>
      )}
      <div className={classes.grid}>
        {FLAGS.map(([name, label]) => (
          <FlagField key={name} label={label} field={securityFlag(container, name)} unset="Unset" />
        ))}
        <SecurityFields security={security} />
        <ChoiceField label="Proc mount" field={procMountField(container)} choices={PROC_MOUNTS} unset="Unset" />
      </div>
      <ListField
        label="Added capabilities"
        item="capability"
        field={capabilitiesField(container, 'add')}
        help="As NET_ADMIN, without CAP_."
      />
      <ListField
        label="Dropped capabilities"
        item="capability"
        field={capabilitiesField(container, 'drop')}
        help="ALL drops every one."
      />
    </>
  );
}
