import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterUser } from '../tests/cluster/access.ts';
import { daemonSetPath } from './fixtures/api-client.ts';
import { onlyEntry, writeKubeconfig } from './fixtures/kubeconfig.ts';
import type { RealTestCluster } from './fixtures/real-test-cluster.ts';
import { SEEDED, createDaemonSet } from './fixtures/seed.ts';
import { type Clusters, expect, test } from './fixtures/test.ts';
import { CreatePage } from './pages/create-page.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

const USERS = [
  'namespace-user',
  'viewer',
  'nobody',
  'wrong-token',
  'exec-user',
] as const satisfies readonly ClusterUser[];
const TEAM = 'team-a';

/** A kubeconfig with a context for each limited user of the cluster alpha. */
async function kubeconfigOf({ alpha }: Clusters, folder: string): Promise<string> {
  const { real } = alpha as RealTestCluster;
  const entries = await Promise.all(
    USERS.map(async (user) => [user, onlyEntry(await readFile(real.users[user], 'utf8'))] as const),
  );
  return writeKubeconfig(join(folder, 'users'), Object.fromEntries(entries));
}

test.beforeEach(async ({ clusters, folder, launch }) => {
  await launch({ kubeconfigs: [await kubeconfigOf(clusters, folder)] });
});

test('who may only work in one namespace gets it at once, and types the names of others', async ({
  clusters,
  page,
}) => {
  const { api } = clusters.alpha;
  const ref = { namespace: TEAM, name: 'wren' };
  const path = daemonSetPath(ref.namespace, ref.name);
  await api.remove(path);
  await createDaemonSet(clusters.alpha, ref);
  const list = new DaemonSetList(page);
  await new Rail(page).open('namespace-user');
  await expect(list.names).toHaveText([ref.name]);
  await expect(list.row(ref.name)).toContainText('Rolled out');
  await expect(page.getByRole('complementary', { name: 'Context namespace-user' })).toContainText('nodes unknown');

  await page.getByRole('button', { name: `Namespaces: ${TEAM}` }).click();
  const picker = page.getByRole('group', { name: 'Namespaces' });
  await expect(picker.getByRole('checkbox', { name: 'All namespaces' })).toBeDisabled();
  await page.getByRole('textbox', { name: 'Namespace', exact: true }).fill(SEEDED.agent.namespace);
  await page.getByRole('textbox', { name: 'Namespace', exact: true }).press('Enter');
  await expect(picker.getByRole('checkbox', { name: SEEDED.agent.namespace })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toContainText(/daemonsets\.apps is forbidden.*"logging"/);
  await expect(list.row(ref.name), 'what may be read stays').toBeVisible();

  await list.row(ref.name).getByRole('link').click();
  const detail = new DetailPage(page);
  await detail.button('Redeploy').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Redeploy' }).click();
  await expect(detail.revision).toContainText('Revision 2', { timeout: 30_000 });
  await api.remove(path);
});

test('a reader sees everything, and each button that is not for them says which right is missing', async ({ page }) => {
  const list = new DaemonSetList(page);
  const { agent } = SEEDED;
  await new Rail(page).open('viewer');
  await expect(list.row(agent.name)).toBeVisible();
  await expect(list.create).toBeDisabled();
  await expect(list.create).toHaveAccessibleDescription(/may not create daemonsets\.apps/);
  await list.row(agent.name).getByRole('link').click();
  const detail = new DetailPage(page);
  await expect(detail.podRows.first()).toContainText('Running');
  const redeploy = page.getByRole('main').getByRole('button', { name: 'Redeploy' });
  const missing = (verb: string) => `may not ${verb} daemonsets.apps in namespace ${agent.namespace}`;
  await expect(redeploy).toHaveAttribute('aria-disabled', 'true');
  await expect(redeploy).toHaveAccessibleDescription(missing('patch'));
  await redeploy.click({ force: true });
  await expect(page.getByRole('dialog')).toBeHidden();
  await detail.more.click();
  const remove = page.getByRole('menuitem', { name: /^Delete…/ });
  await expect(remove).toBeDisabled();
  await expect(remove).toContainText(missing('delete'));
  await page.keyboard.press('Escape');
  await page.goto(page.url().replace(/#.*/, '#/c/viewer/create'));
  await expect(new CreatePage(page).heading).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: /^Create/ })).toHaveAccessibleDescription(
    /may not create daemonsets\.apps in namespace/,
  );
});

test('nobody is told the exact refusal, and may try a namespace', async ({ page }) => {
  await new Rail(page).open('nobody');
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('daemonsets.apps is forbidden: User "nobody" cannot list resource "daemonsets"');
  await expect(alert.getByRole('button', { name: 'Try again' })).toBeEnabled();
});

test('a token that the server does not know is refused as such', async ({ page }) => {
  const rail = new Rail(page);
  await rail.tile('wrong-token').click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/401|Unauthorized|credentials/);
  await rail.expectState('wrong-token', 'refused');
  await rail.open('viewer');
});
