import { useForm } from './form-context.ts';
import { type Offered, useOffers } from './use-offers.ts';

export type ConfigKind = 'ConfigMap' | 'Secret';

/** Names of the namespace's ConfigMaps or Secrets. */
export function useConfigOffers(kind: ConfigKind): Offered<{ readonly name: string }> {
  const { contextName, namespace } = useForm();
  return useOffers<{ readonly name: string }>(
    namespace === '' ? undefined : `${kind} ${contextName}/${namespace}`,
    (client, signal) =>
      kind === 'Secret'
        ? client.offers.secrets({ contextName, namespace }, { signal })
        : client.offers.configMaps({ contextName, namespace }, { signal }),
  );
}

/** Keys of one ConfigMap or Secret, without what they hold. */
export function useKeyOffers(kind: ConfigKind, name: string): Offered<string> {
  const { contextName, namespace } = useForm();
  const key = namespace === '' || name === '' ? undefined : `${kind} ${contextName}/${namespace}/${name}`;
  return useOffers<string>(key, (client, signal) =>
    kind === 'Secret'
      ? client.offers.secretKeys({ contextName, namespace, name }, { signal })
      : client.offers.configMapKeys({ contextName, namespace, name }, { signal }),
  );
}
