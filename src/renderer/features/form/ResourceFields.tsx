import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { resourceField } from '../../../shared/form/fields/container-fields.ts';
import { valueAt } from '../../../shared/form/form-document.ts';
import { isJsonObject, type JsonValue } from '../../../shared/manifest/json-value.ts';
import type { ManifestPath } from '../../../shared/manifest/manifest-path.ts';
import classes from './Form.module.css';
import { FieldFrame } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { limitWords } from './limit-words.ts';
import { useField } from './use-field.ts';
import { useOffers } from './use-offers.ts';

const COMMON = ['cpu', 'memory'];

/** CPU and memory, and any other resource by its name. */
export function ResourceFields({ container }: { readonly container: ManifestPath }) {
  const { form, actions, contextName, namespace } = useForm();
  const ranges = useOffers(namespace === '' ? undefined : `${contextName}/${namespace}`, (client, signal) =>
    client.offers.limitRanges({ contextName, namespace }, { signal }),
  );
  const others = otherResources(valueAt(form.manifest, [...container, 'resources']));
  const [name, setName] = useState<string>();
  const add = () => {
    if (name !== undefined && name !== '' && ![...COMMON, ...others].includes(name)) {
      actions.edit([{ op: 'set', path: resourceField(container, 'limits', name).path, value: '1' }]);
    }
    setName(undefined);
  };
  return (
    <div className={classes.grid}>
      <Pair container={container} label="CPU" name="cpu" placeholder="100m" help={limitWords(ranges.items, 'cpu')} />
      <Pair
        container={container}
        label="Memory"
        name="memory"
        placeholder="64Mi"
        help={limitWords(ranges.items, 'memory')}
      />
      {others.map((other) => (
        <Pair key={other} container={container} label={other} name={other} placeholder="1" removable />
      ))}
      <div className={classes.field}>
        {name === undefined ? (
          <Button size="compact-xs" onClick={() => setName('')}>
            + Add resource
          </Button>
        ) : (
          <TextInput
            aria-label="Name of the resource"
            placeholder="ephemeral-storage, nvidia.com/gpu"
            autoFocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value.trim())}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key === 'Enter') add();
            }}
          />
        )}
      </div>
    </div>
  );
}

function otherResources(resources: JsonValue | undefined): readonly string[] {
  if (!isJsonObject(resources)) return [];
  const names = [resources['requests'], resources['limits']].flatMap((amounts) =>
    isJsonObject(amounts) ? Object.keys(amounts) : [],
  );
  return [...new Set(names)].filter((name) => !COMMON.includes(name));
}

function sentences(...said: readonly (string | undefined)[]): string | undefined {
  return said.filter((each) => each !== undefined).join(' ') || undefined;
}

interface PairProps {
  readonly container: ManifestPath;
  readonly label: string;
  readonly name: string;
  readonly placeholder: string;
  readonly help?: string | undefined;
  readonly removable?: boolean;
}

/** Request and limit side by side. */
function Pair({ container, label, name, placeholder, help, removable = false }: PairProps) {
  const { actions } = useForm();
  const request = useField(resourceField(container, 'requests', name));
  const limit = useField(resourceField(container, 'limits', name));
  const remove = () =>
    actions.edit(
      (['requests', 'limits'] as const).map((kind) => ({
        op: 'remove',
        path: resourceField(container, kind, name).path,
        pruneEmpty: 2,
      })),
    );
  const foreign = [request.state, limit.state].find((state) => state.state === 'foreign');
  return (
    <FieldFrame
      label={`${label} request · limit`}
      help={help}
      error={request.error ?? limit.error}
      warning={sentences(request.warning, limit.warning)}
      state={foreign}
      hideLabel
    >
      {() => (
        <>
          <span className={classes.label}>{label} request · limit</span>
          <div className={classes.row}>
            {(
              [
                ['request', request],
                ['limit', limit],
              ] as const
            ).map(([kind, field]) => (
              <TextInput
                key={kind}
                className={classes.grow ?? ''}
                aria-label={`${label} ${kind}`}
                placeholder={kind === 'request' ? placeholder : 'none'}
                value={field.value ?? ''}
                error={field.error !== undefined}
                onChange={(event) =>
                  field.set(event.currentTarget.value === '' ? undefined : event.currentTarget.value)
                }
              />
            ))}
            {removable && (
              <span className={classes.rowEnd}>
                <ActionIcon aria-label={`Remove ${label}`} onClick={remove}>
                  ×
                </ActionIcon>
              </span>
            )}
          </div>
        </>
      )}
    </FieldFrame>
  );
}
