import { daemonSetPath } from './fixtures/api-client.ts';
import { writeKubeconfig } from './fixtures/kubeconfig.ts';
import { SEEDED } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';
import { FaultProxy } from '../tests/faults/fault-proxy.ts';

test('the rail shows every context of the kubeconfig, and contacts a cluster only when it is opened', async ({
  clusters,
  folder,
  launch,
  page,
}) => {
  const relays = await Promise.all(
    [clusters.alpha, clusters.beta].map((cluster) =>
      FaultProxy.start(Number(new URL(cluster.entry.cluster.server).port)),
    ),
  );
  const [toAlpha, toBeta] = relays;
  if (toAlpha === undefined || toBeta === undefined) throw new Error('two relays');
  const through = (relay: FaultProxy, server: string) => server.replace(/:\d+$/, `:${relay.port}`);
  const kubeconfig = await writeKubeconfig(`${folder}/kubeconfig`, {
    alpha: {
      ...clusters.alpha.entry,
      cluster: { ...clusters.alpha.entry.cluster, server: through(toAlpha, clusters.alpha.entry.cluster.server) },
    },
    beta: {
      ...clusters.beta.entry,
      cluster: { ...clusters.beta.entry.cluster, server: through(toBeta, clusters.beta.entry.cluster.server) },
    },
  });
  const everynode = await launch({ kubeconfigs: [kubeconfig] });
  const rail = new Rail(page);
  const list = new DaemonSetList(page);

  await expect(rail.tiles).toHaveCount(2);
  await rail.expectState('alpha', 'not connected');
  await rail.expectState('beta', 'not connected');

  // A link shows the place, and connects nothing.
  await page.goto(`${everynode.origin}/#/c/alpha/daemonsets`);
  await expect(page.getByText('alpha is not connected')).toBeVisible();
  expect(toAlpha.accepted).toBe(0);

  await page.getByRole('main').getByRole('button', { name: 'Open' }).click();
  await expect(list.row(SEEDED.agent.name)).toBeVisible();
  await rail.expectState('alpha', 'live');
  await rail.expectState('beta', 'not connected');
  expect(toAlpha.accepted).toBeGreaterThan(0);
  expect(toBeta.accepted, 'connections to the cluster that was not opened').toBe(0);

  await everynode.stop();
  await Promise.all(relays.map((relay) => relay.close()));
});

test('switches to a second cluster and back, with both live and each at its own place', async ({
  clusters,
  everynode,
  page,
}) => {
  const rail = new Rail(page);
  const list = new DaemonSetList(page);
  const detail = new DetailPage(page);

  await rail.open('alpha');
  await list.filter.fill('agent');
  await expect(page).toHaveURL(/#\/c\/alpha\/daemonsets\?.*q=agent/);
  await rail.open('beta');
  await expect(page.getByRole('complementary', { name: 'Context beta' })).toContainText(`${clusters.beta.nodes} nodes`);
  await list.row(SEEDED.gpu.name).getByRole('link').click();
  await expect(detail.heading(SEEDED.gpu.name)).toBeVisible();
  await rail.expectState('alpha', 'live');

  await page.keyboard.press('ControlOrMeta+1');
  await expect(list.filter).toHaveValue('agent');
  await expect(list.names).toHaveText([SEEDED.agent.name]);
  await expect(page.getByRole('complementary', { name: 'Context alpha' })).toContainText(
    `${clusters.alpha.nodes} nodes`,
  );
  await rail.expectState('beta', 'live');

  await page.keyboard.press('ControlOrMeta+2');
  await expect(detail.heading(SEEDED.gpu.name)).toBeVisible();
  await expect(page).toHaveURL(`${everynode.origin}/#/c/beta/daemonsets/${SEEDED.gpu.namespace}/${SEEDED.gpu.name}`);

  await page.reload();
  await expect(detail.heading(SEEDED.gpu.name)).toBeVisible();
  await rail.expectState('alpha', 'live');
  await rail.tile('alpha').click();
  await expect(list.filter).toHaveValue('agent');
});

test('a change that somebody else makes shows without a reload, also in the context in the background', async ({
  clusters,
  everynode,
  page,
}) => {
  const rail = new Rail(page);
  const list = new DaemonSetList(page);
  const path = daemonSetPath(SEEDED.agent.namespace, SEEDED.agent.name);
  const setAlias = (alias: string) =>
    clusters.alpha.api.mergePatch(path, { metadata: { annotations: { 'kubesphere.io/alias-name': alias } } });
  try {
    await rail.open('alpha');
    await expect(list.row(SEEDED.agent.name)).toContainText('Log agent');
    await setAlias('Renamed by a colleague');
    await expect(list.row(SEEDED.agent.name)).toContainText('Renamed by a colleague');

    await rail.open('beta');
    await setAlias('Renamed once more');
    await page.keyboard.press('ControlOrMeta+1');
    await expect(list.row(SEEDED.agent.name)).toContainText('Renamed once more');
    await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('live');
    expect(everynode.host.stdout().trim().split('\n')).toHaveLength(1);
  } finally {
    await setAlias('Log agent');
  }
});
