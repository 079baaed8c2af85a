import { isDeepStrictEqual } from 'node:util';
import type { Page } from '@playwright/test';
import { startDemoCluster } from '../src/demo/start-demo.ts';
import { FaultProxy } from '../tests/faults/fault-proxy.ts';
import { ApiClient, daemonSetPath } from './fixtures/api-client.ts';
import { writeKubeconfig } from './fixtures/kubeconfig.ts';
import { seedManifest } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

const NAMESPACE = 'workshop';
/** So few changes does a watch go back: what an outage misses of more is told by a relist alone. */
const WATCH_WINDOW = 20;
const name = (index: number) => `watcher-${String(index).padStart(3, '0')}`;

/** The texts of the rows that are on screen, with their places, and the scroll offset. */
async function view(
  page: Page,
  grid: string,
): Promise<{ readonly rows: Record<string, number>; readonly top: number }> {
  return page.getByRole('grid', { name: grid }).evaluate((element) => {
    const scroller = element.parentElement;
    if (scroller === null) throw new Error('the grid does not scroll');
    const box = scroller.getBoundingClientRect();
    const rows = [...element.querySelectorAll<HTMLElement>('[data-row]')].flatMap((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      const isSeen = bottom > box.top + 40 && top < box.bottom;
      const words = (row.querySelector('a') ?? row.querySelector('[role=gridcell]'))?.textContent ?? '';
      return isSeen ? [[words, Math.round(top)] as const] : [];
    });
    return { rows: Object.fromEntries(rows), top: scroller.scrollTop };
  });
}

/** The view once it has stood still: a drawer that opens moves the rows for some frames. */
async function settledView(page: Page, grid: string): ReturnType<typeof view> {
  let last = await view(page, grid);
  let same = 0;
  await expect
    .poll(async () => {
      const now = await view(page, grid);
      same = isDeepStrictEqual(now, last) ? same + 1 : 0;
      last = now;
      return same;
    })
    .toBeGreaterThan(2);
  return last;
}

/** From now on counts the frames in which the grid shows no row. */
async function watchForEmptiness(page: Page, grid: string): Promise<() => Promise<number>> {
  const element = await page.getByRole('grid', { name: grid }).elementHandle();
  if (element === null) throw new Error(`no grid ${grid}`);
  const counter = await element.evaluateHandle((root) => {
    const seen = { empty: 0, on: true };
    const look = () => {
      if (root.querySelector('[data-row]') === null) seen.empty += 1;
      if (seen.on) requestAnimationFrame(look);
    };
    look();
    return seen;
  });
  return () => counter.evaluate((seen) => seen.empty);
}

async function scrollTo(page: Page, grid: string, top: number): Promise<void> {
  await page.getByRole('grid', { name: grid }).evaluate((element, offset) => {
    if (element.parentElement) element.parentElement.scrollTop = offset;
  }, top);
}

test('a relist after an outage keeps the rows, the scroll position and the selection, with rows deleted above', async ({
  folder,
  launch,
  page,
}) => {
  const demo = await startDemoCluster({ nodes: 60, watchWindow: WATCH_WINDOW });
  const port = Number(new URL(demo.url).port);
  let relay = await FaultProxy.start(port);
  const listenOn = relay.port;
  const api = new ApiClient({ server: demo.url, token: demo.token });
  const outage = async (meanwhile: () => Promise<void>) => {
    const status = page.getByRole('contentinfo', { name: 'Status' });
    await relay.close();
    await expect(status.getByRole('status')).toHaveText(/^stale since \d\d:\d\d:\d\d$/);
    await meanwhile();
    relay = await FaultProxy.start(port, { listenOn });
    // By itself: a click would take the focus from the row.
    await expect(status.getByRole('status')).toHaveText('live', { timeout: 30_000 });
  };
  await api.create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  for (let index = 0; index < 120; index++) {
    const nodeSelector = { 'example.test/nowhere': 'yes' };
    await api.create(daemonSetPath(NAMESPACE), seedManifest({ namespace: NAMESPACE, name: name(index), nodeSelector }));
  }
  const entry = { cluster: { server: `http://127.0.0.1:${listenOn}` }, user: { token: demo.token } };
  const kubeconfig = await writeKubeconfig(`${folder}/kubeconfig`, { gamma: entry });
  const everynode = await launch({ kubeconfigs: [kubeconfig] });
  const list = new DaemonSetList(page);
  await new Rail(page).open('gamma');
  await list.filter.fill('watcher');
  await expect(list.row(name(0))).toBeVisible();

  await scrollTo(page, 'DaemonSets', 2000);
  await expect.poll(async () => Object.keys((await view(page, 'DaemonSets')).rows).length).toBeGreaterThan(5);
  const before = await settledView(page, 'DaemonSets');
  const shown = Object.keys(before.rows);
  const chosen = shown[3] ?? '';
  await list.row(chosen).focus();
  const emptyFrames = await watchForEmptiness(page, 'DaemonSets');
  await outage(async () => {
    for (let index = 0; index < 8; index++) await api.remove(daemonSetPath(NAMESPACE, name(index)));
    for (let change = 0; change < WATCH_WINDOW * 2; change++) {
      await api.mergePatch(daemonSetPath(NAMESPACE, name(119)), { metadata: { labels: { change: String(change) } } });
    }
  });
  await expect(page.getByText(/^112 of /)).toBeVisible();
  const after = await settledView(page, 'DaemonSets');
  expect(after.rows).toEqual(before.rows);
  expect(after.top).toBeLessThan(before.top);
  await expect(list.row(chosen)).toBeFocused();
  expect(await emptyFrames(), 'frames without a row').toBe(0);

  // The pods of one, with the containers of a pod in the middle open.
  await list.filter.fill('');
  const agent = { namespace: NAMESPACE, name: 'everywhere' };
  await api.create(daemonSetPath(NAMESPACE), seedManifest(agent));
  const detail = new DetailPage(page);
  await page.goto(`${everynode.origin}/#/c/gamma/daemonsets/${NAMESPACE}/everywhere`);
  const pathOfAgent = daemonSetPath(NAMESPACE, agent.name);
  const desired = async () => Number((await api.get(pathOfAgent)).status?.['desiredNumberScheduled'] ?? 0);
  await expect.poll(desired).toBeGreaterThan(20);
  await expect(detail.pods).toHaveAttribute('aria-rowcount', String((await desired()) + 1), { timeout: 30_000 });
  await scrollTo(page, 'Pods', 900);
  await expect.poll(async () => Object.keys((await view(page, 'Pods')).rows).length).toBeGreaterThan(3);
  const pods = await settledView(page, 'Pods');
  const pod = Object.keys(pods.rows)[2] ?? '';
  await detail.podRows.filter({ hasText: pod }).getByRole('gridcell').nth(1).click();
  await expect(detail.containers).toContainText(`Containers of ${pod}`);
  const withDrawer = await settledView(page, 'Pods');
  const noPods = await watchForEmptiness(page, 'Pods');
  await outage(async () => {
    for (let change = 0; change < WATCH_WINDOW * 2; change++) {
      const path = `/api/v1/namespaces/${NAMESPACE}/pods/${pod}`;
      await api.mergePatch(path, { metadata: { annotations: { change: String(change) } } });
    }
  });
  expect(await settledView(page, 'Pods')).toEqual(withDrawer);
  await expect(detail.podRows.filter({ hasText: pod })).toHaveAttribute('aria-selected', 'true');
  await expect(detail.containers).toContainText(`Containers of ${pod}`);
  expect(await noPods(), 'frames without a pod').toBe(0);

  await everynode.stop();
  await relay.close();
  await demo.close();
});
