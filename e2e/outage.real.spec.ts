import { type ApiObject, daemonSetPath, podPath } from './fixtures/api-client.ts';
import type { RealTestCluster } from './fixtures/real-test-cluster.ts';
import { createDaemonSet } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

const REF = { namespace: 'workshop', name: 'dunlin' };
/** From the moment at which the API server says that it is ready. */
const RIGHT_WITHIN_MS = 5000;

test('an API server that is killed in mid-rollout is said, and within 5 s of its return the page is right', async ({
  clusters,
  everynode,
  page,
}) => {
  test.setTimeout(180_000);
  const { real, api } = clusters.alpha as RealTestCluster;
  const path = daemonSetPath(REF.namespace, REF.name);
  await api.remove(path);
  await createDaemonSet(clusters.alpha, { ...REF, templateAnnotations: { 'everynode.test/ready-delay': '4s' } });
  const detail = new DetailPage(page);
  await new Rail(page).open('alpha');
  await page.goto(`${everynode.origin}/#/c/alpha/daemonsets/${REF.namespace}/${REF.name}`);
  await detail.expectCounts(clusters.alpha.nodes);
  await api.mergePatch(path, { spec: { template: { metadata: { annotations: { 'example.test/edited': 'yes' } } } } });
  await expect(detail.progress).toHaveAttribute('aria-valuenow', '1');

  await real.stopApiServer();
  await expect(page.getByText(/stale since/).first()).toBeVisible({ timeout: 20_000 });
  await expect(detail.progress).toBeVisible();
  await real.startApiServer();

  // All of it moves on while it is compared: both sides are read until they agree.
  const shownAndStored = async () => {
    const pods = await api.items(`${podPath(REF.namespace)}?labelSelector=app%3D${REF.name}`);
    const { updatedNumberScheduled } = (await api.get(path)).status ?? {};
    const names = await detail.podRows.getByRole('link', { name: new RegExp(`^${REF.name}-`) }).allInnerTexts();
    const upToDate = await detail.replicaStatus.getByRole('group', { name: / up to date$/ }).getAttribute('aria-label');
    const legend = await detail.mapLegend.getByRole('button').allInnerTexts();
    const budget = await detail.revision.getByRole('region', { name: 'Budget' }).allInnerTexts();
    const waits = await detail.revision
      .getByRole('region', { name: 'Why it waits' })
      .getByRole('strong')
      .allInnerTexts();
    const without = nodesWithoutReadyPod(pods, await api.items('/api/v1/nodes'));
    return {
      pods: same(names.toSorted(), pods.map(({ metadata }) => metadata.name).toSorted()),
      upToDate: upToDate === `${String(updatedNumberScheduled)} up to date`,
      map: readyOf(legend) === clusters.alpha.nodes - without.length,
      budget: spentOf(budget) === without.length,
      waits: waits.every((node) => without.includes(node)),
      stale: await page.getByText(/stale since/).count(),
    };
  };
  await expect
    .poll(shownAndStored, { timeout: RIGHT_WITHIN_MS, intervals: [100] })
    .toEqual({ pods: true, upToDate: true, map: true, budget: true, waits: true, stale: 0 });
  await detail.expectCounts(clusters.alpha.nodes);
  await expect(detail.progress).toBeHidden();
  await api.remove(path);
});

const same = (left: readonly string[], right: readonly string[]): boolean => left.join(' ') === right.join(' ');

/** Nodes of which the rollout waits: none of their pods is ready, or it is going. */
function nodesWithoutReadyPod(pods: readonly ApiObject[], nodes: readonly ApiObject[]): readonly string[] {
  const ready = new Set(pods.filter(isReady).map(({ spec }) => spec['nodeName']));
  return nodes.map(({ metadata }) => metadata.name).filter((name) => !ready.has(name));
}

function isReady({ metadata, status }: ApiObject): boolean {
  const conditions = (status?.['conditions'] ?? []) as readonly { readonly type: string; readonly status: string }[];
  const isLeaving = 'deletionTimestamp' in metadata;
  return !isLeaving && conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True');
}

/** "7 ready", "3 ready, old revision": all of them. */
function readyOf(legend: readonly string[]): number {
  return legend.map((words) => Number(/^(\d+)\s+ready/.exec(words)?.[1] ?? 0)).reduce((sum, count) => sum + count, 0);
}

/** "1 of 1 node (maxUnavailable) spent, by node-3"; 0 where no rollout runs any more. */
function spentOf(budget: readonly string[]): number {
  return Number(/(\d+) of \d+ nodes? \(maxUnavailable\) spent/.exec(budget.join(' '))?.[1] ?? 0);
}
