import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJournal } from '../../src/core/journal.ts';
import { createConnection } from '../../src/core/kubernetes/connection.ts';
import { createDecodePool } from '../../src/core/kubernetes/decode-pool.ts';
import { createLivePool } from '../../src/core/kubernetes/live-pool.ts';
import type { FindCluster, OpenCluster } from '../../src/core/services/open-cluster.ts';
import { systemClock } from '../../src/core/system-clock.ts';
import type { GuardLevel } from '../../src/shared/contract/context.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { AppError } from '../../src/shared/errors/app-error.ts';
import { aContext } from './contexts.ts';
import {
  type ApiReply,
  type ApiRequest,
  replyJson,
  ScriptedApiServer,
  statusBody,
  whenLeft,
} from './scripted-api-server.ts';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: unknown;
}

/** Status, JSON and headers of an answer; a connection that is cut; one that stays open without a word. */
export type Said =
  | readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>]
  | 'cut'
  | 'silent';

export interface ClusterFixtureOptions {
  readonly clock?: Clock;
  readonly guardLevel?: GuardLevel;
  readonly serverVersion?: string;
}

/** One open cluster named "test" over a scripted API server: real connection, real live reads, nothing mocked. */
export class ClusterFixture {
  readonly sent: Sent[] = [];
  /** Requests that their caller has left before they were answered. */
  left = 0;
  answer: (request: Sent) => Said = () => [404, statusBody(404, 'NotFound', 'not found')];
  readonly #undo: (() => Promise<unknown>)[] = [];
  #cluster: OpenCluster | undefined;
  #folder = '';

  static async open({
    clock = systemClock,
    guardLevel = 'free',
    ...options
  }: ClusterFixtureOptions = {}): Promise<ClusterFixture> {
    const fixture = new ClusterFixture();
    fixture.#folder = await mkdtemp(join(tmpdir(), 'everynode-fixture-'));
    fixture.#undo.push(() => rm(fixture.#folder, { recursive: true }));
    const server = await ScriptedApiServer.start({}, (request, reply) => void fixture.#respond(request, reply));
    fixture.#undo.push(() => server.close());
    const connection = createConnection(aContext(`http://127.0.0.1:${server.port}`), { clock, env: {} });
    fixture.#undo.push(() => connection.dispose());
    const decode = createDecodePool({ size: 0 });
    const pool = createLivePool({ connection, decode, clock, random: () => 0.5 });
    fixture.#undo.push(() => pool.dispose());
    fixture.#cluster = {
      contextName: 'test',
      connection,
      guardLevel,
      journal: createJournal(join(fixture.#folder, 'journal.jsonl'), clock),
      clock,
      random: () => 0,
      decode,
      ended: new AbortController().signal,
      identity: () => ({ serverVersion: options.serverVersion ?? 'v1.37.2' }),
      rows: (scope) => pool.open(scope),
      object: () => {
        throw new Error('no watched objects here');
      },
    };
    return fixture;
  }

  get cluster(): OpenCluster {
    if (!this.#cluster) throw new Error('it was not opened');
    return this.#cluster;
  }

  readonly find: FindCluster = (contextName) => {
    if (contextName === 'test') return this.cluster;
    const message = `The context "${contextName}" is not open.`;
    throw new AppError({ reason: 'Disconnected', message, contextName, retry: false });
  };

  requests(path: string): readonly Sent[] {
    return this.sent.filter((request) => request.path === path);
  }

  /** Lines of the journal; '' when nothing was written. */
  journal(): Promise<string> {
    return readFile(join(this.#folder, 'journal.jsonl'), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
  }

  async close(): Promise<void> {
    for (const undo of this.#undo.splice(0).toReversed()) await undo();
  }

  async #respond(request: ApiRequest, reply: ApiReply): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const url = new URL(request.url ?? '/', 'http://test');
    const seen: Sent = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
    this.sent.push(seen);
    const said = this.answer(seen);
    if (said === 'cut') return void request.socket?.destroy();
    if (said === 'silent') return whenLeft(reply, () => (this.left += 1));
    replyJson(reply, said[0], said[1], said[2]);
  }
}
