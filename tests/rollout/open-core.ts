import { createRouterClient } from '@orpc/server';
import { type Core, createCore } from '../../src/core/create-core.ts';
import { openSession } from '../../src/core/session.ts';
import { systemClock } from '../../src/core/system-clock.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type { OpenStagedRollout, StagedRolloutView } from '../../src/shared/contract/staged-rollout.ts';

export interface Target {
  readonly contextName: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** A core on a data folder that outlives it, with its one context opened. */
export interface OpenCore extends AsyncDisposable {
  readonly client: ReturnType<typeof clientOf>;
  readonly contextName: string;
  /** The first view of a plan for which `holds` is true. */
  view(target: Target, holds: (view: StagedRolloutView) => boolean): Promise<StagedRolloutView>;
  /** What a list is told of plans that are not over. */
  open(): Promise<readonly OpenStagedRollout[]>;
}

export async function openCore(kubeconfig: string, dataDir: string, clock: Clock = systemClock): Promise<OpenCore> {
  const core = await createCore({
    version: '0',
    host: 'server',
    platform: process.platform,
    dataDir,
    kubeconfigArgs: [kubeconfig],
    env: {},
    clock,
    log: () => undefined,
    demoProcess: () => Promise.reject(new Error('no demo here')),
  });
  const page = openSession('page');
  const client = clientOf(core, page.session);
  let contextName = '';
  for await (const { contexts } of await client.context.watch()) {
    contextName = contexts[0]?.contextName ?? '';
    break;
  }
  await client.context.open({ contextName });
  return {
    client,
    contextName,
    async view(target, holds) {
      for await (const { value } of await client.stagedRollout.watch(target)) {
        if (value !== undefined && holds(value)) return value;
      }
      throw new Error('the stream has ended');
    },
    async open() {
      for await (const { value } of await client.stagedRollout.watchOpen({ contextName })) {
        if (value !== undefined) return value;
      }
      throw new Error('the stream has ended');
    },
    async [Symbol.asyncDispose]() {
      page.close();
      await core.dispose();
    },
  };
}

function clientOf(core: Core, session: ReturnType<typeof openSession>['session']) {
  return createRouterClient(core.router, { context: { session } });
}
