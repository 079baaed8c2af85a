import type { Clock } from '../../shared/clock.ts';
import { ConnectFailure } from './connect-failure.ts';
import type { ExecCredential } from './exec-credential.ts';

/** The share of a credential's life after which the next request has it renewed in the background. */
const RENEW_AT = 0.8;
/** A credential counts this long at least: the two machines' clocks may differ by more than its life. */
const SHORTEST_LIFE_MS = 10_000;
/**
 * After a failure the plugin is left alone this long, doubling to the second: live reads try again by themselves, and each run may
 * open a browser. What the user asks for does not wait.
 */
const REST_MS = 30_000;
const LONGEST_REST_MS = 300_000;
/** A credential that is refused while it is younger than this is not the plugin's to mend by one more run. */
const RENEW_FLOOR_MS = 10_000;

/** `user`: somebody waits for the answer. */
export type AskedBy = 'user' | 'background';

export interface IdentityOptions {
  readonly command: string;
  readonly clock: Clock;
  /** Runs the plugin once. Throws ConnectFailure. */
  readonly run: (signal: AbortSignal, known: ExecCredential | undefined) => Promise<ExecCredential>;
  /** A run has begun or ended. */
  readonly onChange: () => void;
}

interface Rest {
  readonly error: Error;
  readonly restMs: number;
  readonly until: number;
}

interface Held {
  readonly since: number;
  readonly credential: ExecCredential;
  readonly renewAt: number;
  readonly endsAt: number;
}

/** One identity that a plugin vouches for, shared by every connection that has it: one run at a time. */
export class ExecIdentity {
  readonly #options: IdentityOptions;
  readonly #end = new AbortController();
  #held: Held | undefined;
  #running: Promise<ExecCredential> | undefined;
  #rest: Rest | undefined;
  /** Whether the server has refused a credential before: the first 401 is always worth a run. */
  #refused = false;

  constructor(options: IdentityOptions) {
    this.#options = options;
  }

  get current(): ExecCredential | undefined {
    return this.#held?.credential;
  }

  /** The command that runs right now, or undefined. */
  get waitingFor(): string | undefined {
    return this.#running === undefined ? undefined : this.#options.command;
  }

  /** A credential to send with. Throws ConnectFailure; rejects with the signal's end, while the run goes on for others. */
  async credential(signal: AbortSignal, by: AskedBy): Promise<ExecCredential> {
    const now = this.#options.clock.now();
    const held = this.#held;
    if (held === undefined || now >= held.endsAt) return waitFor(this.#run(by), signal);
    if (now >= held.renewAt) {
      this.#run('background').catch(() => {
        // The held one is still good; who needs the next one hears why there is none.
      });
    }
    return held.credential;
  }

  /** The server refused `used`: whether there is another one now. */
  async renew(used: ExecCredential | undefined, signal: AbortSignal, by: AskedBy): Promise<boolean> {
    if (this.current !== used) return this.current !== undefined;
    const age = this.#options.clock.now() - (this.#held?.since ?? 0);
    if (by === 'background' && this.#refused && age < RENEW_FLOOR_MS) return false;
    this.#refused = true;
    await waitFor(this.#run(by), signal);
    return true;
  }

  /** Ends a run that is under way and forgets the credential. */
  dispose(): void {
    this.#held = undefined;
    this.#end.abort();
  }

  #run(by: AskedBy): Promise<ExecCredential> {
    const rest = this.#rest;
    const rests = rest !== undefined && this.#options.clock.now() < rest.until;
    if (rests && by === 'background' && this.#running === undefined) return Promise.reject(rest.error);
    this.#running ??= this.#runOrRest().finally(() => {
      this.#running = undefined;
      this.#options.onChange();
    });
    return this.#running;
  }

  async #runOrRest(): Promise<ExecCredential> {
    try {
      const credential = await this.#runOnce();
      this.#rest = undefined;
      return credential;
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const restMs = Math.min((this.#rest?.restMs ?? REST_MS / 2) * 2, LONGEST_REST_MS);
      this.#rest = { error, restMs, until: this.#options.clock.now() + restMs };
      throw error;
    }
  }

  async #runOnce(): Promise<ExecCredential> {
    const { clock, run, onChange } = this.#options;
    // Told in the next turn, when the run stands in `#running`.
    queueMicrotask(onChange);
    const credential = await run(this.#end.signal, this.current);
    if (this.#end.signal.aborted) throw ended();
    const now = clock.now();
    const life = Math.max((credential.expiresAt ?? Infinity) - now, SHORTEST_LIFE_MS);
    this.#held = { credential, since: now, renewAt: now + life * RENEW_AT, endsAt: now + life };
    return credential;
  }
}

async function waitFor<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(ended());
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function ended(): ConnectFailure {
  return new ConnectFailure('Signing in was cancelled.', { reason: 'Cancelled' });
}
