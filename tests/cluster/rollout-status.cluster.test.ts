import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daemonSetStatus, type DaemonSetStatus, rolloutStatusWords } from '../../src/shared/kubernetes/daemonset.ts';
import { at, records, text } from '../../src/shared/kubernetes/json-fields.ts';
import type { DaemonSetRow } from '../../src/shared/kubernetes/rows.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { aDaemonSet } from './manifests.ts';
import { openRealCore, type RealCore } from './real-core.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';

const SETS = '/apis/apps/v1/namespaces/default/daemonsets';
const FINALIZER = 'example.test/held';
const MERGE = 'application/merge-patch+json';

/** In the order of kubectl's columns DESIRED, CURRENT, READY, UP-TO-DATE, AVAILABLE. */
type Counts = readonly [desired: number, current: number, ready: number, updated: number, available: number];

interface State {
  readonly name: string;
  readonly counts: Counts;
  readonly kind: DaemonSetStatus['kind'];
  /** Edits of the spec after its making; each raises the generation by one, as its deletion does. */
  readonly edits?: number;
  /** The generation unless told. */
  readonly observed?: number;
  readonly misscheduled?: number;
  readonly spec?: object;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly isDeleted?: boolean;
}

const ON_DELETE = { updateStrategy: { type: 'OnDelete' } };
const SURGE = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '10%' } } };

const STATES: readonly State[] = [
  { name: 'complete', counts: [3, 3, 3, 3, 3], kind: 'rolledOut' },
  { name: 'complete-after-edits', counts: [3, 3, 3, 3, 3], edits: 2, kind: 'rolledOut' },
  { name: 'never-observed', counts: [0, 0, 0, 0, 0], observed: 0, kind: 'notObserved' },
  { name: 'one-edit-behind', counts: [3, 3, 3, 3, 3], edits: 1, observed: 1, kind: 'notObserved' },
  { name: 'observed-ahead', counts: [3, 3, 3, 3, 3], observed: 7, kind: 'rolledOut' },
  { name: 'none-updated', counts: [5, 5, 5, 0, 5], edits: 1, kind: 'progressing' },
  { name: 'partly-updated', counts: [235, 235, 234, 191, 231], edits: 1, kind: 'progressing' },
  { name: 'partly-available', counts: [24, 24, 22, 24, 21], kind: 'progressing' },
  { name: 'none-available', counts: [1, 1, 0, 1, 0], kind: 'progressing' },
  { name: 'ready-but-too-young', counts: [4, 4, 4, 4, 2], spec: { minReadySeconds: 60 }, kind: 'progressing' },
  { name: 'no-pod-made', counts: [6, 0, 0, 0, 0], kind: 'progressing' },
  { name: 'more-than-desired', counts: [2, 2, 3, 3, 3], misscheduled: 1, kind: 'rolledOut' },
  { name: 'no-nodes', counts: [0, 0, 0, 0, 0], kind: 'noNodes' },
  {
    name: 'no-nodes-but-a-pod',
    counts: [0, 0, 1, 0, 1],
    misscheduled: 1,
    nodeSelector: { disk: 'ssd', zone: 'a' },
    kind: 'noNodes',
  },
  { name: 'surging', counts: [10, 10, 10, 9, 10], edits: 1, spec: SURGE, kind: 'progressing' },
  { name: 'on-delete-complete', counts: [3, 3, 3, 3, 3], spec: ON_DELETE, kind: 'rolledOut' },
  { name: 'on-delete-old-pods', counts: [3, 3, 3, 1, 3], edits: 1, spec: ON_DELETE, kind: 'onDelete' },
  { name: 'on-delete-behind', counts: [3, 3, 3, 3, 3], edits: 1, observed: 1, spec: ON_DELETE, kind: 'notObserved' },
  { name: 'deleting', counts: [3, 3, 3, 3, 3], isDeleted: true, kind: 'deleting' },
  { name: 'deleting-behind', counts: [3, 3, 3, 3, 3], observed: 1, isDeleted: true, kind: 'deleting' },
];

let cluster: RealCluster;
let core: RealCore;

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 1, name: 'rollout-status' });
  await cluster.stopControllers();
  for (const state of STATES) await write(state);
  core = await openRealCore(cluster);
}, 20 * 60_000);

afterAll(async () => {
  await core[Symbol.asyncDispose]();
  await cluster.stop();
});

async function send(method: string, path: string, body?: unknown, contentType?: string): Promise<unknown> {
  const answer = await cluster.client.send(method, path, body, contentType);
  expect(answer.status, `${method} ${path}: ${answer.body}`).toBeLessThan(300);
  return JSON.parse(answer.body);
}

