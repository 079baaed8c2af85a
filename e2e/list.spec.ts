import { daemonSetPath } from './fixtures/api-client.ts';
import { HOSTILE_DESCRIPTION, SEEDED, UNHURRIED, createDaemonSet } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

const { agent, shipper, cni, gpu, probe } = SEEDED;
const SEEDED_NAMES = [agent.name, cni.name, gpu.name, probe.name, shipper.name];

test.beforeEach(async ({ everynode, page }) => {
  await new Rail(page).open('alpha');
  await page.goto(`${everynode.origin}/#/c/alpha/daemonsets?sel=e2e%3Dseed`);
  await expect(new DaemonSetList(page).names).toHaveText(SEEDED_NAMES);
});

test('columns are chosen, and the choice is remembered', async ({ page }) => {
  const list = new DaemonSetList(page);
  await expect(list.header('Images')).toBeVisible();
  await expect(list.header('Node selector')).toBeHidden();
  await page.getByRole('button', { name: 'Columns' }).click();
  for (const name of ['Namespace', 'Status', 'Desired', 'Ready', 'Up-to-date', 'Available', 'Images', 'Age']) {
    await expect(page.getByRole('menuitemcheckbox', { name, exact: true })).toBeChecked();
  }
  await page.getByRole('menuitemcheckbox', { name: 'Images' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Node selector' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Misscheduled' }).click();
  await page.keyboard.press('Escape');
  await expect(list.header('Images')).toBeHidden();
  await expect(await list.cell(gpu.name, 'Node selector')).toHaveText('example.test/gpu=yes');
  await expect(await list.cell(agent.name, 'Misscheduled')).toHaveText('0');

  await page.reload();
  await expect(list.row(agent.name)).toBeVisible();
  await expect(list.header('Node selector')).toBeVisible();
  await expect(list.header('Images')).toBeHidden();
});

test('in a narrow window less important columns give way, and come back with the room', async ({ page }) => {
  const list = new DaemonSetList(page);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Ready' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Current' }).click();
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1024, height: 700 });
  await expect(list.header('Available')).toBeHidden();
  // What the user added stays, and nothing stands beside the window.
  for (const name of ['Name', 'Namespace', 'Status', 'Desired', 'Current', 'Images']) {
    await expect(list.header(name)).toBeInViewport({ ratio: 1 });
  }
  await page.getByRole('button', { name: 'Columns' }).click();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Available no room now' })).toBeChecked();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Ready', exact: true })).not.toBeChecked();
  await page.keyboard.press('Escape');

  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(list.header('Available')).toBeVisible();
  await expect(list.header('Age')).toBeVisible();
  await expect(list.header('Ready')).toBeHidden();
});

test('the list is filtered as one types, by name, image and label', async ({ page }) => {
  const list = new DaemonSetList(page);
  await list.filter.pressSequentially('ship');
  await expect(list.names).toHaveText([shipper.name]);
  await expect(page.getByRole('status').filter({ hasText: '1 of 5' })).toBeVisible();
  await list.filter.fill('registry.test/cni');
  await expect(list.names).toHaveText([cni.name]);
  await list.filter.fill('tier=network gpu');
  await expect(list.names).toHaveText([gpu.name]);
  await list.filter.fill('no such thing');
  await expect(page.getByText('No DaemonSet matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filter and selector' }).click();
  await expect(list.row(agent.name)).toBeVisible();
});

test('the list is sorted by a column, up and down, and keeps it after a reload', async ({ page }) => {
  const list = new DaemonSetList(page);
  await list.sortBy('Name');
  await expect(list.names).toHaveText(SEEDED_NAMES.toReversed());
  await expect(list.header('Name')).toHaveAttribute('aria-sort', 'descending');
  await list.sortBy('Desired');
  await expect(list.names.first()).toHaveText(gpu.name);
  await list.sortBy('Desired');
  await expect(list.names.last()).toHaveText(gpu.name);
  await page.reload();
  await expect(list.names.last()).toHaveText(gpu.name);
});

test('a label selector is sent as kubectl takes it, and one that does not parse is said', async ({ page }) => {
  const list = new DaemonSetList(page);
  await list.labelSelector.fill('e2e=seed,tier in (logs),team!=two');
  await list.labelSelector.press('Enter');
  await expect(list.names).toHaveText([agent.name]);
  await expect(page).toHaveURL(/sel=e2e%3Dseed,/);

  await list.labelSelector.fill('tier in (logs');
  await expect(list.labelSelector).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('tooltip', { name: "expected: ',' or ')'" })).toBeVisible();
  await list.labelSelector.press('Enter');
  await expect(list.names).toHaveText([agent.name]);
});

