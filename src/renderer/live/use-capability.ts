import { useEffect, useState } from 'react';
import type { HostCapability } from '../../shared/contract/app.ts';
import { useServices } from './services.ts';

/** Whether the host can do it; false until it has said so, and where it does not answer. */
export function useCapability(capability: HostCapability): boolean {
  const { client } = useServices();
  const [has, setHas] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    client.app.info(undefined, { signal: controller.signal }).then(
      ({ capabilities }) => setHas(capabilities.includes(capability)),
      () => setHas(false),
    );
    return () => controller.abort();
  }, [client, capability]);
  return has;
}
