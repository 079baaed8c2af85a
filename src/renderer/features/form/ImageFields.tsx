import { ActionIcon, Autocomplete, TagsInput } from '@mantine/core';
import { useState } from 'react';
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
import { DOCKER_REGISTRY, parseImageReference } from '../../../shared/kubernetes/image-reference.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import { pagePart } from '../../components/page-part.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import { FieldFrame } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { groupOf, useField } from './use-field.ts';
import { useImageTags } from './use-image-tags.ts';
import { useOffers } from './use-offers.ts';

const { Part: ImageSearchDialog } = pagePart(
  async () => (await import('./ImageSearchDialog.tsx')).ImageSearchDialog,
  null,
);

/** Image and tag, the pull policy, and the secrets with which it is pulled. */
export function ImageFields({ container }: { readonly container: ManifestPath }) {
  const { form, actions, contextName, namespace } = useForm();
  const image = useField(imageField(container));
  const parts = splitImage(image.value ?? '');
  const used = useOffers(namespace === '' ? undefined : `${contextName}/${namespace}`, (client, signal) =>
    client.offers.images({ contextName, namespace }, { signal }),
  );
  const [isSearching, setSearching] = useState(false);
  const [pullSecret] = imagePullSecrets(form);
  const tags = useImageTags(parts.repository, { contextName, namespace, pullSecret });
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
            rightSection={
              <ActionIcon
                aria-label="Search for an image"
                title="Search in a registry"
                onClick={() => setSearching(true)}
              >
                ⌕
              </ActionIcon>
            }
          />
        )}
      </FieldFrame>
      <FieldFrame
        label="Tag"
        help={tags.said ?? (parts.tag === '' ? 'None is latest.' : undefined)}
        state={image.state}
      >
        {(control) => (
          <Autocomplete
            {...control}
            size="xs"
            placeholder="latest"
            data={[...tags.items]}
            limit={200}
            value={parts.tag}
            onChange={(tag) => write(parts.repository, tag)}
            rightSection={
              <ActionIcon
                aria-label="List the tags of the image"
                title="List its tags, as the registry has them"
                disabled={parts.repository === '' || tags.busy}
                onClick={tags.ask}
              >
                ⋯
              </ActionIcon>
            }
          />
        )}
      </FieldFrame>
      {isSearching && (
        <ImageSearchDialog
          registry={registryOf(image.value ?? '')}
          pullSecret={pullSecret}
          onChoose={(repository) => {
            write(repository, '');
            setSearching(false);
          }}
          onClose={() => setSearching(false)}
        />
      )}
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

function registryOf(image: string): string {
  const parsed = parseImageReference(image);
  return parsed.ok ? parsed.reference.registry : DOCKER_REGISTRY;
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
