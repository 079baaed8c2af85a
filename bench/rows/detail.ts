import type { Page } from '@playwright/test';
import { Rail } from '../../e2e/pages/rail.ts';
import { CONTEXT, startBenchHost } from '../bench-host.ts';
import type { Bench, BenchRow, Figure } from '../bench-row.ts';
import { STORM } from '../storm-pod.ts';
import { type Storm, startStorm } from '../storm.ts';
import { framesOf } from './frames.ts';

const PODS = 5_000;
const WITHIN_MS = 60_000;

/** From the click on a name in the list to the page of that DaemonSet. */
export const detail: BenchRow = {
  name: 'detail',
  goal: 'page of a DaemonSet with 5,000 pods: first content ≤ 300 ms, complete ≤ 1 s',
  run: async (bench) => {
    const storm = await startStorm(PODS);
    try {
      const opened: Opened[] = [];
      for (let time = 0; time < (bench.quick ? 3 : 7); time += 1) opened.push(await openOnce(bench, storm));
      return [
        figure('click to its counts', 300, opened, ({ countsMs }) => countsMs),
        figure('click to the first rows of pods', undefined, opened, ({ rowsMs }) => rowsMs),
        figure('click to all of its pods', undefined, opened, ({ podsMs }) => podsMs),
        figure('click to all of its nodes on the map', undefined, opened, ({ mapMs }) => mapMs),
        figure('click to the whole of it', 1_000, opened, ({ podsMs, mapMs }) => Math.max(podsMs, mapMs)),
      ];
    } finally {
      await storm.stop();
    }
  },
};

/** Scrolling the same page while its pods change. */
export const detailStorm: BenchRow = {
  name: 'detail-storm',
  goal: '500 pod events a second keep the page at ≥ 50 frames/s',
  run: (bench) => framesOf(bench, PODS, 500),
};

interface Opened {
  readonly countsMs: number;
  readonly rowsMs: number;
  readonly podsMs: number;
  readonly mapMs: number;
}

function figure(
  what: string,
  atMost: number | undefined,
  opened: readonly Opened[],
  of: (each: Opened) => number,
): Figure {
  const goal = atMost === undefined ? {} : { goal: { atMost } };
  return { what: `${PODS} pods: ${what}`, unit: 'ms', values: opened.map(of), ...goal };
}

/** In a new host and a new tab, so that nothing of it was read before. */
async function openOnce(bench: Bench, storm: Storm): Promise<Opened> {
  const browser = await bench.browser();
  const host = await startBenchHost(bench, storm.entry);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(host.url);
    await new Rail(page).open(CONTEXT);
    const link = page.getByRole('grid', { name: 'DaemonSets' }).getByRole('link', { name: STORM.name, exact: true });
    await link.waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(watchPage, PODS);
    await link.click();
    return await answered(page);
  } finally {
    await context.close();
    await host.stop();
  }
}

async function answered(page: Page): Promise<Opened> {
  const handle = await page.waitForFunction(() => document.documentElement.dataset['opened'], undefined, {
    timeout: WITHIN_MS,
  });
  return JSON.parse(String(await handle.jsonValue())) as Opened;
}

/** Runs in the page: each figure is the first frame, counted from the click, that shows it. */
function watchPage(pods: number): void {
  let clickedAt = 0;
  document.addEventListener('click', () => (clickedAt = performance.now()), { capture: true, once: true });
  const at: Record<string, number> = {};
  const isThere: Readonly<Record<string, () => boolean>> = {
    countsMs: () => document.querySelector(`[role="group"][aria-label="${pods} ready"]`) !== null,
    rowsMs: () => document.querySelector('[role="grid"][aria-label="Pods"] [role="gridcell"]') !== null,
    podsMs: () =>
      document.querySelector('[role="grid"][aria-label="Pods"]')?.getAttribute('aria-rowcount') === String(pods + 1),
    mapMs: () =>
      document
        .querySelector('[aria-label="Legend of the node map"]')
        ?.textContent.replace(/\s/g, '')
        .startsWith(`${pods.toLocaleString('en')}ready`) === true,
  };
  const look = (): void => {
    for (const [name, sees] of Object.entries(isThere)) {
      if (clickedAt > 0 && at[name] === undefined && sees()) at[name] = performance.now() - clickedAt;
    }
    if (Object.keys(at).length === Object.keys(isThere).length)
      document.documentElement.dataset['opened'] = JSON.stringify(at);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
