import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { createCore } from '../../../src/core/create-core.ts';
import { openSession } from '../../../src/core/session.ts';
import { systemClock } from '../../../src/core/system-clock.ts';
import type { LogItem } from '../../../src/shared/contract/log.ts';

/** The app's core with one cluster open, and what a page of it can ask. */
export type CoreClient = Awaited<ReturnType<typeof openCoreClient>>;

/** Opens the first context of a kubeconfig. `await using` ends the core. */
export async function openCoreClient(kubeconfigPath: string) {
  const folder = await mkdtemp(join(tmpdir(), 'everynode-core-nodes-'));
  const core = await createCore({
    version: '0',
    host: 'server',
    platform: process.platform,
    dataDir: folder,
    kubeconfigArgs: [kubeconfigPath],
    env: {},
    clock: systemClock,
    log: () => undefined,
    demoProcess: () => Promise.reject(new Error('no demo here')),
  });
  const page = openSession('page');
  const client = createRouterClient(core.router, { context: { session: page.session } });
  const contextName = await firstContext(client);
  await client.context.open({ contextName });
  return {
    client,
    contextName,
    [Symbol.asyncDispose]: async () => {
      page.close();
      await core.dispose();
      await rm(folder, { recursive: true });
    },
  };
}

type Client = ReturnType<
  typeof createRouterClient<Awaited<ReturnType<typeof createCore>>['router'], Record<never, never>>
>;

async function firstContext(client: Pick<Client, 'context'>): Promise<string> {
  for await (const { contexts } of await client.context.watch()) {
    const [first] = contexts;
    if (first !== undefined) return first.contextName;
  }
  throw new Error('no context');
}

export interface LogOfPod {
  readonly pod: string;
  readonly follow?: boolean;
  readonly previous?: boolean;
}

let streams = 0;

/** Items of the log of a pod's container `main`, each given back as soon as it is read, until the question says that it was the last. */
export async function readLog(
  { client, contextName }: CoreClient,
  { pod, follow = true, previous = false }: LogOfPod,
  isLast: (items: readonly LogItem[]) => boolean,
): Promise<readonly LogItem[]> {
  streams += 1;
  const streamId = `real-nodes-${streams}`;
  const target = { contextName, namespace: 'default', name: pod, container: 'main' };
  const items: LogItem[] = [];
  for await (const item of await client.log.read({ ...target, streamId, windowBytes: 65_536, follow, previous })) {
    items.push(item);
    if (item.type === 'lines') await client.stream.credit({ streamId, bytes: item.bytes });
    if (isLast(items)) break;
  }
  return items;
}

/** All lines of items, without their line breaks. */
export function linesOf(items: readonly LogItem[]): readonly string[] {
  const text = items.map((item) => (item.type === 'lines' ? item.text : '')).join('');
  return text === '' ? [] : text.replace(/\n$/u, '').split('\n');
}
