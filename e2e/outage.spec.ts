import { FaultProxy } from '../tests/faults/fault-proxy.ts';
import { daemonSetPath } from './fixtures/api-client.ts';
import { writeKubeconfig } from './fixtures/kubeconfig.ts';
import { SEEDED, seedManifest } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { Rail } from './pages/rail.ts';

test('an API server that goes away is said with its cause and time; the rows stay, and are true again when it is back', async ({
  clusters,
  folder,
  launch,
  page,
}) => {
  const { entry } = clusters.alpha;
  const port = Number(new URL(entry.cluster.server).port);
  const relay = await FaultProxy.start(port);
  const server = entry.cluster.server.replace(/:\d+$/, `:${relay.port}`);
  const kubeconfig = await writeKubeconfig(`${folder}/kubeconfig`, {
    alpha: { ...entry, cluster: { ...entry.cluster, server } },
    beta: clusters.beta.entry,
  });
  const everynode = await launch({ kubeconfigs: [kubeconfig] });
  const rail = new Rail(page);
  const list = new DaemonSetList(page);
  const status = page.getByRole('contentinfo', { name: 'Status' });
  await rail.open('beta');
  await rail.open('alpha');
  await expect(list.row(SEEDED.agent.name)).toBeVisible();

  await relay.goDown();
  await expect(status.getByRole('status')).toHaveText(/^stale since \d\d:\d\d:\d\d$/);
  await expect(status).toContainText('refuses the connection');
  await expect(rail.tile('alpha')).toHaveAccessibleName(/^alpha, stale since/);
  await rail.expectState('beta', 'live');
  await expect(list.row(SEEDED.agent.name)).toBeVisible();

  const made = { namespace: SEEDED.agent.namespace, name: 'made-meanwhile' };
  await clusters.alpha.api.create(daemonSetPath(made.namespace), seedManifest(made));
  await relay.comeBack();
  await status.getByRole('button', { name: 'Reconnect now' }).click();
  await expect(status.getByRole('status')).toHaveText('live');
  await expect(list.row(made.name)).toBeVisible();
  await expect(list.row(SEEDED.agent.name)).toBeVisible();

  await clusters.alpha.api.remove(daemonSetPath(made.namespace, made.name));
  await expect(list.row(made.name)).toHaveCount(0);
  await everynode.stop();
  await relay.close();
});
