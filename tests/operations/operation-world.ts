import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { PolicyRule } from '../../src/demo/api/authorizer.ts';
import { startDemoCluster } from '../../src/demo/start-demo.ts';
import { toDaemonSetRow } from '../../src/shared/kubernetes/daemonset-row.ts';
import type { DaemonSetRow } from '../../src/shared/kubernetes/rows.ts';
import { at, records, text } from '../../src/shared/kubernetes/json-fields.ts';
import { HttpApi } from '../conformance/api-under-test.ts';
import { fastClock } from '../conformance/fast-clock.ts';
import { type OpenCore, openCore } from '../rollout/open-core.ts';

export const NAMESPACE = 'default';
/** A value of the template's environment: it may stand in no journal. */
export const ENV_VALUE = 'hush-this-is-the-value';

const SETS = `/apis/apps/v1/namespaces/${NAMESPACE}/daemonsets`;
const READER: readonly PolicyRule[] = [{ verbs: ['get', 'list', 'watch'], apiGroups: ['*'], resources: ['*'] }];
const SPEED = 20;

/** A core with one context for each user of one demo cluster, all opened. */
export interface OperationWorld extends AsyncDisposable {
  readonly client: OpenCore['client'];
  send(method: string, path: string, body?: unknown, type?: string): Promise<unknown>;
  /** A DaemonSet with its pods ready and one more revision than they are of; its uid. */
  make(name: string, strategy: 'OnDelete' | 'RollingUpdate'): Promise<string>;
  /** What an act could change: the DaemonSets' identity and spec, their pods, the nodes' cordon. */
  facts(name: string): Promise<unknown>;
  pods(name: string): Promise<readonly unknown[]>;
  revisions(name: string): Promise<readonly unknown[]>;
  journal(): Promise<readonly Record<string, unknown>[]>;
  journalText(): Promise<string>;
}

/** `users`: by context name, what each may do beside reading everything. */
export async function openOperationWorld(
  users: Readonly<Record<string, readonly PolicyRule[]>>,
): Promise<OperationWorld> {
  const names = Object.keys(users);
  const demo = await startDemoCluster({
    nodes: 3,
    clock: fastClock(SPEED),
    metrics: false,
    users: names.map((username) => ({
      username,
      groups: ['system:authenticated'],
      grants: [{ rules: [...READER, ...(users[username] ?? [])] }],
    })),
  });
  const api = new HttpApi({ url: demo.url, token: demo.token });
  const folder = await mkdtemp(join(tmpdir(), 'everynode-operations-'));
  const tokens = [['admin', demo.token] as const, ...names.map((name) => [name, demo.tokens.get(name)] as const)];
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigOf(demo.url, tokens));
  const core = await openCore(kubeconfig, join(folder, 'data'));
  const { client } = core;
  for (const contextName of names) await client.context.open({ contextName });
  const send: OperationWorld['send'] = async (method, path, body, type) => {
    const reply = await api.send({
      method,
      path,
      ...(body !== undefined && { body }),
      ...(type !== undefined && { type }),
    });
    if (reply.code >= 300) throw new Error(`${method} ${path}: ${reply.code} ${JSON.stringify(reply.body)}`);
    return reply.body;
  };
  const ofSet = async (path: string, name: string) =>
    records(at(await send('GET', `${path}?labelSelector=app%3D${name}`), 'items'));
  const pods = (name: string) => ofSet(`/api/v1/namespaces/${NAMESPACE}/pods`, name);
  const revisions = (name: string) => ofSet(`/apis/apps/v1/namespaces/${NAMESPACE}/controllerrevisions`, name);
  const isRolledOut = async (name: string) => {
    const row = toDaemonSetRow(await send('GET', `${SETS}/${name}`));
    return row.desired > 0 && row.observedGeneration === row.generation && isRolled(row);
  };
  const journalText = () => readFile(join(folder, 'data', 'journal.jsonl'), 'utf8').catch(() => '');
  return {
    client,
    send,
    pods,
    revisions,
    journalText,
    async make(name, strategy) {
      const made = await send('POST', SETS, aSet(name, strategy));
      await comes(() => isRolledOut(name));
      const template = { metadata: { annotations: { 'example.test/edited': 'yes' } } };
      await send('PATCH', `${SETS}/${name}`, { spec: { template } }, 'application/merge-patch+json');
      await comes(async () => (await revisions(name)).length === 2);
      if (strategy === 'RollingUpdate') await comes(() => isRolledOut(name));
      return text(at(made, 'metadata', 'uid'));
    },
    async facts(name) {
      const sets = records(at(await send('GET', SETS), 'items'));
      const nodes = records(at(await send('GET', '/api/v1/nodes'), 'items'));
      return {
        // One whose pods are orphaned stays for a moment, marked.
        sets: sets.map(({ metadata, spec }) => [
          ...['uid', 'labels', 'deletionTimestamp'].map((field) => at(metadata, field)),
          spec,
        ]),
        pods: (await pods(name)).map((pod) => [at(pod, 'metadata', 'uid'), at(pod, 'metadata', 'deletionTimestamp')]),
        nodes: nodes.map((node) => [at(node, 'metadata', 'name'), at(node, 'spec', 'unschedulable')]),
      };
    },
    async journal() {
      const lines = (await journalText()).split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    },
    async [Symbol.asyncDispose]() {
      await core[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
      await demo.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Asks until it is so. */
async function comes(isSo: () => Promise<boolean>): Promise<void> {
  await vi.waitFor(async () => expect(await isSo()).toBe(true), { timeout: 30_000, interval: 50 });
}

function isRolled({ desired, updated, available }: DaemonSetRow): boolean {
  return updated === desired && available === desired;
}

function kubeconfigOf(server: string, tokens: readonly (readonly [string, string | undefined])[]): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'demo', cluster: { server } }],
    users: tokens.map(([name, token]) => ({ name, user: { token } })),
    contexts: tokens.map(([name]) => ({ name, context: { cluster: 'demo', user: name } })),
    'current-context': 'admin',
  });
}

export function aSet(name: string, type: 'OnDelete' | 'RollingUpdate') {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      selector: { matchLabels: { app: name } },
      updateStrategy: { type },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          terminationGracePeriodSeconds: 1,
          containers: [{ name: 'main', image: 'registry.test/agent:1', env: [{ name: 'TOKEN', value: ENV_VALUE }] }],
        },
      },
    },
  };
}
