import { daemonSetPath, podPath } from './fixtures/api-client.ts';
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

  // Names and the count move on while they are compared: both are read until they agree.
  const shownAndStored = async () => {
    const pods = await api.items(`${podPath(REF.namespace)}?labelSelector=app%3D${REF.name}`);
    const { updatedNumberScheduled } = (await api.get(path)).status ?? {};
    const names = await detail.podRows.getByRole('link', { name: new RegExp(`^${REF.name}-`) }).allInnerTexts();
    const shown = await detail.replicaStatus.getByRole('group', { name: / up to date$/ }).getAttribute('aria-label');
    const stale = await page.getByText(/stale since/).count();
    const isRight =
      JSON.stringify(names.toSorted()) === JSON.stringify(pods.map(({ metadata }) => metadata.name).toSorted()) &&
      shown === `${String(updatedNumberScheduled)} up to date`;
    return { isRight, stale };
  };
  await expect
    .poll(shownAndStored, { timeout: RIGHT_WITHIN_MS, intervals: [100] })
    .toEqual({ isRight: true, stale: 0 });
  await detail.expectCounts(clusters.alpha.nodes);
  await expect(detail.progress).toBeHidden();
  await api.remove(path);
});
