import { Rail } from '../../e2e/pages/rail.ts';
import { CONTEXT, startBenchHost } from '../bench-host.ts';
import type { Bench, BenchRow, Figure } from '../bench-row.ts';
import { percentile } from '../bench-table.ts';
import { scrollPods } from '../scroll-pods.ts';
import { STORM } from '../storm-pod.ts';
import { startStorm } from '../storm.ts';

const ROWS_WITHIN_MS = 60_000;
const STORM_SECONDS = 8;
/** Two frames of 60 Hz, as the page's clock rounds them: no more than one is dropped. */
const TWO_FRAMES_MS = 33.4;

/** Scrolls the pods table in Chromium while nothing changes. */
export const scroll: BenchRow = {
  name: 'scroll',
  goal: 'scrolling 5,000 and 30,000 pods ≥ 50 frames/s',
  run: async (bench) => [...(await framesOf(bench, 5_000, 0)), ...(await framesOf(bench, 30_000, 0))],
};

/** The same while 2,000 watch events a second arrive. */
export const stormFrames: BenchRow = {
  name: 'storm-frames',
  goal: '5,000 pods under 2,000 events/s: frame p95 ≤ 33.4 ms, two frames',
  run: (bench) => framesOf(bench, 5_000, 2_000),
};

/** @throws Error when the pods are not all there within a minute */
export async function framesOf(bench: Bench, pods: number, perSecond: number): Promise<readonly Figure[]> {
  const browser = await bench.browser();
  const storm = await startStorm(pods);
  const host = await startBenchHost(bench, storm.entry);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(host.url);
    await new Rail(page).open(CONTEXT);
    await page.goto(`${new URL(host.url).origin}/#/c/${CONTEXT}/daemonsets/${STORM.namespace}/${STORM.name}`);
    await page.waitForFunction(
      (rows) => document.querySelector('[aria-label="Pods"][role="grid"]')?.getAttribute('aria-rowcount') === rows,
      String(pods + 1),
      { timeout: ROWS_WITHIN_MS },
    );
    const sending = perSecond > 0 ? storm.send({ do: 'modify', perSecond, seconds: STORM_SECONDS }) : undefined;
    const { fps, lengths } = await scrollPods(page);
    await sending;
    const p95 = {
      what: `frame p95, ${pods} pods, ${perSecond} events/s`,
      unit: 'ms',
      values: [percentile(lengths, 0.95)],
    };
    return [
      {
        what: `scrolling ${pods} pods, ${perSecond} events/s`,
        unit: 'frames/s',
        values: [fps],
        ...(perSecond > 500 ? {} : { goal: { atLeast: 50 } }),
      },
      perSecond > 500 ? { ...p95, goal: { atMost: TWO_FRAMES_MS } } : p95,
      { what: `longest frame, ${pods} pods, ${perSecond} events/s`, unit: 'ms', values: [Math.max(...lengths)] },
    ];
  } finally {
    await context.close();
    await host.stop();
    await storm.stop();
  }
}
