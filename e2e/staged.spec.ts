import type { Locator } from '@playwright/test';
import { seriousFaults } from './fixtures/accessibility.ts';
import { type ApiClient, daemonSetPath, podPath } from './fixtures/api-client.ts';
import { createDaemonSet } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

const REF = { namespace: 'workshop', name: 'siskin' };
const HASH = 'controller-revision-hash';
const EDIT = { spec: { template: { metadata: { annotations: { 'example.test/edited': 'yes' } } } } };

/** How many pods of each revision stay. */
async function podsByHash(api: ApiClient): Promise<Readonly<Record<string, number>>> {
  const pods = await api.items(`${podPath(REF.namespace)}?labelSelector=app%3D${REF.name}`);
  const staying = pods.filter(({ metadata }) => !('deletionTimestamp' in metadata));
  const byHash = Map.groupBy(staying, ({ metadata }) => metadata.labels?.[HASH] ?? '');
  return Object.fromEntries([...byHash].map(([hash, those]) => [hash, those.length]));
}

async function fill(dialog: Locator, waveSize: string, seconds: string): Promise<void> {
  await dialog.getByRole('textbox', { name: 'Nodes per wave' }).fill(waveSize);
  await dialog.getByRole('textbox', { name: 'Time between waves' }).fill(seconds);
}

test('a staged rollout deletes old pods in waves, survives the kill of the host as held, and goes on by a click', async ({
  clusters,
  launch,
  page,
  problems,
}) => {
  test.setTimeout(180_000);
  problems.tolerate(/WebSocket connection to|ERR_CONNECTION_REFUSED/);
  const { api } = clusters.alpha;
  const path = daemonSetPath(REF.namespace, REF.name);
  await api.remove(path);
  await createDaemonSet(clusters.alpha, { ...REF, updateStrategy: { type: 'OnDelete' } });
  const isReady = async () => {
    const { desiredNumberScheduled = 0, numberReady = -1 } = (await api.get(path)).status ?? {};
    return Number(desiredNumberScheduled) > 0 && desiredNumberScheduled === numberReady;
  };
  await expect.poll(isReady, { timeout: 60_000 }).toBe(true);
  const [oldHash = ''] = Object.keys(await podsByHash(api));
  const total = (await podsByHash(api))[oldHash] ?? 0;
  await api.mergePatch(path, EDIT);

  const first = await launch();
  const detail = new DetailPage(page);
  const card = page.getByRole('region', { name: 'Staged rollout' });
  const dialog = page.getByRole('dialog', { name: `Staged rollout of ${REF.name}` });
  await new Rail(page).open('alpha');
  await page.goto(`${first.origin}/#/c/alpha/daemonsets/${REF.namespace}/${REF.name}`);

  await test.step('the waves are shown before anything is deleted', async () => {
    await expect(detail.revision).toContainText(`Old pods on ${total} nodes`);
    await detail.button('Staged rollout…').click();
    await fill(dialog, '1', '3600');
    await expect(dialog.getByRole('status')).toHaveText(`${total} nodes in ${total} waves, to revision 2.`);
    await expect(dialog).toContainText(`kubectl --context alpha -n ${REF.namespace} delete pod ${REF.name}-`);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await podsByHash(api)).toEqual({ [oldHash]: total });
  });

  await test.step('one wave is deleted, and the gate is waited for', async () => {
    await dialog.getByRole('button', { name: 'Start' }).click();
    await expect(card).toContainText(/All new pods of the wave are ready; they must stay so for \d+ s more/, {
      timeout: 60_000,
    });
    await expect(card).toContainText(`wave 1 of ${total}`);
    expect((await podsByHash(api))[oldHash]).toBe(total - 1);
    expect(await seriousFaults(page)).toEqual([]);
  });

  process.kill(first.host.pid, 'SIGKILL');
  await page.goto('about:blank');
  await launch({ dataDir: first.dataDir });
  await new Rail(page).open('alpha');

  await test.step('after the kill it is held, the list leads to it, and nothing goes on by itself', async () => {
    const notice = page.getByRole('region', { name: 'Staged rollouts' }).getByRole('listitem');
    await expect(notice).toContainText(
      `Staged rollout of ${REF.name} in ${REF.namespace} is held, 0 of ${total} nodes`,
    );
    await notice.getByRole('link', { name: `Show the staged rollout of ${REF.namespace}/${REF.name}` }).click();
    await expect(card.getByRole('status')).toHaveText('Everynode ended while this ran. It has done nothing since.');
    expect((await podsByHash(api))[oldHash]).toBe(total - 1);
    await card.getByRole('button', { name: 'Continue' }).click();
    await expect(card).toContainText(/they must stay so for \d+ s more/);
    await card.getByRole('button', { name: 'Hold' }).click();
    await expect(card.getByRole('status')).toHaveText('You held it.');
  });

  await test.step('held, it is rolled back: the template of before, and the pods as they are', async () => {
    await card.getByRole('button', { name: 'Roll back…' }).click();
    const rollback = page.getByRole('dialog', { name: `Roll back ${REF.name}` });
    await expect(rollback).toContainText('under OnDelete each is replaced when it is deleted');
    await rollback.getByRole('button', { name: 'Roll back' }).click();
    await expect(rollback).toBeHidden();
    expect(JSON.stringify((await api.get(path)).spec)).not.toContain('example.test/edited');
    await expect(detail.revision).toContainText('Old pods on 1 node');
    expect(await podsByHash(api)).toMatchObject({ [oldHash]: total - 1 });
    await api.mergePatch(path, EDIT);
    await expect(detail.revision).toContainText(`Old pods on ${total - 1} nodes`);
    await card.getByRole('button', { name: 'Stop' }).click();
    await card.getByRole('button', { name: 'Dismiss' }).click();
    await expect(card).toHaveCount(0);
  });

  await test.step('another one brings the rest', async () => {
    await detail.button('Staged rollout…').click();
    await fill(dialog, '50%', '1');
    await expect(dialog.getByRole('status')).toContainText(`${total - 1} nodes in`);
    await dialog.getByRole('button', { name: 'Start' }).click();
    await expect(card).toContainText('is done', { timeout: 90_000 });
    expect(Object.values(await podsByHash(api))).toEqual([total]);
    expect((await podsByHash(api))[oldHash]).toBeUndefined();
    await detail.expectCounts(total);
  });
  await api.remove(path);
});
