import { AppError } from '../../shared/errors/app-error.ts';
import { Credentials } from '../kubernetes/credentials.ts';
import type { ResolvedContext } from '../kubernetes/resolved-context.ts';

/** A running demo cluster: a plain http server on loopback with a bearer token, in a process of its own. */
export interface RunningDemo {
  readonly url: string;
  readonly token: string;
  /** Resolves when its process is gone, whoever ended it, with what is known of that: "code 1". */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export interface DemoClusterDeps {
  readonly start: (nodes: number | undefined) => Promise<RunningDemo>;
  /** It ended by itself: `problem` says so from now on. */
  readonly onEnd: () => void;
}

/** The demo cluster that this application runs. It is started once, and again when it ended by itself. */
export class DemoCluster {
  readonly #deps: DemoClusterDeps;
  #running: Promise<RunningDemo> | undefined;
  #context: ResolvedContext | undefined;
  #problem: AppError | undefined;

  constructor(deps: DemoClusterDeps) {
    this.#deps = deps;
  }

  /** How it is reached; undefined before its first start. */
  get context(): ResolvedContext | undefined {
    return this.#context;
  }

  /** Why it cannot be reached: it ended by itself. */
  get problem(): AppError | undefined {
    return this.#problem;
  }

  /**
   * Starts it when it does not run; two callers share one start.
   *
   * @param contextName the name of its context when it has none yet
   */
  async start(nodes: number | undefined, contextName: () => string): Promise<ResolvedContext> {
    const starting = (this.#running ??= this.#deps.start(nodes));
    try {
      const demo = await starting;
      if (this.#problem !== undefined || this.#context === undefined) {
        this.#problem = undefined;
        this.#context = demoContext(demo, this.#context?.contextName ?? contextName());
        void demo.ended.then((how) => this.#ended(starting, how));
      }
      return this.#context;
    } catch (error) {
      if (this.#running === starting) this.#running = undefined;
      throw error;
    }
  }

  async dispose(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    const demo = await running?.catch(() => undefined);
    await demo?.stop();
  }

  #ended(which: Promise<RunningDemo>, how: string): void {
    if (this.#running !== which) return;
    this.#running = undefined;
    this.#problem = new AppError({
      reason: 'Unreachable',
      message: `The demo cluster has ended by itself (${how}). Started again, it begins anew: what was changed in it is gone.`,
      ...(this.#context === undefined ? {} : { contextName: this.#context.contextName }),
      retry: true,
    });
    this.#deps.onEnd();
  }
}

function demoContext({ url, token }: RunningDemo, contextName: string): ResolvedContext {
  return {
    contextName,
    name: contextName,
    file: 'demo cluster',
    server: url,
    cluster: { server: url, insecureSkipTlsVerify: false },
    credentials: new Credentials({ token }),
  };
}
