import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, records, text } from '../../src/shared/kubernetes/json-fields.ts';
import { podSummary } from '../../src/shared/kubernetes/pod.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';

interface RecordedPod {
  readonly pod: {
    readonly metadata: { readonly deletionTimestamp?: string };
    readonly spec: Readonly<Record<'containers' | 'initContainers', readonly object[] | undefined>>;
    readonly status: unknown;
  };
}

const PODS = '/api/v1/namespaces/default/pods';
/** Keeps a pod that is deleted: nothing else takes it away. */
const FINALIZER = 'example.test/held';

let cluster: RealCluster;
let recorded: readonly RecordedPod[];

beforeAll(async () => {
  recorded = JSON.parse(
    await readFile(new URL('../fixtures/pod-table-1.37.2.json', import.meta.url), 'utf8'),
  ) as readonly RecordedPod[];
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 1, name: 'pod-reason' });
}, 20 * 60_000);

afterAll(() => cluster.stop());

async function send(method: string, path: string, body?: unknown, contentType?: string): Promise<unknown> {
  const answer = await cluster.client.send(method, path, body, contentType);
  expect(answer.status, `${method} ${path}: ${answer.body}`).toBeLessThan(300);
  return JSON.parse(answer.body);
}

/** A pod that nobody schedules or runs, in the state that its status tells. */
async function write({ pod }: RecordedPod, name: string): Promise<void> {
  const withImages = (containers: readonly object[] | undefined) =>
    containers?.map((container) => ({ ...container, image: 'registry.test/agent:1' }));
  await send('POST', PODS, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, finalizers: [FINALIZER], labels: { from: 'record' } },
    spec: {
      ...pod.spec,
      schedulerName: 'nobody',
      containers: withImages(pod.spec.containers),
      ...(pod.spec.initContainers && { initContainers: withImages(pod.spec.initContainers) }),
    },
  });
  await send('PATCH', `${PODS}/${name}/status`, { status: pod.status }, 'application/merge-patch+json');
  if (pod.metadata.deletionTimestamp !== undefined) await send('DELETE', `${PODS}/${name}`);
}

describe('the reason of a pod, as the real API server prints it', () => {
  it('is ours for every state that was written through the status subresource', { timeout: 120_000 }, async () => {
    for (const [index, state] of recorded.entries()) await write(state, `pod-${index}`);
    const table = await cluster.client.table(`${PODS}?labelSelector=from%3Drecord&includeObject=Object`);
    const column = (name: string) => records(at(table, 'columnDefinitions')).findIndex((each) => each['name'] === name);
    const [ready, status, restarts] = [column('Ready'), column('Status'), column('Restarts')];
    const rows = records(at(table, 'rows'));
    const compared = rows.map(({ cells, object }) => {
      const summary = podSummary(object);
      const cell = (index: number) => String(Array.isArray(cells) ? cells[index] : '');
      return {
        name: text(at(object, 'metadata', 'name')),
        theirs: [cell(ready), cell(status), cell(restarts).replace(/ .*/, '')],
        ours: [`${summary.readyContainers}/${summary.totalContainers}`, summary.reason, String(summary.restarts)],
      };
    });
    expect(compared).toHaveLength(recorded.length);
    expect(compared.filter(({ theirs, ours }) => theirs.join() !== ours.join())).toEqual([]);
    const states = new Set(compared.map(({ theirs }) => theirs[1]));
    expect(states.size).toBeGreaterThan(25);
    expect(new Set(compared.map(({ theirs }) => theirs.join())).size).toBeGreaterThan(39);
  });
});
