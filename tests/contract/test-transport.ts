import type { PageServer } from '../../src/core/host/page-server.ts';
import type { ApiClient } from '../../src/renderer/transport/api-client.ts';
import type { FakeClock } from '../fakes/fake-clock.ts';

/** A page connected to a host, over any transport. */
export interface TestTransport {
  readonly client: ApiClient;
  /** Ends the connection in the middle of whatever goes on, as a lost network or a dying process does. */
  cut(): void;
  /** Puts the pages' end into a state as if the host had stopped to answer, without any end of the connection. */
  freeze(): void;
  /** Releases everything, also servers. */
  close(): Promise<void>;
}

export type OpenTestTransport = (pages: PageServer, clock: FakeClock) => Promise<TestTransport>;
