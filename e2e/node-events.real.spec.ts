import { seriousFaults } from './fixtures/accessibility.ts';
import { expect, test } from './fixtures/test.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

test('the page of a node tells its own events as they come', async ({ clusters, everynode, page }) => {
  const { api } = clusters.alpha;
  const [first = '', second = ''] = (await api.items('/api/v1/nodes')).map(({ metadata }) => metadata.name);
  const events = '/api/v1/namespaces/default/events';
  const tell = async (node: string, message: string) => {
    const name = `${node}.of-a-journey`;
    await api.remove(`${events}/${name}`);
    const now = new Date().toISOString();
    await api.create(events, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace: 'default' },
      involvedObject: { kind: 'Node', name: node, uid: node },
      reason: 'NodeHasDiskPressure',
      type: 'Warning',
      message,
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      source: { component: 'kubelet' },
    });
  };
  await new Rail(page).open('alpha');
  await page.goto(`${everynode.origin}/#/c/alpha/nodes/${first}`);
  await expect(new DetailPage(page).heading(first)).toBeVisible();
  await tell(second, 'another disk is full');
  await tell(first, 'the disk is full');
  const rows = page.getByRole('grid', { name: 'Events' }).getByRole('row');
  await expect(rows.filter({ hasText: 'NodeHasDiskPressure' })).toHaveText(/the disk is full/);
  await expect(rows.filter({ hasText: 'another disk' })).toHaveCount(0);
  expect(await seriousFaults(page)).toEqual([]);
  for (const node of [first, second]) await api.remove(`${events}/${node}.of-a-journey`);
  expect(everynode.host.stderr()).toBe('');
});
