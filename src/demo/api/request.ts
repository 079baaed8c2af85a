import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DemoClock } from '../clock.ts';
import type { EventRecorder } from '../event-recorder.ts';
import type { Json, JsonObject } from '../json.ts';
import type { SeededRandom } from '../random.ts';
import type { Store } from '../store/store.ts';
import type { DemoUser } from './authorizer.ts';
import type { ResourceName } from './resources.ts';

/** What every handler may use. */
export interface ApiContext {
  readonly store: Store;
  readonly clock: DemoClock;
  readonly random: SeededRandom;
  readonly events: EventRecorder;
  /** How an expired watch is told: as an ERROR event on a 200, as the watch cache does, or as a 410 answer. */
  readonly expiredWatch: 'event' | 'status';
  /** Whether there is metrics.k8s.io, as with a metrics-server. */
  readonly hasMetrics: boolean;
  /** What ends each stream that is open, to be called when the server closes. */
  readonly openStreams: Set<() => void>;
}

/** The address of a request, read. */
export type Target =
  | { readonly kind: 'collection'; readonly resource: ResourceName; readonly namespace?: string }
  | {
      readonly kind: 'object';
      readonly resource: ResourceName;
      readonly namespace?: string;
      readonly name: string;
      readonly subresource?: 'status' | 'log' | 'exec' | 'eviction';
    }
  | { readonly kind: 'review'; readonly review: ReviewName }
  | {
      readonly kind: 'metrics';
      readonly resource: 'nodes' | 'pods';
      readonly namespace?: string;
      readonly name?: string;
    }
  | { readonly kind: 'document'; readonly path: string };

export type ReviewName = 'selfsubjectaccessreviews' | 'selfsubjectrulesreviews' | 'selfsubjectreviews';

export interface ApiRequest {
  readonly user: DemoUser;
  readonly method: string;
  readonly target: Target;
  readonly query: URLSearchParams;
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
}

/** A finished answer. Streams write to the response themselves and answer `streamed`. */
export type Answer =
  | { readonly kind: 'json'; readonly code: number; readonly text: string; readonly warnings?: readonly string[] }
  | { readonly kind: 'text'; readonly code: number; readonly text: string }
  | { readonly kind: 'streamed' };

export function json(code: number, value: JsonObject | Json | object, warnings?: readonly string[]): Answer {
  const text = `${JSON.stringify(value)}\n`;
  return warnings === undefined || warnings.length === 0
    ? { kind: 'json', code, text }
    : { kind: 'json', code, text, warnings };
}
