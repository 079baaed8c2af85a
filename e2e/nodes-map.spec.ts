import { seriousFaults } from './fixtures/accessibility.ts';
import { type ApiClient, daemonSetPath } from './fixtures/api-client.ts';
import { createDaemonSet } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

const REF = { namespace: 'workshop', name: 'ruff' };
const POND = 'everynode.test/pond';
const QUIET = { key: 'everynode.test/quiet', effect: 'NoSchedule' };

async function label(api: ApiClient, node: string, value: string | null): Promise<void> {
  await api.mergePatch(`/api/v1/nodes/${node}`, { metadata: { labels: { [POND]: value } } });
}

test('each node of a DaemonSet is on the map and in the Nodes tab, with its pod or the reason why it has none', async ({
  clusters,
  everynode,
  page,
}) => {
  const { api } = clusters.alpha;
  const path = daemonSetPath(REF.namespace, REF.name);
  const names = (await api.items('/api/v1/nodes')).map(({ metadata }) => metadata.name);
  // Only nodes that nothing else stands against.
  const free = (await api.items('/api/v1/nodes')).filter(({ spec }) => spec['taints'] === undefined);
  const [first = '', second = '', third = ''] = free.map(({ metadata }) => metadata.name);
  await api.remove(path);
  await label(api, first, 'north');
  await label(api, second, 'north');
  await label(api, third, 'south');
  await createDaemonSet(clusters.alpha, { ...REF, nodeSelector: { [POND]: 'north' } });
  const detail = new DetailPage(page);
  await new Rail(page).open('alpha');
  await page.goto(`${everynode.origin}/#/c/alpha/daemonsets/${REF.namespace}/${REF.name}`);
  await detail.expectCounts(2);

  await test.step('the map says by keys what is on each node', async () => {
    await expect(detail.nodeKind('2 ready')).toBeVisible();
    await expect(detail.nodeKind(`${names.length - 2} excluded`)).toBeVisible();
    await detail.nodeMap.focus();
    await page.keyboard.press('Home');
    await expect(detail.nodeCell).toHaveAttribute('aria-setsize', String(names.length));
    const heard = new Set<string>();
    for (let index = 0; index < names.length; index += 1) {
      await expect(detail.nodeCell).toHaveAttribute('aria-posinset', String(index + 1));
      heard.add((await detail.nodeCell.getAttribute('aria-label'))?.split(', ')[0] ?? '');
      await page.keyboard.press('ArrowRight');
    }
    expect([...heard].toSorted()).toEqual(names.toSorted());
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFaults(page), colorScheme).toEqual([]);
    }
  });

  await test.step('Enter shows the pods of one node alone, Escape those of all', async () => {
    await detail.nodeKind('2 ready').click();
    await expect(detail.nodeMap).toBeFocused();
    const name = (await detail.nodeCell.getAttribute('aria-label'))?.split(', ')[0] ?? '';
    expect([first, second]).toContain(name);
    await expect(page.getByRole('tooltip', { name })).toContainText(/^\S+Runspod ruff-\w+, revision #1$/);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`\\?node=${name}$`));
    await expect(detail.podRows).toHaveCount(1);
    await expect(detail.podRows).toContainText(name);
    await page.keyboard.press('Escape');
    await expect(detail.podRows).toHaveCount(2);
  });

  await test.step('a click on a cell does the same, and its button lets go of it', async () => {
    await detail.nodeMap.focus();
    await detail.nodeKind(`${names.length - 2} excluded`).click();
    const name = (await detail.nodeCell.getAttribute('aria-label'))?.split(', ')[0] ?? '';
    const box = await detail.nodeCell.boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
    await expect(page.getByText(`No pod on ${name}`)).toBeVisible();
    await detail.button(`On ${name}: show the pods of all nodes`).click();
    await expect(detail.podRows).toHaveCount(2);
  });

  await test.step('the reason of exclusion leads to its nodes', async () => {
    const card = page.getByRole('region', { name: `Why ${names.length - 2} nodes are excluded` });
    await card.getByRole('link', { name: `nodeSelector ${POND}=north is not met`, exact: true }).click();
    await expect(detail.nodeRow(third)).toContainText(`nodeSelector wants ${POND}=north, node has ${POND}=south`);
    await expect(detail.nodeRow(first)).toHaveCount(0);
  });

  await test.step('the table shows every node, grouped by a label', async () => {
    await page.getByRole('combobox', { name: 'Show nodes' }).click();
    await page.getByRole('option', { name: `All nodes (${names.length})` }).click();
    await expect(detail.nodes).toHaveAttribute('aria-rowcount', String(names.length + 1));
    await page.getByRole('combobox', { name: 'Group nodes by' }).fill(POND);
    await page.getByRole('option', { name: POND }).click();
    await expect(detail.nodes.getByRole('rowheader').first()).toHaveText('north · 2 nodes');
    await expect(detail.nodeRow(first)).toContainText(/Runs.*ruff-.*#1/);
    expect(await seriousFaults(page)).toEqual([]);
  });

  await test.step('a taint that comes later makes a pod one that should not run, and its removal undoes it', async () => {
    await api.mergePatch(`/api/v1/nodes/${first}`, { spec: { taints: [QUIET] } });
    await expect(detail.nodeRow(first)).toContainText('Runs, should not');
    await expect(detail.nodeRow(first)).toContainText(`untolerated taint ${QUIET.key}:NoSchedule; its pod may stay`);
    await page.getByRole('tab', { name: 'Resource status' }).click();
    await expect(detail.nodeKind('1 should not run')).toBeVisible();
    await api.mergePatch(`/api/v1/nodes/${first}`, { spec: { taints: null } });
    await expect(detail.nodeKind('2 ready')).toBeVisible();
  });

  await Promise.all([first, second, third].map((node) => label(api, node, null)));
  await api.remove(path);
});
