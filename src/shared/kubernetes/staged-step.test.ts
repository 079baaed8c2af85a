import { describe, expect, it } from 'vitest';
import { StagedWorld } from '../../../tests/fakes/staged-world.ts';
import { continued, held } from './staged-step.ts';

const WAVES = [['a', 'b'], ['c', 'd'], ['e']] as const;
const deletedOn = (world: StagedWorld) => world.deleted.map(({ nodeName }) => nodeName);
const goOn = (world: StagedWorld) => (world.plan = continued(world.plan, world.facts, world.now));

/** The first wave is deleted, and its new pods are there, not ready yet. */
function inFirstWave(gateSeconds = 10): StagedWorld {
  const world = new StagedWorld(WAVES, gateSeconds);
  world.runAll();
  world.reconcile();
  return world;
}

describe('a staged rollout', () => {
  it('goes through its waves, each after all pods of the one before were ready for the time of the gate', () => {
    const world = inFirstWave();
    expect(deletedOn(world)).toEqual(['a', 'b']);
    expect(world.look()).toMatchObject({ kind: 'wait', waits: [{ nodeName: 'a' }, { nodeName: 'b' }] });
    world.ready('a');
    expect(world.look(60)).toMatchObject({ waits: [{ nodeName: 'b', words: 'containers start' }] });
    world.ready('b');
    expect(world.look()).toMatchObject({ kind: 'wait', why: expect.stringContaining('10 s more') as string });
    expect(world.look(9)).toMatchObject({ kind: 'wait', why: expect.stringContaining('1 s more') as string });
    world.runAll(1);
    expect(deletedOn(world)).toEqual(['a', 'b', 'c', 'd']);
    world.allReady();
    world.runAll();
    world.runAll(10);
    world.allReady();
    world.runAll();
    expect(world.runAll(10)).toEqual({ kind: 'end' });
    expect(world.plan).toMatchObject({ phase: 'done', at: 3 });
    expect(deletedOn(world)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect([...world.pods.values()].every(({ revisionHash }) => revisionHash === 'new')).toBe(true);
  });

  it('waits for minReadySeconds where that is longer than the gate', () => {
    const world = inFirstWave(1);
    world.row = { ...world.row, minReadySeconds: 30 };
    world.allReady();
    world.look();
    expect(world.look(29)).toMatchObject({ kind: 'wait' });
    expect(world.look(1)).toMatchObject({ kind: 'delete' });
  });

  it('begins the gate anew when a pod ceased to be ready, or is another one', () => {
    const world = inFirstWave();
    world.allReady();
    world.look();
    world.patch(world.podOn('b').uid, { ready: false });
    expect(world.look(9)).toMatchObject({ kind: 'wait', waits: [{ nodeName: 'b' }] });
    world.ready('b');
    expect(world.look(1)).toMatchObject({ kind: 'wait', why: expect.stringContaining('10 s more') as string });
    world.patch(world.podOn('a').uid, { readySince: '2026-01-02T01:00:00Z' });
    expect(world.look(9)).toMatchObject({ kind: 'wait', why: expect.stringContaining('10 s more') as string });
  });

  it('believes no clock but its own: a node whose clock is behind passes no gate early', () => {
    const world = inFirstWave();
    world.allReady();
    for (const name of ['a', 'b']) world.patch(world.podOn(name).uid, { readySince: '2025-01-01T00:00:00Z' });
    expect(world.look()).toMatchObject({ kind: 'wait', why: expect.stringContaining('10 s more') as string });
  });

  it('is held by a pod that fails, names it, and passes over its node when it is continued', () => {
    const world = inFirstWave();
    world.ready('a');
    world.crash('b');
    expect(world.look()).toEqual({ kind: 'end' });
    expect(world.plan).toMatchObject({
      phase: 'held',
      failed: ['b'],
      why: 'A new pod fails: b: container "main" exits with code 1, 3 restarts.',
    });
    expect(world.look(3600)).toEqual({ kind: 'end' });
    goOn(world);
    expect(world.plan.waves[0]).toMatchObject([{ state: 'waiting' }, { name: 'b', state: 'passed' }]);
    world.look();
    world.runAll(10);
    expect(deletedOn(world)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is held by a restart of a container, though the pod is ready again', () => {
    const world = inFirstWave();
    world.allReady();
    world.look();
    const containers = [{ name: 'main', kind: 'worker', ready: true, restarts: 1, state: 'running' }] as const;
    world.patch(world.podOn('a').uid, { containers });
    world.look(5);
    expect(world.plan).toMatchObject({
      phase: 'held',
      failed: ['a'],
      why: 'A new pod fails: a: its new pod has restarted once.',
    });
  });

  it('is held by a pod of an earlier wave that begins to fail', () => {
    const world = inFirstWave();
    world.allReady();
    world.look();
    world.run(10);
    expect(deletedOn(world)).toEqual(['a', 'b', 'c']);
    world.crash('a');
    world.runAll();
    expect(deletedOn(world)).toEqual(['a', 'b', 'c']);
    expect(world.plan).toMatchObject({ phase: 'held', failed: ['a'] });
  });

  it('deletes no further pod while one of an earlier wave is not ready any more', () => {
    const world = inFirstWave();
    world.allReady();
    world.look();
    world.run(10);
    expect(deletedOn(world)).toEqual(['a', 'b', 'c']);
    world.patch(world.podOn('b').uid, { ready: false });
    expect(world.run()).toMatchObject({
      kind: 'wait',
      waits: [{ nodeName: 'b', words: expect.stringMatching(/^not ready any more: /) as string }, { nodeName: 'c' }],
    });
    world.ready('b');
    world.runAll();
    expect(deletedOn(world)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is held when the pods of a wave do not come within ten minutes', () => {
    const world = inFirstWave();
    expect(world.look(600)).toMatchObject({ kind: 'wait' });
    world.look(1);
    expect(world.plan).toMatchObject({ phase: 'held', failed: ['a', 'b'] });
    goOn(world);
    world.runAll();
    expect(deletedOn(world)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('does nothing while it is held by a click, and goes on where it was', () => {
    const world = new StagedWorld(WAVES);
    world.run();
    world.plan = held(world.plan, 'You held it.');
    expect(world.look(3600)).toEqual({ kind: 'end' });
    goOn(world);
    world.runAll();
    expect(deletedOn(world)).toEqual(['a', 'b']);
  });
});

describe('what changes under a staged rollout', () => {
  it('asks for the deletion of a pod once, also while the watch is behind', () => {
    const world = new StagedWorld(WAVES);
    world.isBehind = true;
    world.run();
    expect(world.run()).toEqual({ kind: 'delete', pods: [{ name: 'agent-b', uid: 'uid-b' }] });
    expect(world.look()).toMatchObject({ kind: 'wait', waits: [{ nodeName: 'a' }, { nodeName: 'b' }] });
    expect(deletedOn(world)).toEqual(['a', 'b']);
    world.isBehind = false;
    expect(world.look()).toMatchObject({ waits: [{ words: 'the old pod is being terminated' }, { nodeName: 'b' }] });
  });

  it('counts a pod that somebody else deleted, and still waits for its new one', () => {
    const world = new StagedWorld(WAVES);
    world.patch(world.podOn('a').uid, { deletionTimestamp: '2026-01-02T00:00:00Z' });
    expect(world.runAll()).toMatchObject({ kind: 'wait', waits: [{ nodeName: 'a' }, { nodeName: 'b' }] });
    expect(deletedOn(world)).toEqual(['b']);
    world.allReady();
    world.look();
    expect(world.look(10)).toMatchObject({ kind: 'delete' });
  });

  it('does not blame a new pod for restarts before its wave', () => {
    const world = inFirstWave();
    world.patch(world.podOn('c').uid, { deletionTimestamp: '2026-01-02T00:00:00Z' });
    world.allReady();
    const containers = [{ name: 'main', kind: 'worker', ready: true, restarts: 2, state: 'running' }] as const;
    world.patch(world.podOn('c').uid, { containers });
    world.look();
    world.runAll(10);
    expect(world.plan.phase).toBe('running');
    expect(deletedOn(world)).toEqual(['a', 'b', 'd']);
  });

  it('skips a node that was removed, and says so', () => {
    const world = new StagedWorld(WAVES);
    world.pods.delete(world.podOn('a').uid);
    world.nodes.delete('a');
    world.runAll();
    expect(deletedOn(world)).toEqual(['b']);
    expect(world.plan.waves[0]?.[0]).toEqual({ name: 'a', state: 'skipped', note: 'the node was removed' });
  });

  it('leaves the pod of a node alone on which no new one would come', () => {
    const world = new StagedWorld(WAVES);
    world.keptAway.set('a', 'untolerated taint quiet:NoSchedule');
    world.runAll();
    expect(deletedOn(world)).toEqual(['b']);
    expect(world.plan.waves[0]?.[0]).toMatchObject({
      state: 'skipped',
      note: expect.stringContaining('taint') as string,
    });
  });

  it('deletes no pod of another owner, and none without a hash', () => {
    const world = new StagedWorld([['a'], ['b'], ['c']], 0);
    world.patch(world.podOn('a').uid, { ownerUid: 'somebody' });
    const { revisionHash: _, ...withoutHash } = world.podOn('b');
    world.pods.set(withoutHash.uid, withoutHash);
    world.runAll();
    expect(deletedOn(world)).toEqual([]);
    world.patch(world.podOn('a').uid, { ownerUid: 'uid-agent', revisionHash: 'new' });
    world.runAll();
    expect(world.plan.waves[1]?.[0]?.note).toContain('no revision hash');
    expect(deletedOn(world)).toEqual(['c']);
  });

  it.each<[string, (world: StagedWorld) => void, RegExp]>([
    [
      'the template',
      (world) => (world.row = { ...world.row, templateGeneration: 3, generation: 2 }),
      /pod template was changed/,
    ],
    ['the current revision', (world) => (world.currentHash = 'newer'), /current revision is another/],
    [
      'the strategy',
      (world) => (world.row = { ...world.row, strategy: { type: 'RollingUpdate', maxUnavailable: 1, maxSurge: 0 } }),
      /RollingUpdate now/,
    ],
  ])('is held in mid-wave by a change of %s', (_, change, why) => {
    const world = new StagedWorld(WAVES);
    world.run();
    change(world);
    expect(world.run()).toEqual({ kind: 'end' });
    expect(world.plan).toMatchObject({ phase: 'held', why: expect.stringMatching(why) as string, failed: [] });
    expect(deletedOn(world)).toEqual(['a']);
    goOn(world);
    expect(world.run()).toEqual({ kind: 'end' });
    expect(deletedOn(world)).toEqual(['a']);
  });

  it('goes on after the template is the planned one again', () => {
    const world = new StagedWorld(WAVES);
    world.row = { ...world.row, templateGeneration: 3 };
    world.run();
    world.row = { ...world.row, templateGeneration: 4 };
    goOn(world);
    world.runAll();
    expect(deletedOn(world)).toEqual(['a', 'b']);
  });

  it.each<[string, (world: StagedWorld) => void, RegExp]>([
    ['is deleted', (world) => (world.row = { ...world.row, deletionTimestamp: 'now' }), /is being deleted/],
    ['is a namesake', (world) => (world.row = { ...world.row, uid: 'another' }), /made anew/],
  ])('is stopped for good when the DaemonSet %s', (_, change, why) => {
    const world = new StagedWorld(WAVES);
    change(world);
    expect(world.run()).toEqual({ kind: 'end' });
    expect(world.plan).toMatchObject({ phase: 'stopped', why: expect.stringMatching(why) as string });
    expect(deletedOn(world)).toEqual([]);
  });

  it('waits for the controller to see the last change', () => {
    const world = new StagedWorld(WAVES);
    world.row = { ...world.row, generation: 2 };
    expect(world.run()).toMatchObject({ kind: 'wait', why: expect.stringContaining('has not seen') as string });
  });

  it('deletes nothing while the cluster cannot be read, begins the gate anew after it, and is held after 5 minutes', () => {
    const world = inFirstWave();
    world.allReady();
    world.look();
    world.blind = 'The API server is away.';
    expect(world.look(60)).toMatchObject({ kind: 'wait', why: 'The API server is away.' });
    world.blind = undefined;
    expect(world.look(1)).toMatchObject({ kind: 'wait', why: expect.stringContaining('10 s more') as string });
    world.blind = 'The API server is away.';
    world.look();
    expect(world.look(300)).toMatchObject({ kind: 'wait' });
    world.look(1);
    expect(world.plan).toMatchObject({ phase: 'held', failed: [] });
  });
});
