import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { FakeCore, aDaemonSetRow } from '../testing/fake-core.ts';
import { FakeFrames, FakeTransport } from '../testing/fake-transport.ts';
import { LiveRegistry } from './live-registry.ts';

function setUp() {
  const core = new FakeCore();
  const clock = new FakeClock();
  const transport = new FakeTransport(core.client());
  const registry = new LiveRegistry({ client: transport.client, transport, clock, frames: new FakeFrames() });
  const list = (contextName: string) =>
    registry.rows(['daemonSets', contextName], (client, signal) =>
      client.daemonSet.watchList({ contextName, namespaces: 'all' }, { signal }),
    );
  return { core, clock, registry, list };
}

const nothing = () => {};

describe('the live reads of a page', () => {
  it('share one stream between all who read the same', async () => {
    const { core, clock, registry, list } = setUp();
    const first = list('prod').subscribe(nothing);
    const second = list('prod').subscribe(nothing);
    await clock.advance(0);
    expect(core.daemonSets.opened).toBe(1);
    const other = list('staging').subscribe(nothing);
    await clock.advance(0);
    expect(core.daemonSets.opened).toBe(2);
    first();
    await clock.advance(0);
    expect(core.daemonSets.openCount).toBe(2);
    second();
    other();
    await clock.advance(0);
    expect(core.daemonSets.openCount).toBe(0);
    expect(registry.openCount).toBe(0);
  });

  it('share it also when both are made before either is subscribed to, as in one render', async () => {
    const { core, clock, registry, list } = setUp();
    const [one, two] = [list('prod'), list('prod')];
    expect(two).toBe(one);
    const [first, second] = [one.subscribe(nothing), two.subscribe(nothing)];
    await clock.advance(0);
    expect(core.daemonSets.opened).toBe(1);
    first();
    second();
    await clock.advance(0);
    expect(core.daemonSets.openCount).toBe(0);
    expect(registry.openCount).toBe(0);
    expect(list('prod'), 'what has ended is not shown again').not.toBe(one);
  });

  it('keep the stream when a page leaves and another comes in one go', async () => {
    const { core, clock, list } = setUp();
    const leave = list('prod').subscribe(nothing);
    await clock.advance(0);
    leave();
    const again = list('prod').subscribe(nothing);
    await clock.advance(0);
    expect(core.daemonSets.opened).toBe(1);
    again();
    await clock.advance(0);
    expect(core.daemonSets.openCount).toBe(0);
  });

  it('know when the last item of a context came', async () => {
    const { core, clock, registry, list } = setUp();
    const end = list('prod').subscribe(nothing);
    await clock.advance(1000);
    expect(registry.lastItemAt('prod')).toBeUndefined();
    core.daemonSets.push({ type: 'full', state: { phase: 'live', since: 0 }, rows: [aDaemonSetRow('cilium')] });
    await clock.advance(0);
    expect(registry.lastItemAt('prod')).toBe(clock.now());
    expect(registry.lastItemAt('staging')).toBeUndefined();
    const cameAt = clock.now();
    await clock.advance(5000);
    const error = { reason: 'Unreachable', message: 'gone' } as const;
    const state = { phase: 'stale', since: 1, error } as const;
    core.daemonSets.push({ type: 'batch', state, upserted: [], deletedUids: [] });
    await clock.advance(0);
    expect(registry.lastItemAt('prod')).toBe(cameAt);
    end();
    await clock.advance(0);
  });
});
