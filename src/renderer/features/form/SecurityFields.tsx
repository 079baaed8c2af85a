import {
  localhostProfileField,
  profileTypeEdits,
  profileTypeField,
  PROFILE_TYPES,
  runAsField,
  runAsNonRootField,
  SE_LINUX_OPTIONS,
  seLinuxField,
} from '../../../shared/form/fields/security-fields.ts';
import { presentValue } from '../../../shared/form/field.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import { ChoiceField, FlagField } from './ChoiceField.tsx';
import { useForm } from './form-context.ts';
import { IntegerField } from './ParsedField.tsx';
import { TextField } from './TextField.tsx';

const PROFILE_NAMES = { seccompProfile: 'Seccomp profile', appArmorProfile: 'AppArmor profile' } as const;
const OPTION_NAMES = {
  user: 'SELinux user',
  role: 'SELinux role',
  type: 'SELinux type',
  level: 'SELinux level',
} as const;

/** What pods and containers have in common: whom they run as, and the profiles that bind them. */
export function SecurityFields({ security }: { readonly security: ManifestPath }) {
  return (
    <>
      <FlagField label="Run as non-root" field={runAsNonRootField(security)} unset="Unset" />
      <IntegerField label="Run as user" field={runAsField(security, 'runAsUser')} placeholder="image's" />
      <IntegerField label="Run as group" field={runAsField(security, 'runAsGroup')} placeholder="image's" />
      <Profile security={security} kind="seccompProfile" />
      <Profile security={security} kind="appArmorProfile" />
      {SE_LINUX_OPTIONS.map((option) => (
        <TextField key={option} label={OPTION_NAMES[option]} field={seLinuxField(security, option)} />
      ))}
    </>
  );
}

function Profile({
  security,
  kind,
}: {
  readonly security: ManifestPath;
  readonly kind: 'seccompProfile' | 'appArmorProfile';
}) {
  const { form, actions } = useForm();
  const type = presentValue(form, profileTypeField(security, kind));
  return (
    <>
      <ChoiceField
        label={PROFILE_NAMES[kind]}
        field={profileTypeField(security, kind)}
        choices={PROFILE_TYPES}
        unset="Unset"
        onChange={(chosen) => actions.edit(profileTypeEdits(form, security, kind, chosen))}
      />
      {type === 'Localhost' && (
        <TextField
          label={`${PROFILE_NAMES[kind]} on the node`}
          field={localhostProfileField(security, kind)}
          placeholder="profiles/agent.json"
        />
      )}
    </>
  );
}
