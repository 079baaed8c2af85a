import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/system-clock.ts';
import { currentRevision } from '../../src/shared/kubernetes/revision.ts';
import { toControllerRevisionRow } from '../../src/shared/kubernetes/controller-revision-row.ts';
import { at, records, text } from '../../src/shared/kubernetes/json-fields.ts';
import { toPodRow } from '../../src/shared/kubernetes/pod-row.ts';
import type { PodRow } from '../../src/shared/kubernetes/rows.ts';
import { expectMode } from '../fakes/expect-mode.ts';
import { type OpenCore, openCore, type Target } from './open-core.ts';

/** A cluster with at least five nodes, empty but for what this suite makes. */
export interface StagedCluster extends AsyncDisposable {
  readonly kubeconfig: string;
  /** Of a user who may read pods and DaemonSets, and change nothing. */
  readonly viewer: string;
  /** Template annotations and image of pods that are ready at once, and of ones that crash. */
  readonly crashes: Readonly<Record<string, string>>;
  send(method: string, path: string, body?: unknown, type?: string): Promise<unknown>;
}

const NAMESPACE = 'default';
const SET = `/apis/apps/v1/namespaces/${NAMESPACE}/daemonsets`;
const PODS = `/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=app%3Dagent`;
const REVISIONS = `/apis/apps/v1/namespaces/${NAMESPACE}/controllerrevisions?labelSelector=app%3Dagent`;
const WITHIN = { timeout: 30_000, interval: 50 };

function manifest() {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent' },
    spec: {
      selector: { matchLabels: { app: 'agent' } },
      updateStrategy: { type: 'OnDelete' },
      template: {
        metadata: { labels: { app: 'agent' } },
        spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'main', image: 'registry.test/agent:1' }] },
      },
    },
  };
}

/** A DaemonSet under OnDelete that is ready everywhere, all of its pods of the revision before `hash`. */
export interface StagedStart {
  readonly cluster: StagedCluster;
  readonly target: Target;
  readonly hash: string;
  readonly nodes: readonly string[];
  /** Nodes whose old pod stays. */
  readonly old: () => Promise<readonly (string | undefined)[]>;
}

/** A case that takes too long for every run. */
export interface StagedCase {
  readonly name: string;
  readonly run: (start: StagedStart) => Promise<void>;
}

