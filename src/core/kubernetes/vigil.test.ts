import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { Attention } from '../attention.ts';
import { startVigil } from './vigil.ts';

function aVigil() {
  const clock = new FakeClock();
  const attention = new Attention();
  const at: number[] = [];
  const begun = clock.now();
  const vigil = startVigil({ clock, attention, limitMs: 14_000, onSilent: () => at.push(clock.now() - begun) });
  return { clock, attention, vigil, at };
}

describe('a vigil', () => {
  it('tells of silence at its limit, and again after each further one', async () => {
    const { clock, attention, at } = aVigil();
    attention.hold();
    await clock.advance(45_000);
    expect(at).toEqual([14_000, 28_000, 42_000]);
  });

  it('begins anew with everything that is heard', async () => {
    const { clock, attention, vigil, at } = aVigil();
    attention.hold();
    await clock.advance(10_000);
    vigil.touch();
    await clock.advance(13_999);
    expect(at).toEqual([]);
    await clock.advance(1);
    expect(at).toEqual([24_000]);
  });

  it('has no timer while nobody looks, and tells at once of a silence that somebody comes back to', async () => {
    const { clock, attention, at } = aVigil();
    await clock.advance(60_000);
    expect([at, clock.pendingTimers]).toEqual([[], 0]);
    const leave = attention.hold();
    await clock.advance(0);
    expect(at).toEqual([60_000]);
    leave();
    await clock.advance(60_000);
    expect([at, clock.pendingTimers]).toEqual([[60_000], 0]);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const { clock, attention, vigil, at } = aVigil();
    attention.hold();
    vigil.stop();
    attention.hold();
    await clock.advance(60_000);
    expect([at, clock.pendingTimers]).toEqual([[], 0]);
  });
});
