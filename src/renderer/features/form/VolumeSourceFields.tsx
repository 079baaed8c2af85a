import { TagsInput } from '@mantine/core';
import {
  claimNameField,
  claimReadOnlyField,
  defaultModeField,
  EMPTY_DIR_MEDIA,
  formatMode,
  HOST_PATH_TYPES,
  hostPathField,
  hostPathTypeField,
  mediumField,
  parseMode,
  sizeLimitField,
  sourceNameField,
  sourceOptionalField,
  type VolumeEntry,
} from '../../../shared/form/fields/volume-fields.ts';
import { fileItemEdits, fileItems } from '../../../shared/form/fields/file-items.ts';
import type { PersistentVolumeClaimOffer } from '../../../shared/contract/offers.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import { ChoiceField, FlagField } from './ChoiceField.tsx';
import { FieldFrame, Foreign } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { ParsedField } from './ParsedField.tsx';
import { TextField } from './TextField.tsx';
import { useConfigOffers, useKeyOffers } from './use-config-offers.ts';
import { useField } from './use-field.ts';
import { useOffers } from './use-offers.ts';

/** What a volume holds, by its kind. */
export function VolumeSourceFields({ volume }: { readonly volume: VolumeEntry }) {
  const { path, kind, source } = volume;
  switch (kind) {
    case 'persistentVolumeClaim':
      return <ClaimFields path={path} />;
    case 'hostPath':
      return (
        <>
          <TextField label="Path on the node" field={hostPathField(path)} placeholder="/var/log" />
          <ChoiceField label="Type" field={hostPathTypeField(path)} choices={HOST_PATH_TYPES} unset="Not checked" />
        </>
      );
    case 'emptyDir':
      return (
        <>
          <ChoiceField
            label="Medium"
            field={mediumField(path)}
            choices={EMPTY_DIR_MEDIA}
            unset="Default (the node's disk)"
          />
          <TextField label="Size limit" field={sizeLimitField(path)} placeholder="none" />
        </>
      );
    case 'configMap':
    case 'secret':
      return <ConfigFields path={path} kind={kind} />;
    case 'other':
      return <Foreign label={`Source ${source}`} why={`The source ${source} is kept as it is.`} />;
  }
}

function ClaimFields({ path }: { readonly path: ManifestPath }) {
  const { contextName, namespace } = useForm();
  const claims = useOffers(namespace === '' ? undefined : `${contextName}/${namespace}`, (client, signal) =>
    client.offers.persistentVolumeClaims({ contextName, namespace }, { signal }),
  );
  const name = useField(claimNameField(path)).value;
  const claim = claims.items.find((offer) => offer.name === name);
  return (
    <>
      <TextField
        label="PersistentVolumeClaim"
        field={claimNameField(path)}
        offers={claims.items.map((offer) => offer.name)}
        help={claims.none ?? (claim && claimWords(claim))}
      />
      <FlagField label="Read-only" field={claimReadOnlyField(path)} unset="Default (no)" />
    </>
  );
}

/** Size, class and access modes; and that a claim for one node does not serve a DaemonSet. */
function claimWords({ size, storageClassName, accessModes, phase }: PersistentVolumeClaimOffer): string {
  const facts = [size, storageClassName ?? 'no class', accessModes.join(', '), phase]
    .filter((each) => each !== '')
    .join(' · ');
  const serves = accessModes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
  return serves ? facts : `${facts}. This access mode serves one node only: pods on other nodes will wait for it.`;
}

function ConfigFields({ path, kind }: { readonly path: ManifestPath; readonly kind: 'configMap' | 'secret' }) {
  const { form, actions } = useForm();
  const word = kind === 'secret' ? 'Secret' : 'ConfigMap';
  const objects = useConfigOffers(word);
  const name = useField(sourceNameField(path, kind)).value ?? '';
  const keys = useKeyOffers(word, name);
  const items = fileItems(form, path, kind);
  return (
    <>
      <TextField
        label={word}
        field={sourceNameField(path, kind)}
        offers={objects.items.map((each) => each.name)}
        help={objects.none}
      />
      <ParsedField
        label="File mode"
        field={defaultModeField(path, kind)}
        parse={parseMode}
        format={formatMode}
        expected="An octal mode such as 0644."
        placeholder="0644"
      />
      <FieldFrame label="Keys" help={keys.none ?? 'None: every key is a file. A key is chosen as key or key=path.'}>
        {(control) => (
          <TagsInput
            {...control}
            placeholder={items.length === 0 ? 'all' : ''}
            data={[...keys.items]}
            value={items.map(({ key, path: file }) => (key === file ? key : `${key}=${file}`))}
            onChange={(written) => actions.edit(fileItemEdits(form, path, kind, written))}
          />
        )}
      </FieldFrame>
      <FlagField
        label="Optional"
        field={sourceOptionalField(path, kind)}
        unset="Default (no)"
        help="Pods start without it."
      />
    </>
  );
}