/** The same cases for the demo cluster and the real control plane: the whole core against a whole API server. */
export function describeStagedRollouts(
  where: string,
  open: () => Promise<StagedCluster>,
  more: readonly StagedCase[] = [],
): void {
  describe(`a staged rollout on ${where}`, () => {
    let cluster: StagedCluster;
    let dataDir: string;
    let core: OpenCore;
    let target: Target;
    let hash: string;
    let nodes: readonly string[];

    const pods = async (): Promise<readonly PodRow[]> =>
      records(at(await cluster.send('GET', PODS), 'items')).map(toPodRow);
    /** Nodes whose old pod stays. */
    const old = async () =>
      (await pods())
        .filter((pod) => pod.revisionHash !== hash && pod.deletionTimestamp === undefined)
        .map(({ nodeName }) => nodeName);
    const start = (waves: readonly (readonly string[])[], gateSeconds = 0) =>
      core.client.stagedRollout.start({ ...target, hash, waves: waves.map((wave) => [...wave]), gateSeconds });
    const patch = (spec: object) => cluster.send('PATCH', `${SET}/agent`, { spec }, 'application/merge-patch+json');
    const annotate = (annotations: object) => patch({ template: { metadata: { annotations } } });
    const currentHash = async () => {
      const rows = records(at(await cluster.send('GET', REVISIONS), 'items')).map(toControllerRevisionRow);
      return currentRevision(rows.filter(({ ownerUid }) => ownerUid === target.uid))?.hash ?? '';
    };

    /** Another template, and the controller's revision of it. */
    async function change(annotations: object): Promise<void> {
      const before = await currentHash();
      await annotate(annotations);
      await expect.poll(currentHash, WITHIN).not.toBe(before);
      const isObserved = async () => {
        const object = await cluster.send('GET', `${SET}/agent`);
        return at(object, 'status', 'observedGeneration') === at(object, 'metadata', 'generation');
      };
      await expect.poll(isObserved, WITHIN).toBe(true);
      hash = await currentHash();
    }

    beforeAll(async () => {
      cluster = await open();
    });
    afterAll(() => cluster[Symbol.asyncDispose]());

    beforeEach(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'everynode-staged-'));
      core = await openCore(cluster.kubeconfig, dataDir);
      const made = await cluster.send('POST', SET, manifest());
      const { contextName } = core;
      target = { contextName, namespace: NAMESPACE, name: 'agent', uid: text(at(made, 'metadata', 'uid')) };
      const isReady = async () => {
        const { desiredNumberScheduled = 0, numberReady = -1 } = at(
          await cluster.send('GET', `${SET}/agent`),
          'status',
        ) as Record<string, number>;
        return desiredNumberScheduled > 0 && desiredNumberScheduled === numberReady;
      };
      await expect.poll(isReady, WITHIN).toBe(true);
      nodes = (await pods()).map(({ nodeName = '' }) => nodeName).toSorted();
      await change({ 'example.test/edited': 'yes' });
    });
    afterEach(async () => {
      await core[Symbol.asyncDispose]();
      await cluster.send('DELETE', `${SET}/agent`);
      await expect.poll(async () => (await pods()).length, WITHIN).toBe(0);
      await rm(dataDir, { recursive: true });
    });

    it('replaces the pods of the chosen nodes, wave by wave, and no other', async () => {
      const [first = '', second = '', third = '', ...rest] = nodes;
      await start([[first], [second, third]], 1);
      let mostDown = 0;
      const view = await core.view(target, ({ plan, waits }) => {
        mostDown = Math.max(mostDown, waits.length);
        return plan?.phase !== 'running';
      });
      expect(view.plan).toMatchObject({ phase: 'done', at: 2 });
      expect(mostDown).toBeLessThanOrEqual(2);
      expect((await old()).toSorted()).toEqual(rest);
      const journal = (await readFile(join(dataDir, 'journal.jsonl'), 'utf8')).trim().split('\n');
      expect(journal.map((line) => JSON.parse(line) as unknown)).toMatchObject(
        Array.from({ length: 3 }, () => ({
          act: 'delete pod',
          outcome: 'done',
          kubectl: expect.stringMatching(/ delete pod\/agent-/) as string,
        })),
      );
      expectMode(join(dataDir, 'staged-rollouts', `${target.uid}.json`), 0o600);
      await core.client.stagedRollout.discard(target);
      expect(await core.view(target, ({ plan }) => plan === undefined)).toEqual({ waits: [], runsElsewhere: false });
    });

    it('is held by a click between two waves, goes on by another, and is stopped by a third', async () => {
      await start(
        nodes.map((node) => [node]),
        3600,
      );
      const waiting = await core.view(target, ({ why = '' }) => why.startsWith('All new pods of the wave are ready'));
      expect(waiting.plan).toMatchObject({ phase: 'running', at: 0 });
      await core.client.stagedRollout.hold(target);
      expect((await core.view(target, () => true)).plan).toMatchObject({ phase: 'held', why: 'You held it.' });
      expect(await old()).toHaveLength(nodes.length - 1);
      await expect(start([nodes])).rejects.toMatchObject({ data: { reason: 'Conflict' } });
      await core.client.stagedRollout.continue(target);
      await core.view(target, ({ plan }) => plan?.phase === 'running');
      await core.client.stagedRollout.stop(target);
      expect((await core.view(target, () => true)).plan).toMatchObject({ phase: 'stopped', why: 'You stopped it.' });
      expect(await old()).toHaveLength(nodes.length - 1);
    });

    it('is held by a click while it is being begun', async () => {
      const begin = start(
        nodes.map((node) => [node]),
        3600,
      );
      await core.client.stagedRollout.hold(target);
      await begin;
      expect((await core.view(target, () => true)).plan).toMatchObject({ phase: 'held', at: 0, why: 'You held it.' });
      expect((await old()).length).toBeGreaterThanOrEqual(nodes.length - 1);
    });

    it('is held when the template is changed while it runs, and cannot go on with another one', async () => {
      await start(
        nodes.map((node) => [node]),
        3600,
      );
      await core.view(target, ({ why = '' }) => why.startsWith('All new pods of the wave are ready'));
      const planned = hash;
      await change({ 'example.test/edited': 'again' });
      const { plan } = await core.view(target, (view) => view.plan?.phase === 'held');
      expect(plan?.why).toMatch(/template was changed/);
      await core.client.stagedRollout.continue(target);
      await core.view(target, (view) => view.plan?.phase === 'held');
      expect((await pods()).filter(({ revisionHash }) => revisionHash === planned)).toHaveLength(1);
      expect((await pods()).filter(({ revisionHash }) => revisionHash === hash)).toHaveLength(0);
    });

    it('is held by a pod that crashes, and goes on past its node', async () => {
      await change(cluster.crashes);
      const [first = '', second = ''] = nodes;
      await start([[first], [second]], 3600);
      const { plan } = await core.view(target, (view) => view.plan?.phase === 'held');
      expect(plan).toMatchObject({ failed: [first], at: 0, why: expect.stringContaining(first) as string });
      expect(await old()).toHaveLength(nodes.length - 1);
      await core.client.stagedRollout.continue(target);
      const after = await core.view(target, (view) => view.plan?.phase === 'held' && view.plan.failed[0] === second);
      expect(after.plan?.waves[0]).toMatchObject([{ name: first, state: 'passed' }]);
      expect(await old()).toHaveLength(nodes.length - 2);
    });

    it('after a crash in mid-wave is offered as held, and goes on by a click alone', async () => {
      await start([nodes], 3600);
      await core.view(target, ({ plan }) => (plan?.asked.length ?? 0) > 0);
      // What a crash at this moment leaves: the plan as it is on disk, and a lock whose holder is gone.
      const afterCrash = await mkdtemp(join(tmpdir(), 'everynode-staged-'));
      const file = join('staged-rollouts', `${target.uid}.json`);
      await cp(join(dataDir, file), join(afterCrash, file));
      await core.client.stagedRollout.stop(target);
      const left = (await old()).length;
      {
        await using later = await openCore(cluster.kubeconfig, afterCrash);
        const offered = await later.view(target, () => true);
        expect(offered).toMatchObject({
          runsElsewhere: false,
          plan: { phase: 'held', why: 'Everynode ended while this ran. It has done nothing since.' },
        });
        const { namespace, name, uid } = target;
        const listed = { namespace, name, uid, phase: 'held', nodes: nodes.length, runsElsewhere: false };
        expect(await later.open()).toMatchObject([{ ...listed, why: offered.plan?.why }]);
        expect(await old()).toHaveLength(left);
        await later.client.stagedRollout.continue(target);
        await later.view(target, ({ why = '' }) => why.startsWith('All new pods of the wave are ready'));
        expect(await old()).toEqual([]);
      }
      await rm(afterCrash, { recursive: true });
    });

    it('is run by one host alone, and the end of a host holds it', async () => {
      await start(
        nodes.map((node) => [node]),
        3600,
      );
      await using other = await openCore(cluster.kubeconfig, dataDir);
      expect(await other.view(target, () => true)).toMatchObject({ runsElsewhere: true, plan: { phase: 'running' } });
      for (const call of ['continue', 'hold', 'stop', 'discard'] as const)
        await expect(other.client.stagedRollout[call](target)).rejects.toMatchObject({ data: { reason: 'Conflict' } });
      await core[Symbol.asyncDispose]();
      core = other;
      const { plan } = await other.view(target, ({ runsElsewhere }) => !runsElsewhere);
      expect(plan).toMatchObject({ phase: 'held', why: expect.stringContaining('Everynode ended') as string });
      await other.client.stagedRollout.continue(target);
      await other.view(target, (view) => view.plan?.phase === 'running');
      core = await openCore(cluster.kubeconfig, dataDir);
    });

    it('is held when the machine slept while it ran', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'everynode-staged-'));
      let sleptMs = 0;
      const clock = { ...systemClock, now: () => systemClock.now() + sleptMs };
      {
        await using sleeper = await openCore(cluster.kubeconfig, folder, clock);
        const waves = nodes.map((node) => [node]);
        await sleeper.client.stagedRollout.start({ ...target, hash, waves, gateSeconds: 600 });
        await sleeper.view(target, ({ why = '' }) => why.startsWith('All new pods of the wave are ready'));
        sleptMs = 3_600_000;
        const { plan } = await sleeper.view(target, (view) => view.plan?.phase === 'held');
        expect(plan).toMatchObject({ at: 0, why: expect.stringContaining('asleep') as string });
      }
      expect(await old()).toHaveLength(nodes.length - 1);
      await rm(folder, { recursive: true });
    });

    it('deletes nothing more once another host has taken it over', async () => {
      await start(
        nodes.map((node) => [node]),
        2,
      );
      await core.view(target, ({ why = '' }) => why.startsWith('All new pods of the wave are ready'));
      const lock = join(dataDir, 'staged-rollouts', `${target.uid}.lock`);
      await writeFile(lock, JSON.stringify({ token: 'another', pid: process.pid, host: hostname() }));
      const { plan } = await core.view(target, (view) => view.runsElsewhere);
      expect(plan).toMatchObject({ phase: 'running' });
      expect(await old()).toHaveLength(nodes.length - 1);
      expect(await readFile(lock, 'utf8')).toContain('another');
    });

    it('is held at the first pod by the lack of the right to delete it', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'everynode-staged-'));
      {
        await using viewer = await openCore(cluster.viewer, folder);
        const asViewer = { ...target, contextName: viewer.contextName };
        await viewer.client.stagedRollout.start({ ...asViewer, hash, waves: [[...nodes]], gateSeconds: 0 });
        const { plan } = await viewer.view(asViewer, (view) => view.plan?.phase === 'held');
        expect(plan?.why).toMatch(/was not deleted: You may not delete pods in namespace default; nothing was sent\.$/);
      }
      expect(await old()).toHaveLength(nodes.length);
      await rm(folder, { recursive: true });
    });

    it('does not begin where the controller replaces pods by itself, nor towards another revision', async () => {
      await expect(
        core.client.stagedRollout.start({ ...target, hash: 'another', waves: [[...nodes]], gateSeconds: 0 }),
      ).rejects.toMatchObject({
        data: { reason: 'Conflict', message: expect.stringContaining('Another revision') as string },
      });
      await expect(
        core.client.stagedRollout.start({ ...target, uid: 'another', hash, waves: [[...nodes]], gateSeconds: 0 }),
      ).rejects.toMatchObject({ data: { reason: 'Conflict' } });
      await patch({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } } });
      await expect(start([nodes])).rejects.toMatchObject({
        data: { reason: 'Conflict', message: expect.stringContaining('RollingUpdate') as string },
      });
    });

    it.each(more)('$name', async ({ run }) => {
      await run({ cluster, target, hash, nodes, old });
      expect(await core.view(target, () => true)).toMatchObject({ runsElsewhere: false });
    });
  });
}
