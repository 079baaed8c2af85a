import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { StagedWorld } from '../../../tests/fakes/staged-world.ts';
import { continued } from './staged-step.ts';

const NODES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

type Turn =
  | { readonly kind: 'run' | 'reconcile' | 'lag' | 'continue' | 'blind' | 'see' | 'template' | 'allReady' }
  | { readonly kind: 'ready' | 'crash' | 'vanish' | 'remove'; readonly node: string }
  | { readonly kind: 'time'; readonly seconds: number };

const turn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Turn>({ kind: 'run' }) },
  { weight: 6, arbitrary: fc.constantFrom<Turn>({ kind: 'reconcile' }, { kind: 'allReady' }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('time'), seconds: fc.integer({ min: 1, max: 20 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('ready', 'crash', 'vanish', 'remove'),
      node: fc.constantFrom(...NODES),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Turn>(
      { kind: 'lag' },
      { kind: 'continue' },
      { kind: 'blind' },
      { kind: 'see' },
      { kind: 'template' },
    ),
  },
);

function act(world: StagedWorld, done: Turn): void {
  switch (done.kind) {
    case 'run':
      world.run();
      return;
    case 'time':
      world.now += done.seconds * 1000;
      return;
    case 'reconcile':
      return world.reconcile();
    case 'allReady':
      return world.allReady();
    case 'lag':
      world.isBehind = !world.isBehind;
      return;
    case 'continue':
      // Everything is read anew then.
      world.isBehind = false;
      if (world.plan.phase === 'held') world.plan = continued(world.plan, world.facts, world.now);
      return;
    case 'blind':
      world.blind = 'away';
      return;
    case 'see':
      world.blind = undefined;
      return;
    case 'template':
      world.row = { ...world.row, templateGeneration: (world.row.templateGeneration ?? 0) + 1 };
      world.currentHash = `${world.currentHash}x`;
      return;
    default:
      return onNode(world, done.kind, done.node);
  }
}

function onNode(world: StagedWorld, kind: 'ready' | 'crash' | 'vanish' | 'remove', node: string): void {
  const [pod] = world.podsOn(node);
  if (pod === undefined) return;
  if (kind === 'ready') world.ready(node);
  if (kind === 'crash' && pod.revisionHash === 'new') world.crash(node);
  if (kind === 'vanish') world.pods.delete(pod.uid);
  if (kind !== 'remove') return;
  world.nodes.delete(node);
  world.pods.delete(pod.uid);
}

/** Nodes of the plan that lack a ready pod, without those that the user has passed over and those where nothing is to do. */
function downNodes(world: StagedWorld): readonly string[] {
  const { waves, at } = world.plan;
  const begun = waves.slice(0, at + 1).flat();
  return begun
    .filter(({ name, state }) => (state === 'waiting' || state === 'ready') && world.nodes.has(name))
    .filter(({ name }) => !world.podsOn(name).some((pod) => pod.ready && pod.deletionTimestamp === undefined))
    .map(({ name }) => name);
}

it('under any course of events never has more than a wave down, and deletes old pods of its wave alone, each once', () => {
  const size = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(size, fc.array(turn, { minLength: 20, maxLength: 120 }), (waveSize, turns) => {
      const waves = Array.from({ length: Math.ceil(NODES.length / waveSize) }, (_, nth) =>
        NODES.slice(nth * waveSize, (nth + 1) * waveSize),
      );
      const world = new StagedWorld(waves, 5);
      for (const each of turns) {
        const before = world.deleted.length;
        const mayDelete = world.plan.phase === 'running' && world.blind === undefined && world.currentHash === 'new';
        act(world, each);
        for (const pod of world.deleted.slice(before)) {
          expect(mayDelete).toBe(true);
          expect(pod.revisionHash).toBe('old');
          expect(waves[world.plan.at]).toContain(pod.nodeName);
          expect(waves[world.plan.at]).toEqual(expect.arrayContaining([...downNodes(world)]));
        }
      }
      const uids = world.deleted.map(({ uid }) => uid);
      expect(new Set(uids).size).toBe(uids.length);
    }),
    { numRuns: 300 },
  );
});
