import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/fakes/fake-clock.ts';
import { VISIBLE_AGAIN_MS, VISIBLE_FOR_MS } from '../shared/contract/visibility.ts';
import { Attention } from './attention.ts';
import { PageAttention } from './page-attention.ts';

function aPage() {
  const clock = new FakeClock();
  const page = new PageAttention();
  return { clock, page, cluster: new Attention() };
}

describe('the attention of a page', () => {
  it('is nothing until the page says that it is visible, then holds what it reads', () => {
    const { clock, page, cluster } = aPage();
    page.read(cluster);
    expect(cluster.held).toBe(false);
    page.report(true, clock);
    expect(cluster.held).toBe(true);
    page.report(false, clock);
    expect(cluster.held).toBe(false);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is held by what is read later, and until the last of several reads of one cluster ends', () => {
    const { clock, page, cluster } = aPage();
    page.report(true, clock);
    const first = page.read(cluster);
    const second = page.read(cluster);
    first();
    first();
    expect(cluster.held).toBe(true);
    second();
    expect(cluster.held).toBe(false);
  });

  it('holds the clusters apart', () => {
    const { clock, page, cluster } = aPage();
    const other = new Attention();
    page.report(true, clock);
    page.read(cluster);
    const end = page.read(other);
    end();
    expect([cluster.held, other.held]).toEqual([true, false]);
  });

  it('ends by itself when a page says it no more, and lasts while it does', async () => {
    const { clock, page, cluster } = aPage();
    page.read(cluster);
    page.report(true, clock);
    for (let turn = 0; turn < 10; turn++) {
      await clock.advance(VISIBLE_AGAIN_MS);
      page.report(true, clock);
    }
    await clock.advance(VISIBLE_FOR_MS - 1);
    expect(cluster.held).toBe(true);
    await clock.advance(1);
    expect(cluster.held).toBe(false);
    expect(page.visible).toBe(false);
  });

  it('counts two windows together', () => {
    const { clock, page, cluster } = aPage();
    const window = new PageAttention();
    page.read(cluster);
    window.read(cluster);
    page.report(true, clock);
    window.report(true, clock);
    page.report(false, clock);
    expect(cluster.held).toBe(true);
    window.end();
    expect(cluster.held).toBe(false);
  });

  it('is over with the page: nothing held, no timer, and a late word changes nothing', () => {
    const { clock, page, cluster } = aPage();
    page.read(cluster);
    page.report(true, clock);
    page.end();
    page.report(true, clock);
    expect(cluster.held).toBe(false);
    expect(clock.pendingTimers).toBe(0);
  });
});
