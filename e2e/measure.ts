import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type Page, chromium } from '@playwright/test';
import { buildStale } from '../scripts/build/build-stale.ts';
import { ensureChromium } from '../scripts/chromium.ts';
import { daemonSetPath } from './fixtures/api-client.ts';
import { startDemoTestCluster } from './fixtures/demo-test-cluster.ts';
import { writeKubeconfig } from './fixtures/kubeconfig.ts';
import { startServerHost } from './fixtures/server-host-process.ts';
import type { TestCluster } from './fixtures/test-cluster.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

const HELP = `node scripts/run.mjs measure

Measures what the issue gives figures for, on the demo cluster in headless Chromium:
the JavaScript of the first paint, the time from the start of the server host to the first rows
in the page, and frames per second while the table of 5,000 pods scrolls.
`;

const STARTS = 5;
const NODES = 5_000;
const SCROLL_MS = 4_000;
const PODS_WITHIN_MS = 120_000;
const tell = (line: string) => process.stderr.write(`${line}\n`);

interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly rule: string;
  readonly holds: boolean;
}

async function main(): Promise<void> {
  await buildStale(tell);
  const executablePath = ensureChromium(tell);
  const folder = await mkdtemp(join(tmpdir(), 'everynode-measure-'));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const figures = [...(await measureSmall(browser, folder)), ...(await measureLarge(browser, folder))];
    process.stdout.write(table(figures));
    process.exitCode = figures.every(({ holds }) => holds) ? 0 : 1;
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureSmall(browser: Browser, folder: string): Promise<readonly Figure[]> {
  const cluster = await startDemoTestCluster(24);
  try {
    const kubeconfig = await writeKubeconfig(join(folder, 'small'), { small: cluster.entry });
    const script = (await sentScript(browser, folder, kubeconfig)) / 1000;
    const times: number[] = [];
    for (let start = 0; start < STARTS; start += 1) times.push(await firstRowsMs(browser, folder, kubeconfig));
    const first = median(times);
    return [
      {
        what: 'JavaScript until the first rows, gzipped as sent',
        measured: `${script.toFixed(1)} kB`,
        rule: '≤ 180 kB',
        holds: script <= 180,
      },
      {
        what: `start of the server host to first rows (median of ${STARTS}: ${times.join(', ')})`,
        measured: `${Math.round(first)} ms`,
        rule: '≤ 1000 ms',
        holds: first <= 1_000,
      },
    ];
  } finally {
    await cluster.stop();
  }
}

/** Bytes of JavaScript as sent, from a cold page to its first rows. */
async function sentScript(browser: Browser, folder: string, kubeconfig: string): Promise<number> {
  const { host } = await startHost(folder, kubeconfig);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const sizes: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      if (!new URL(request.url()).pathname.endsWith('.js')) return;
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await page.goto(host.url);
    await new Rail(page).tile('small').click();
    await new DaemonSetList(page).names.first().waitFor();
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  } finally {
    await context.close();
    await host.stop();
  }
}

/** From the start of the host's process; the page is cold, and its context is clicked in the moment in which it is there. */
async function firstRowsMs(browser: Browser, folder: string, kubeconfig: string): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(openAtOnce);
  const startedAt = Date.now();
  const { host } = await startHost(folder, kubeconfig);
  try {
    await page.goto(host.url, { waitUntil: 'commit' });
    const rowsAt = await page.waitForFunction(() => document.documentElement.dataset['rowsAt']);
    return Number(await rowsAt.jsonValue()) - startedAt;
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
      const tile = document.querySelector<HTMLElement>('nav[aria-label="Contexts"] button[aria-label^="small, "]');
      tile?.click();
      clicked = tile !== null;
    } else if (document.querySelector('[role="grid"][aria-label="DaemonSets"] a') !== null) {
      observer.disconnect();
      document.documentElement.dataset['rowsAt'] = String(Date.now());
    }
  });
  observer.observe(document, { childList: true, subtree: true });
}