async function write(state: State): Promise<void> {
  const { name, counts, edits = 0, misscheduled = 0 } = state;
  const observed = state.observed ?? edits + (state.isDeleted === true ? 2 : 1);
  const { spec } = aDaemonSet(name) as { spec: { template: { metadata: object; spec: object } } };
  const { nodeSelector = {} } = state;
  const template = { ...spec.template, spec: { ...spec.template.spec, nodeSelector } };
  const metadata = { name, ...(state.isDeleted && { finalizers: [FINALIZER] }) };
  await send('POST', SETS, {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata,
    spec: { ...spec, ...state.spec, template },
  });
  for (let edit = 1; edit <= edits; edit += 1) {
    const change = { spec: { template: { metadata: { annotations: { edit: String(edit) } } } } };
    await send('PATCH', `${SETS}/${name}`, change, MERGE);
  }
  if (state.isDeleted) await send('DELETE', `${SETS}/${name}`);
  const [desired, current, ready, updated, available] = counts;
  const status = {
    observedGeneration: observed,
    desiredNumberScheduled: desired,
    currentNumberScheduled: current,
    numberReady: ready,
    updatedNumberScheduled: updated,
    numberAvailable: available,
    numberUnavailable: Math.max(0, desired - available),
    numberMisscheduled: misscheduled,
  };
  await send('PATCH', `${SETS}/${name}/status`, { status }, MERGE);
}

/** The list as the page reads it, by name. */
async function readRows(): Promise<readonly DaemonSetRow[]> {
  const { client, contextName } = core;
  const rows = new Map<string, DaemonSetRow>();
  for await (const item of await client.daemonSet.watchList({ contextName, namespaces: ['default'] })) {
    if (item.type === 'full') rows.clear();
    for (const row of item.type === 'full' ? item.rows : item.upserted) rows.set(row.uid, row);
    if (item.state.phase === 'live') return [...rows.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }
  throw new Error('the stream ended');
}

async function kubectl(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await cluster.kubectl(args);
  expect(code, stderr).toBe(0);
  return stdout;
}

/** Name and resourceVersion of each, by name. */
async function versions(): Promise<readonly (readonly [string, string])[]> {
  const list = JSON.parse(await kubectl('get', 'daemonsets', '-o', 'json')) as unknown;
  return records(at(list, 'items'))
    .map(({ metadata }) => [text(at(metadata, 'name')), text(at(metadata, 'resourceVersion'))] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** What is compared, with the version it is of: it must be the same before kubectl was asked and after. */
async function sameVersions<T>(ask: (rows: readonly DaemonSetRow[]) => Promise<T>): Promise<T> {
  const before = await versions();
  const rows = await readRows();
  expect(rows.map((row) => [row.name, row.resourceVersion])).toEqual(before);
  const answer = await ask(rows);
  expect(await versions()).toEqual(before);
  return answer;
}

describe('a DaemonSet’s status, for the same resourceVersion as kubectl', () => {
  it('has the words of kubectl rollout status, and its refusal for OnDelete', async () => {
    const compared = await sameVersions(async (rows) => {
      const ours: unknown[] = [];
      const theirs: unknown[] = [];
      for (const row of rows) {
        const words = rolloutStatusWords(row);
        const isRefused = row.strategy.type === 'OnDelete';
        ours.push({
          name: row.name,
          stdout: isRefused ? '' : `${words}\n`,
          stderr: isRefused ? `error: ${words}\n` : '',
          code: isRefused ? 1 : 0,
        });
        const asked = await cluster.kubectl(['rollout', 'status', `daemonset/${row.name}`, '--watch=false']);
        theirs.push({ name: row.name, ...asked });
      }
      return { ours, theirs };
    });
    expect(compared.theirs).toHaveLength(STATES.length);
    expect(compared.ours).toEqual(compared.theirs);
  });

  it('has the counts and the node selector of kubectl get daemonsets', async () => {
    const { ours, theirs } = await sameVersions(async (rows) => ({
      ours: rows.map(({ name, desired, current, ready, updated, available, nodeSelector }) => {
        const selector = Object.entries(nodeSelector).map(([key, value]) => `${key}=${value}`);
        const counts = [desired, current, ready, updated, available].map(String);
        return [name, ...counts, selector.join(',') || '<none>'];
      }),
      theirs: (await kubectl('get', 'daemonsets', '--no-headers'))
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/\s+/).slice(0, 7))
        .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    }));
    expect(theirs).toHaveLength(STATES.length);
    expect(ours).toEqual(theirs);
    const written = STATES.map(({ name, counts }) => [name, ...counts.map(String)]);
    expect(theirs.map((line) => line.slice(0, 6))).toEqual(written.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)));
  });

  it('is rolled out for us where kubectl says so, but where no node is eligible, it is being deleted or the strategy is OnDelete', async () => {
    const found = await sameVersions(async (rows) => {
      const asked = rows.map(async (row) => {
        const { stdout } = await cluster.kubectl(['rollout', 'status', `daemonset/${row.name}`, '--watch=false']);
        const isDone = stdout.includes('successfully rolled out');
        return { name: row.name, kind: daemonSetStatus(row, { now: Date.now() }).kind, isDone };
      });
      return Promise.all(asked);
    });
    const kinds = STATES.map(({ name, kind }) => [name, kind] as const);
    expect(Object.fromEntries(found.map(({ name, kind }) => [name, kind]))).toEqual(Object.fromEntries(kinds));
    const apart = found.filter(({ kind, isDone }) => (kind === 'rolledOut') !== isDone);
    expect(apart.map(({ name }) => name)).toEqual(['deleting', 'no-nodes', 'no-nodes-but-a-pod', 'on-delete-complete']);
  });
});
