import type { Clock } from '../../shared/clock.ts';
import { ConnectFailure } from './connect-failure.ts';
import type { ExecCredential } from './exec-credential.ts';

/** The share of a credential's life after which the next request has it renewed in the background. */
const RENEW_AT = 0.8;
/** A credential counts this long at least: the two machines' clocks may differ by more than its life. */
const SHORTEST_LIFE_MS = 10_000;
/** After a renewal in the background has failed, the next one waits. */
const RENEW_AGAIN_MS = 15_000;

export interface IdentityOptions {
  readonly command: string;
  readonly clock: Clock;
  /** Runs the plugin once. Throws ConnectFailure. */
  readonly run: (signal: AbortSignal, known: ExecCredential | undefined) => Promise<ExecCredential>;
  /** A run has begun or ended. */
  readonly onChange: () => void;
}

interface Held {
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
  #notBefore = 0;

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
  async credential(signal: AbortSignal): Promise<ExecCredential> {
    const now = this.#options.clock.now();
    const held = this.#held;
    if (held === undefined || now >= held.endsAt) return waitFor(this.#run(), signal);
    if (now >= held.renewAt && now >= this.#notBefore) {
      this.#run().catch(() => {
        // The held one is still good; who needs the next one hears why there is none.
        this.#notBefore = this.#options.clock.now() + RENEW_AGAIN_MS;
      });
    }
    return held.credential;
  }

  /** The server refused `used`: whether there is another one now. */
  async renew(used: ExecCredential | undefined, signal: AbortSignal): Promise<boolean> {
    if (this.current !== used) return this.current !== undefined;
    await waitFor(this.#run(), signal);
    return true;
  }

  /** Ends a run that is under way and forgets the credential. */
  dispose(): void {
    this.#held = undefined;
    this.#end.abort();
  }

  #run(): Promise<ExecCredential> {
    this.#running ??= this.#runOnce().finally(() => {
      this.#running = undefined;
      this.#options.onChange();
    });
    return this.#running;
  }

  async #runOnce(): Promise<ExecCredential> {
    const { clock, run, onChange } = this.#options;
    // Told in the next turn, when the run stands in `#running`.
    queueMicrotask(onChange);
    const credential = await run(this.#end.signal, this.current);
    if (this.#end.signal.aborted) throw ended();
    const now = clock.now();
    const life = Math.max((credential.expiresAt ?? Infinity) - now, SHORTEST_LIFE_MS);
    this.#held = { credential, renewAt: now + life * RENEW_AT, endsAt: now + life };
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