test('several namespaces are read at once, and the choice is in the link', async ({ page }) => {
  const list = new DaemonSetList(page);
  await list.chooseNamespaces(agent.namespace, cni.namespace);
  await expect(list.names).toHaveText([agent.name, cni.name, gpu.name, shipper.name]);
  await expect(page.getByRole('status').filter({ hasText: 'in 2 namespaces' })).toBeVisible();
  await page.reload();
  await expect(list.names).toHaveText([agent.name, cni.name, gpu.name, shipper.name]);
  await list.chooseNamespaces(probe.namespace);
  await expect(list.names).toHaveText([probe.name]);
  await expect(page.getByRole('button', { name: `Namespaces: ${probe.namespace}` })).toBeVisible();
});

test('every row says its status and the counts of the server', async ({ clusters, page }) => {
  const list = new DaemonSetList(page);
  const { api } = clusters.alpha;
  await expect(list.row(agent.name)).toContainText('Rolled out', { timeout: 45_000 });
  await expect(list.row(shipper.name)).toContainText('Degraded', { timeout: 45_000 });
  await expect(list.row(shipper.name)).toContainText(/\d+ of \d+ available/);
  await expect(list.row(shipper.name)).toContainText(/crash/i);
  await expect(list.row(gpu.name)).toContainText('No nodes');
  await expect(list.row(gpu.name)).toContainText('no eligible node with example.test/gpu=yes');

  const { status } = await api.get(daemonSetPath(cni.namespace, cni.name));
  const old = Number(status?.['currentNumberScheduled']) - Number(status?.['updatedNumberScheduled'] ?? 0);
  expect(old).toBeGreaterThan(1);
  await expect(list.row(cni.name)).toContainText(`OnDelete: ${old} old pods`);

  const settled = (await api.get(daemonSetPath(agent.namespace, agent.name))).status ?? {};
  const columns = {
    Desired: 'desiredNumberScheduled',
    Ready: 'numberReady',
    'Up-to-date': 'updatedNumberScheduled',
    Available: 'numberAvailable',
  };
  for (const [column, field] of Object.entries(columns)) {
    await expect(await list.cell(agent.name, column)).toHaveText(String(settled[field]));
  }
});

test('long and hostile texts of a cluster are shown as text', async ({ page }) => {
  const list = new DaemonSetList(page);
  await expect(list.row(agent.name)).toContainText('Log agent');
  await expect(list.row(agent.name)).toContainText('<img src=x onerror=document.title=1>');
  await list.row(agent.name).getByRole('link').click();
  await expect(page.getByText(HOSTILE_DESCRIPTION)).toBeVisible();
  // By its tag: the drawn arrow of a field has the role of an image too.
  await expect(page.getByRole('main').locator('img')).toHaveCount(0);
  await expect(page).toHaveTitle(`${agent.name} · alpha · Everynode`);

  await page.goBack();
  await list.row(probe.name).getByRole('link').click();
  await expect(new DetailPage(page).heading(probe.name)).toBeVisible();
  // The name of a pod, made of the first 58 characters of its DaemonSet's, keeps its end on one line.
  const pod = new DetailPage(page).podRows.first().getByRole('link', { name: /^probe-/ });
  await expect(pod).toHaveAttribute('title', /^probe-[a-z0-9-]{52}[a-z0-9]{5}$/);
  expect((await pod.boundingBox())?.height).toBeLessThan(24);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
  expect(overflow, 'the page does not scroll sideways').toBeLessThanOrEqual(0);
});

test('rows come, change and go as the cluster changes; a row has its own menu', async ({ clusters, page }) => {
  const list = new DaemonSetList(page);
  const { api } = clusters.alpha;
  const ref = { namespace: 'workshop', name: 'plover' };
  const path = daemonSetPath(ref.namespace, ref.name);
  await api.remove(path);
  await createDaemonSet(clusters.alpha, {
    ...ref,
    nodeSelector: { 'example.test/nowhere': 'yes' },
    templateAnnotations: UNHURRIED,
  });
  await expect(list.row(ref.name)).toContainText('No nodes');
  await api.mergePatch(path, { spec: { template: { spec: { nodeSelector: null } } } });
  await expect(list.row(ref.name)).toContainText('Rolled out', { timeout: 45_000 });

  await list.choose(ref.name, 'Redeploy…');
  await page
    .getByRole('dialog', { name: `Redeploy ${ref.name}` })
    .getByRole('button', { name: 'Redeploy' })
    .click();
  await expect(list.row(ref.name)).toContainText('Progressing');

  await list.choose(ref.name, 'Delete…');
  const dialog = page.getByRole('dialog', { name: `Delete ${ref.name}` });
  await dialog.getByRole('textbox', { name: `Type ${ref.name} to confirm` }).fill(ref.name);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(list.row(ref.name)).toBeHidden();
  await expect.poll(() => api.exists(path)).toBe(false);
});
