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
        { what: 'JavaScript until the first rows, as sent', unit: 'kB', values: script, goal: { atMost: 180 } },
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
  await page.addInitScript(openAtOnce);
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (!new URL(request.url()).pathname.endsWith('.js')) return;
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  const host = await startBenchHost(bench, cluster.entry);
  const rowsAt = async () => {
    const handle = await page.waitForFunction(() => document.documentElement.dataset['rowsAt']);
    return Number(await handle.jsonValue());
  };
  try {
    await page.goto(host.url, { waitUntil: 'commit' });
    const coldMs = (await rowsAt()) - host.startedAt;
    const scriptKb = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000;
    await page.goto('about:blank');
    const startedAt = Date.now();
    // The tab's session lets it in again; its context is chosen anew.
    await page.goto(new URL(host.url).origin, { waitUntil: 'commit' });
    return { coldMs, warmMs: (await rowsAt()) - startedAt, scriptKb };
  } finally {
    await context.close();
    await host.stop();
  }
}

/** Runs in the page. */
function openAtOnce(): void {
  let clicked = false;
  const observer = new MutationObserver(() => {
    if (!clicked) {
      const tile = document.querySelector<HTMLElement>('nav[aria-label="Contexts"] button[aria-label^="bench, "]');
      tile?.click();
      clicked = tile !== null;
    } else if (document.querySelector('[role="grid"][aria-label="DaemonSets"] a') !== null) {
      observer.disconnect();
      document.documentElement.dataset['rowsAt'] = String(Date.now());
    }
  });
  observer.observe(document, { childList: true, subtree: true });
}
