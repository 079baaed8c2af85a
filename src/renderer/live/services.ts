import { createContext, useContext } from 'react';
import type { Clock } from '../../shared/clock.ts';
import type { AccessCache } from './access-cache.ts';
import type { Client } from './client.ts';
import type { LiveRegistry } from './live-registry.ts';
import type { TransportSignal } from './live-read.ts';

/** What every screen works with. Tests pass fakes of the same shape. */
export interface Services {
  readonly client: Client;
  readonly transport: TransportSignal;
  readonly clock: Clock;
  readonly live: LiveRegistry;
  readonly access: AccessCache;
}

const ServicesContext = createContext<Services | undefined>(undefined);

export const ServicesProvider = ServicesContext.Provider;

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === undefined) throw new Error('useServices is used outside of ServicesProvider');
  return services;
}
