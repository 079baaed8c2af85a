import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DaemonSetView, PROPAGATION_POLICIES } from '../../src/shared/contract/daemonset.ts';
import { AppError, type AppErrorData } from '../../src/shared/errors/app-error.ts';
import { setImages } from '../../src/shared/form/set-image.ts';
import { at, records } from '../../src/shared/kubernetes/json-fields.ts';
import { toPodRow } from '../../src/shared/kubernetes/pod-row.ts';
import type { ControllerRevisionRow } from '../../src/shared/kubernetes/rows.ts';
import { withStrategyType } from '../../src/shared/manifest/strategy-type.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { openDaemonSet, type OpenedDaemonSet, valueOf } from './live-reads.ts';
import { aDaemonSet } from './manifests.ts';
import { openRealCore, type RealCore } from './real-core.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';

const SET = '/apis/apps/v1/namespaces/default/daemonsets/agent';
const PODS = '/api/v1/namespaces/default/pods';
const REVISIONS = '/apis/apps/v1/namespaces/default/controllerrevisions';
const NODES = 3;
/** Of the server. */
const NAMESAKE_POD = 'does not match the UID in record';

/** What a page has in hand of the DaemonSet that it opened. */
interface Held extends OpenedDaemonSet {
  readonly beforeText: string;
  /** Newest first. */
  readonly revisions: readonly ControllerRevisionRow[];
}

let cluster: RealCluster;
let core: RealCore;
let held: Held;
let madeAgain: Held;
const closed = new AbortController();
/** What the page that stays open is shown. */
const views: DaemonSetView[] = [];

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: NODES, name: 'made-again' });
  core = await openRealCore(cluster);
  held = await make();
  await stayOpen();
  await kubectl('delete', 'daemonset', 'agent', '--cascade=foreground');
  madeAgain = await make();
  await makeNamesakePod();
}, 20 * 60_000);

afterAll(async () => {
  closed.abort();
  await core[Symbol.asyncDispose]();
  await cluster.stop();
});

/** Follows the DaemonSet as a page does, to the end of the tests. */
async function stayOpen(): Promise<void> {
  const { contextName, namespace, name } = held.target;
  const stream = await core.client.daemonSet.watchOne({ contextName, namespace, name }, { signal: closed.signal });
  const follow = async () => {
    for await (const { value } of stream) if (value) views.push(value);
  };
  follow().catch((error: unknown) => {
    if (!closed.signal.aborted) throw error;
  });
  await comes(
    async () => views.length,
    (count) => count > 0,
  );
}

async function kubectl(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await cluster.kubectl(args);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
}

function comes<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const look = async () => {
    const value = await read();
    if (!holds(value)) throw new Error(`not yet: ${JSON.stringify(value)}`);
    return value;
  };
  return vi.waitFor(look, { timeout: 60_000, interval: 50 });
}

/** Two templates, the pods of the first, under OnDelete: nothing changes any more by itself. */
async function make(): Promise<Held> {
  const { spec, ...manifest } = aDaemonSet('agent') as { spec: object };
  const onDelete = { ...manifest, spec: { ...spec, updateStrategy: { type: 'OnDelete' } } };
  await cluster.client.create('/apis/apps/v1/namespaces/default/daemonsets', onDelete);
  const read = () => openDaemonSet(core, 'agent');
  await comes(read, ({ row }) => row.available === NODES);
  const template = { metadata: { annotations: { edited: 'yes' } } };
  await cluster.client.mergePatch(SET, { spec: { template } });
  const opened = await comes(read, ({ row, pods }) => {
    return row.updated === 0 && row.observedGeneration === 2 && row.available === NODES && pods.length === NODES;
  });
  const revisions = await valueOf(core.client.daemonSet.watchRevisions(opened.target), ({ length }) => length === 2);
  return { ...opened, revisions, beforeText: (await core.client.daemonSet.read(opened.target)).jsonText };
}