async function measureLarge(browser: Browser, folder: string): Promise<readonly Figure[]> {
  const cluster = await startDemoTestCluster(NODES);
  try {
    const kubeconfig = await writeKubeconfig(join(folder, 'large'), { large: cluster.entry });
    const { namespace, name, pods } = await widest(cluster);
    const { host, origin } = await startHost(folder, kubeconfig);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    try {
      const page = await context.newPage();
      await page.goto(host.url);
      await new Rail(page).open('large');
      await page.goto(`${origin}/#/c/large/daemonsets/${namespace}/${name}`);
      const grid = new DetailPage(page).pods;
      await page.waitForFunction(
        (least) =>
          Number(document.querySelector('[aria-label="Pods"][role="grid"]')?.getAttribute('aria-rowcount')) > least,
        pods * 0.99,
        { timeout: PODS_WITHIN_MS },
      );
      const rows = Number(await grid.getAttribute('aria-rowcount')) - 1;
      const { fps, longestMs } = await scroll(page);
      return [
        {
          what: `scrolling a table of ${rows} pods (longest frame ${Math.round(longestMs)} ms)`,
          measured: `${fps.toFixed(1)} frames/s`,
          rule: '≥ 50 frames/s',
          holds: fps >= 50 && rows >= NODES * 0.9,
        },
      ];
    } finally {
      await context.close();
      await host.stop();
    }
  } finally {
    await cluster.stop();
  }
}

/** A DaemonSet that runs on every node, made for this. */
async function widest(cluster: TestCluster) {
  const namespace = 'default';
  const name = 'everywhere';
  await cluster.api.create(daemonSetPath(namespace), {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          tolerations: [{ operator: 'Exists' }],
          containers: [{ name: 'main', image: 'registry.test/everywhere:1' }],
        },
      },
    },
  });
  const deadline = performance.now() + PODS_WITHIN_MS;
  for (;;) {
    const { status } = await cluster.api.get(daemonSetPath(namespace, name));
    const desired = Number(status?.['desiredNumberScheduled'] ?? 0);
    // All pods run, so that the table is what a user scrolls, and not a rollout.
    if (desired > 0 && Number(status?.['numberAvailable'] ?? 0) === desired) return { namespace, name, pods: desired };
    if (performance.now() > deadline) throw new Error(`not rolled out: ${JSON.stringify(status)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Scrolls by 90 px a frame, down and up again, and counts the frames that were drawn. */
function scroll(page: Page): Promise<{ readonly fps: number; readonly longestMs: number }> {
  return page.evaluate(async (durationMs) => {
    let scroller = document.querySelector('[aria-label="Pods"][role="grid"]')?.parentElement;
    while (scroller && scroller.scrollHeight <= scroller.clientHeight) scroller = scroller.parentElement;
    if (!scroller) throw new Error('the pods table does not scroll');
    const target = scroller;
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const startedAt = await nextFrame();
    let last = startedAt;
    let frames = 0;
    let longestMs = 0;
    while (last - startedAt < durationMs) {
      target.scrollTop += last - startedAt < durationMs / 2 ? 90 : -90;
      const now = await nextFrame();
      longestMs = Math.max(longestMs, now - last);
      last = now;
      frames += 1;
    }
    return { fps: (frames * 1000) / (last - startedAt), longestMs };
  }, SCROLL_MS);
}

async function startHost(folder: string, kubeconfig: string) {
  const home = await mkdtemp(join(folder, 'home-'));
  const dataDir = join(home, 'data');
  await mkdir(dataDir, { mode: 0o700 });
  const host = await startServerHost({
    args: ['--data-dir', dataDir, '--kubeconfig', kubeconfig],
    env: { HOME: home },
  });
  return { host, origin: new URL(host.url).origin };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function table(figures: readonly Figure[]): string {
  const lines = figures.map(
    ({ what, measured, rule, holds }) =>
      `${holds ? 'holds ' : 'BROKEN'}  ${measured.padStart(16)}  ${rule.padEnd(14)}  ${what}`,
  );
  const cores = cpus().length;
  return [`Measured on ${cores} cores, Node ${process.versions.node}:`, ...lines, ''].join('\n');
}

if (process.argv.includes('--help')) process.stdout.write(HELP);
else await main();
