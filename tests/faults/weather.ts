import { assertNever } from '../../src/shared/errors/assert-never.ts';

/**
 * What a network does to the bytes between a client and an API server.
 * - silent: nothing passes, sockets stay open; what was said meanwhile waits, as TCP keeps it. `toward` names the side
 *   that hears nothing, both by default
 * - refuse: a new connection is reset at once, as by a load balancer without a back end
 * - bytewise: every byte is written by itself
 * - delay, slow: on the server's answers; bytes a second are handed out every 100 ms of the clock
 * - cut: after so many bytes of the server's answers the connection ends as told, also in the middle of anything
 */
export type Weather =
  | { readonly kind: 'clear' }
  | { readonly kind: 'silent'; readonly toward?: Side }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'bytewise' }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  | { readonly kind: 'cut'; readonly afterBytes: number; readonly by: CutBy };

/** The two ends of a connection. */
export type Side = 'client' | 'server';

/** close: FIN both ways. reset: RST. halfClose: the client is told the end, and may still speak. silence: nothing more passes. */
export type CutBy = 'close' | 'reset' | 'halfClose' | 'silence';

export const CLEAR: Weather = { kind: 'clear' };
export const SILENT: Weather = { kind: 'silent' };

/** What the weather is for the bytes that go to one side. */
export function weatherToward(side: Side, weather: Weather): Weather {
  switch (weather.kind) {
    case 'silent':
      return weather.toward === undefined || weather.toward === side ? weather : CLEAR;
    case 'delay':
    case 'slow':
    case 'cut':
      return side === 'client' ? weather : CLEAR;
    case 'clear':
    case 'refuse':
    case 'bytewise':
      return weather;
    default:
      return assertNever(weather);
  }
}
