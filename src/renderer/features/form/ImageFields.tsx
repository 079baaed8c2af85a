import { Autocomplete, TagsInput, TextInput } from '@mantine/core';
import {
  defaultPullPolicy,
  imageField,
  joinImage,
  PULL_POLICIES,
  pullPolicyField,
  splitImage,
} from '../../../shared/form/fields/container-fields.ts';
import { imageEdits } from '../../../shared/form/fields/containers.ts';
import { imagePullSecretEdits, imagePullSecrets } from '../../../shared/form/fields/pod-fields.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { FieldFrame } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { groupOf, useField } from './use-field.ts';
import { useOffers } from './use-offers.ts';

/** Image and tag, the pull policy, and the secrets with which it is pulled. */
export function ImageFields({ container }: { readonly container: ManifestPath }) {
  const { form, actions, contextName, namespace } = useForm();
  const image = useField(imageField(container));
  const parts = splitImage(image.value ?? '');
  const used = useOffers(namespace === '' ? undefined : `${contextName}/${namespace}`, (client, signal) =>
    client.offers.images({ contextName, namespace }, { signal }),
  );
  const write = (repository: string, tag: string) => {
    const joined = joinImage({ repository: repository.trim(), tag: tag.trim() });
    actions.edit(imageEdits(form, container, joined), groupOf(['image', ...container.slice(0, -1)]));
  };
  // A whole reference that is pasted or chosen brings its own tag.
  const change = (text: string) => {
    const { repository, tag } = splitImage(text);
    write(repository, tag === '' ? parts.tag : tag);
  };
  return (
    <>
      <FieldFrame label="Image" help={used.none} error={image.error} warning={image.warning} state={image.state}>
        {(control) => (
          <Autocomplete
            {...control}
            size="xs"
            placeholder="registry.example.com/agent"
            data={[...new Set(used.items.map((offer) => offer.image))]}
            limit={50}
            value={parts.repository}
            error={image.error !== undefined}
            onChange={change}
          />
        )}
      </FieldFrame>
      <FieldFrame label="Tag" help={parts.tag === '' ? 'None is latest.' : undefined} state={image.state}>
        {(control) => (
          <TextInput
            {...control}
            placeholder="latest"
            value={parts.tag}
            onChange={(event) => write(parts.repository, event.currentTarget.value)}
          />
        )}
      </FieldFrame>
      <ChoiceField
        label="Image pull policy"
        field={pullPolicyField(container)}
        choices={PULL_POLICIES}
        unset={`Default (${defaultPullPolicy(image.value ?? '')})`}
        words={{
          IfNotPresent: 'Use local first (IfNotPresent)',
          Always: 'Redownload (Always)',
          Never: 'Only local (Never)',
        }}
      />
      <RegistrySecrets />
    </>
  );
}

/** Of the whole pod: every container is pulled with them. */
function RegistrySecrets() {
  const { form, actions, contextName, namespace } = useForm();
  const secrets = useOffers(namespace === '' ? undefined : `${contextName}/${namespace}`, (client, signal) =>
    client.offers.secrets({ contextName, namespace, type: 'kubernetes.io/dockerconfigjson' }, { signal }),
  );
  return (
    <FieldFrame label="Registry secret" help={secrets.none ?? 'For all containers of the pod.'}>
      {(control) => (
        <TagsInput
          {...control}
          placeholder={imagePullSecrets(form).length === 0 ? 'none' : ''}
          data={secrets.items.map(({ name }) => name)}
          value={[...imagePullSecrets(form)]}
          onChange={(names) => actions.edit(imagePullSecretEdits(form, names))}
        />
      )}
    </FieldFrame>
  );
}