/** Versions of everything that an operation could have touched. */
async function facts() {
  const versionOf = (object: unknown) =>
    ['name', 'uid', 'generation', 'resourceVersion', 'deletionTimestamp'].map((field) => at(object, 'metadata', field));
  const itemsOf = async (path: string) => records(at(await cluster.client.read(path), 'items')).map(versionOf);
  return {
    set: versionOf(await cluster.client.read(SET)),
    pods: await itemsOf(PODS),
    revisions: await itemsOf(REVISIONS),
  };
}

async function failureOf(run: Promise<unknown>): Promise<AppErrorData> {
  try {
    await run;
  } catch (error) {
    if (error instanceof AppError) return error.data;
    throw error;
  }
  throw new Error('it did not fail');
}

async function journal(): Promise<readonly unknown[]> {
  const text = await readFile(join(core.dataDir, 'journal.jsonl'), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}

const edit = (change: (object: { metadata: object; spec: object }) => object) =>
  JSON.stringify(change(JSON.parse(held.beforeText) as { metadata: object; spec: object }));

function withImage(): string {
  const set = setImages(held.beforeText, { main: 'registry.test/agent:2' });
  if (!set.ok) throw new Error(set.why);
  return set.text;
}

function save(afterText: string, dryRun = false): Promise<unknown> {
  return core.client.daemonSet.save({ ...held.target, beforeText: held.beforeText, afterText, dryRun });
}

function oldRevision() {
  const [, revision] = held.revisions;
  return { name: revision?.name ?? '', uid: revision?.uid ?? '' };
}

function rollback(dryRun: boolean): Promise<unknown> {
  const { target, beforeText } = held;
  return core.client.daemonSet.rollback({ ...target, beforeText, revision: oldRevision(), dryRun });
}

/** By chance a new pod may have the name of a former one. */
async function makeNamesakePod(): Promise<void> {
  const [node] = held.nodes;
  const spec = { nodeName: node?.name, containers: [{ name: 'main', image: 'registry.test/agent:1' }] };
  await cluster.client.create(PODS, { apiVersion: 'v1', kind: 'Pod', metadata: { name: pod().name }, spec });
  const isReady = async () => toPodRow(await cluster.client.read(`${PODS}/${pod().name}`)).ready;
  await comes(isReady, (ready) => ready);
}

function pod() {
  const [first] = held.pods;
  return { ...held.target, name: first?.name ?? '', uid: first?.uid ?? '' };
}

interface Operation {
  readonly title: string;
  readonly call: () => Promise<unknown>;
  /** Conflict unless told. */
  readonly reason?: AppErrorData['reason'];
  /** What it says; that the DaemonSet was deleted and made again unless told. */
  readonly says?: string;
  /** As the journal names it; none for what only reads. */
  readonly act?: string;
}

const withLabel = () => edit((object) => ({ ...object, metadata: { ...object.metadata, labels: { team: 'a' } } }));
const withLimit = () => edit((object) => ({ ...object, spec: { ...object.spec, revisionHistoryLimit: 1 } }));

function stage(): Promise<void> {
  const waves = [held.nodes.map(({ name }) => name)];
  const hash = held.revisions[0]?.hash ?? '';
  return core.client.stagedRollout.start({ ...held.target, hash, waves, gateSeconds: 0 });
}

function create(): Promise<unknown> {
  const { contextName, namespace } = held.target;
  return core.client.daemonSet.create({ contextName, namespace, manifestText: held.beforeText, dryRun: false });
}

const OPERATIONS: readonly Operation[] = [
  { title: 'edit', act: 'edit', call: () => save(withLabel()) },
  { title: 'dry run of an edit', call: () => save(withImage(), true) },
  { title: 'set image', act: 'set image', call: () => save(withImage()) },
  { title: 'resume', act: 'resume', call: () => save(withStrategyType(held.beforeText, 'RollingUpdate') ?? '') },
  { title: 'history limit', act: 'set history limit', call: () => save(withLimit()) },
  { title: 'rollback', act: 'rollback', call: () => rollback(false) },
  { title: 'dry run of a rollback', call: () => rollback(true) },
  {
    title: 'look at a revision',
    reason: 'NotFound',
    call: () => core.client.daemonSet.readRevision({ ...held.target, revision: oldRevision() }),
  },
  { title: 'redeploy', act: 'restart', call: () => core.client.daemonSet.restart(held.target) },
  ...PROPAGATION_POLICIES.map((propagationPolicy) => ({
    title: `delete (${propagationPolicy})`,
    act: 'delete',
    call: () => core.client.daemonSet.delete({ ...held.target, propagationPolicy }),
  })),
  { title: 'staged rollout', call: stage },
  {
    title: 'create',
    reason: 'AlreadyExists',
    says: 'daemonsets.apps "agent" already exists',
    act: 'create',
    call: create,
  },
  { title: 'delete a pod', act: 'delete pod', says: NAMESAKE_POD, call: () => core.client.pod.delete(pod()) },
  { title: 'evict a pod', act: 'evict pod', says: NAMESAKE_POD, call: () => core.client.pod.evict(pod()) },
];

describe('a DaemonSet that was deleted and made again under its name while it was open', () => {
  it('is another one, whose revisions have the same names', () => {
    expect(madeAgain.row.uid).not.toBe(held.row.uid);
    expect(madeAgain.revisions.map(({ name }) => name)).toEqual(held.revisions.map(({ name }) => name));
    expect(madeAgain.revisions.map(({ uid }) => uid)).not.toEqual(held.revisions.map(({ uid }) => uid));
  });

  it.each(OPERATIONS)('is not touched by $title of the former one, which says why', async (operation) => {
    const { call, reason = 'Conflict', says = 'DaemonSet default/agent was deleted and made again', act } = operation;
    const [before, written] = [await facts(), await journal()];
    const failure = await failureOf(call());
    expect({ reason: failure.reason, message: failure.message }).toEqual({
      reason,
      message: expect.stringContaining(says) as string,
    });
    expect(await facts()).toEqual(before);
    const lines = (await journal()).slice(written.length);
    expect(lines).toMatchObject(act === undefined ? [] : [{ act, outcome: 'failed' }]);
  });

  it('is never shown in the place of the former one: the open page is told, and reads of its uid end', async () => {
    await expect
      .poll(() => views.at(-1))
      .toMatchObject({ gone: true, replacedByUid: madeAgain.row.uid, row: { uid: held.row.uid } });
    const { daemonSet, event } = core.client;
    for (const read of [daemonSet.watchPods, daemonSet.watchRevisions, event.watchOfDaemonSet]) {
      const follow = async () => {
        for await (const item of await read(held.target)) expect(item.state.phase).not.toBe('live');
      };
      expect(await failureOf(follow())).toMatchObject({
        reason: 'NotFound',
        message: expect.stringContaining('DaemonSet default/agent was deleted and made again') as string,
      });
    }
  });

  it('stops the staged rollout of the former one that was running, and loses no pod to it', async () => {
    const { target, nodes, revisions } = madeAgain;
    const [first = '', ...others] = nodes.map(({ name }) => name);
    const hash = revisions[0]?.hash ?? '';
    await core.client.stagedRollout.start({ ...target, hash, waves: [[first], others], gateSeconds: 3600 });
    await core.view(target, ({ why = '' }) => why.startsWith('All new pods of the wave are ready'));
    expect((await openDaemonSet(core, 'agent')).row.updated).toBe(1);
    await kubectl('delete', 'daemonset', 'agent', '--cascade=foreground');
    const third = await make();
    const before = await facts();
    const { plan } = await core.view(target, (view) => view.plan?.phase !== 'running');
    expect(plan).toMatchObject({
      phase: 'stopped',
      why: expect.stringMatching(/^agent (was|is being) deleted/) as string,
    });
    expect((await failureOf(core.client.stagedRollout.continue(target))).reason).toBe('Conflict');
    expect(await facts()).toEqual(before);
    expect(third.pods.map(({ revisionHash }) => revisionHash)).not.toContain(hash);
  });
});
