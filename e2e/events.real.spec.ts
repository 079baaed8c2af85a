import { seriousFaults } from './fixtures/accessibility.ts';
import type { ApiClient } from './fixtures/api-client.ts';
import { expect, test } from './fixtures/test.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

interface Warning {
  readonly namespace: string;
  readonly about: { readonly kind: string; readonly name: string; readonly uid: string; readonly namespace?: string };
  readonly reason: string;
  readonly message: string;
}

/** A warning as a kubelet writes it. Answers its path. */
async function warn(api: ApiClient, { namespace, about, reason, message }: Warning): Promise<string> {
  const events = `/api/v1/namespaces/${namespace}/events`;
  const name = `${about.name}.of-a-journey`;
  await api.remove(`${events}/${name}`);
  const now = new Date().toISOString();
  await api.create(events, {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: about,
    reason,
    type: 'Warning',
    message,
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
    source: { component: 'kubelet' },
  });
  return `${events}/${name}`;
}

test('the page of a node tells its own events as they come', async ({ clusters, everynode, page }) => {
  const { api } = clusters.alpha;
  const [first = '', second = ''] = (await api.items('/api/v1/nodes')).map(({ metadata }) => metadata.name);
  const tell = (node: string, message: string) =>
    warn(api, {
      namespace: 'default',
      about: { kind: 'Node', name: node, uid: node },
      reason: 'NodeHasDiskPressure',
      message,
    });
  await new Rail(page).open('alpha');
  await page.goto(`${everynode.origin}/#/c/alpha/nodes/${first}`);
  await expect(new DetailPage(page).heading(first)).toBeVisible();
  const paths = [await tell(second, 'another disk is full'), await tell(first, 'the disk is full')];
  const rows = page.getByRole('grid', { name: 'Events' }).getByRole('row');
  await expect(rows.filter({ hasText: 'NodeHasDiskPressure' })).toHaveText(/the disk is full/);
  await expect(rows.filter({ hasText: 'another disk' })).toHaveCount(0);
  expect(await seriousFaults(page)).toEqual([]);
  for (const path of paths) await api.remove(path);
  expect(everynode.host.stderr()).toBe('');
});

test('the Events page shows the warnings of the chosen namespaces live, in groups that count and lead to their objects', async ({
  clusters,
  everynode,
  page,
}) => {
  const { api } = clusters.alpha;
  const pods = await api.items('/api/v1/namespaces/logging/pods?labelSelector=app%3Dagent');
  const [one, two] = pods.map(({ metadata: { name, uid } }) => ({ kind: 'Pod', namespace: 'logging', name, uid }));
  if (one === undefined || two === undefined) throw new Error('the seeded agent has no two pods');
  const mount = (about: typeof one) =>
    warn(api, {
      namespace: 'logging',
      about,
      reason: 'FailedMount',
      message: `MountVolume.SetUp failed for volume "of-a-journey" of ${about.name}`,
    });

  await new Rail(page).open('alpha');
  await new DaemonSetList(page).chooseNamespaces('logging');
  await page.goto(`${everynode.origin}/#/c/alpha/events`);
  await expect(page.getByText('warnings of logging', { exact: true })).toBeVisible();
  const group = page.getByRole('grid', { name: 'Events' }).getByRole('row').filter({ hasText: 'of-a-journey' });
  await expect(group).toHaveCount(0);

  const paths = [await mount(one)];
  await expect(group).toContainText('FailedMount');
  await expect(group.getByRole('link', { name: one.name })).toHaveAttribute(
    'href',
    /\/daemonsets\/logging\/agent\?pod=/,
  );
  // Of another namespace, and of the same cause on another pod.
  paths.push(
    await warn(api, {
      namespace: 'network',
      about: { ...one, namespace: 'network' },
      reason: 'FailedMount',
      message: 'a volume of-a-journey elsewhere',
    }),
    await mount(two),
  );
  await expect(group).toContainText('2 Pods');
  await expect(group).toHaveCount(1);
  await group.getByText('FailedMount').click();
  const events = page.getByRole('list', { name: 'FailedMount: 2 events' });
  await expect(events.getByRole('listitem').filter({ hasText: two.name })).toBeVisible();
  await group.getByText('FailedMount').first().click();
  await expect(events).toBeHidden();
  await page.getByRole('textbox', { name: 'Filter events' }).fill(`of-a-journey ${two.name}`);
  await expect(group).toHaveCount(1);
  await expect(group).not.toContainText('2 Pods');
  expect(await seriousFaults(page)).toEqual([]);
  await group.getByRole('link', { name: two.name }).click();
  await expect(page.getByRole('dialog', { name: `Containers of ${two.name}` })).toBeVisible();
  for (const path of paths) await api.remove(path);
  expect(everynode.host.stderr()).toBe('');
});
