import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { KubeconfigEntry } from '../e2e/fixtures/kubeconfig.ts';
import type { StormAnswer, StormOrder } from './storm-server.ts';

const SERVER = fileURLToPath(new URL('./storm-server.ts', import.meta.url));

/** The storm server, from outside. */
export interface Storm {
  readonly entry: KubeconfigEntry;
  /** Resolves when everything is sent. */
  send(
    order: Extract<StormOrder, { readonly seconds: number }>,
  ): Promise<{ readonly sent: number; readonly tookMs: number }>;
  /** resourceVersion by uid, as a list would answer now. */
  versions(): Promise<ReadonlyMap<string, string>>;
  stop(): Promise<void>;
}

export async function startStorm(pods: number, protocol: 'http1' | 'http2' = 'http1'): Promise<Storm> {
  const child = fork(SERVER, [String(pods), protocol], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const first = await next(child);
  if (!('port' in first)) throw new Error('the storm server did not say its port');
  return {
    entry: { cluster: clusterAt(first), user: { token: 'storm' } },
    send: async (order) => {
      const answer = await ask(child, order);
      if (!('sent' in answer)) throw new Error('the storm server answered something else');
      return answer;
    },
    versions: async () => {
      const answer = await ask(child, { do: 'state' });
      if (!('versions' in answer)) throw new Error('the storm server answered something else');
      return new Map(Object.entries(answer.versions));
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

function clusterAt({ port, ca }: Extract<StormAnswer, { readonly port: number }>): KubeconfigEntry['cluster'] {
  if (ca === undefined) return { server: `http://127.0.0.1:${port}` };
  const authority = Buffer.from(ca).toString('base64');
  return { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': authority };
}

function ask(child: ChildProcess, order: StormOrder): Promise<StormAnswer> {
  const answer = next(child);
  child.send(order);
  return answer;
}

async function next(child: ChildProcess): Promise<StormAnswer> {
  const [message] = (await once(child, 'message')) as [StormAnswer];
  return message;
}
