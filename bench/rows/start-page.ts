import { SCRIPT_KB_UNTIL_ROWS, firstRows, noteFirstRows } from '../../e2e/fixtures/first-rows.ts';
import { startDemoTestCluster } from '../../e2e/fixtures/demo-test-cluster.ts';
import type { TestCluster } from '../../e2e/fixtures/test-cluster.ts';
import { startBenchHost } from '../bench-host.ts';
import type { Bench, BenchRow } from '../bench-row.ts';

/** From nothing to DaemonSets on screen: cold with the host's start, warm with the host and the browser's cache there. */
export const startPage: BenchRow = {
  name: 'start',
  goal: 'warm start to first rows in Chromium ≤ 600 ms',
  run: async (bench) => {
    const cluster = await startDemoTestCluster(24);
    try {
      const cold: number[] = [];
      const warm: number[] = [];
      const script: number[] = [];
      for (let time = 0; time < (bench.quick ? 3 : 7); time++) {
        const run = await startTwice(bench, cluster);
        cold.push(run.coldMs);
        warm.push(run.warmMs);
        script.push(run.scriptKb);
      }
      return [
        {
          what: 'JavaScript until the first rows, as sent',
          unit: 'kB',
          values: script,
          goal: { atMost: SCRIPT_KB_UNTIL_ROWS },
        },
        { what: 'cold: start of the host to first rows', unit: 'ms', values: cold, goal: { atMost: 1000 } },
        { what: 'warm: opening the page to first rows', unit: 'ms', values: warm, goal: { atMost: 600 } },
      ];
    } finally {
      await cluster.stop();
    }
  },
};

interface Start {
  readonly coldMs: number;
  readonly warmMs: number;
  /** Of the cold start. */
  readonly scriptKb: number;
}

async function startTwice(bench: Bench, cluster: TestCluster): Promise<Start> {
  const browser = await bench.browser();
  const context = await browser.newContext();
  const page = await context.newPage();
  await noteFirstRows(page);
  await page.addInitScript(openAtOnce);
  const host = await startBenchHost(bench, cluster.entry);
  try {
    await page.goto(host.url, { waitUntil: 'commit' });
    const cold = await firstRows(page);
    await page.goto('about:blank');
    const startedAt = Date.now();
    // The tab's session lets it in again; its context is chosen anew.
    await page.goto(new URL(host.url).origin, { waitUntil: 'commit' });
    const warm = await firstRows(page);
    return { coldMs: cold.at - host.startedAt, warmMs: warm.at - startedAt, scriptKb: cold.scriptKb };
  } finally {
    await context.close();
    await host.stop();
  }
}

/** Runs in the page. */
function openAtOnce(): void {
  const observer = new MutationObserver(() => {
    const tile = document.querySelector<HTMLElement>('nav[aria-label="Contexts"] button[aria-label^="bench, "]');
    if (tile === null) return;
    observer.disconnect();
    tile.click();
  });
  observer.observe(document, { childList: true, subtree: true });
}
