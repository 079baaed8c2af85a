import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectMode } from '../../../../tests/fakes/expect-mode.ts';
import { StagedWorld } from '../../../../tests/fakes/staged-world.ts';
import { held } from '../../../shared/kubernetes/staged-step.ts';
import { PlanStore } from './plan-store.ts';

let folder: string;
let store: PlanStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'everynode-plans-'));
  store = new PlanStore(folder);
});
afterEach(() => rm(folder, { recursive: true }));

describe('plans on disk', () => {
  it('are read as they were written, whole, for their owner alone', async () => {
    const world = new StagedWorld([['a', 'b'], ['c']]);
    world.runAll();
    world.allReady();
    world.look();
    const plan = world.plan;
    expect(plan.gate).toBeDefined();
    await store.write(plan);
    expect(await store.read(plan.uid)).toEqual({ plan });
    expectMode(store.path(plan.uid), 0o600);
    const later = held(plan, 'You held it.');
    await Promise.all([store.write(plan), store.write(later)]);
    expect(await store.read(plan.uid)).toEqual({ plan: later });
    expect(await readdir(folder)).toEqual(['uid-agent.json']);
    expect(await store.uids()).toEqual(['uid-agent']);
    expect(await new PlanStore(join(folder, 'nowhere')).uids()).toEqual([]);
    await store.remove(plan.uid);
    expect(await store.read(plan.uid)).toBeUndefined();
  });

  it.each([
    ['half of one', '{"uid": "uid-1", "wav', 'is not whole JSON'],
    ['another thing', '{"uid": "uid-1"}', 'holds no plan of this DaemonSet'],
    ['the plan of another', JSON.stringify(new StagedWorld([['a']]).plan), 'holds no plan of this DaemonSet'],
  ])('say that %s is none', async (_, text, why) => {
    await writeFile(store.path('uid-1'), text);
    expect(await store.read('uid-1')).toEqual({ problem: expect.stringContaining(why) as string });
  });
});
