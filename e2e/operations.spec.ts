import { at, records } from '../src/shared/kubernetes/json-fields.ts';
import { type ApiClient, daemonSetPath, podPath } from './fixtures/api-client.ts';
import { untilRolledOut } from './fixtures/rollout.ts';
import { AT_ONCE, createDaemonSet } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

test.use({ actionTimeout: 15_000 });

const NAMESPACE = 'workshop';
const IMAGE = 'registry.test/finch';
const pathOf = (name: string) => daemonSetPath(NAMESPACE, name);

test('images are set from a row and on several rows, and a pod is deleted or evicted from its own menu', async ({
  clusters,
  everynode,
  page,
}) => {
  test.setTimeout(180_000);
  const { api } = clusters.alpha;
  const names = ['siskin', 'serin'] as const;
  const labels = { e2e: 'operations' };
  for (const name of names) await api.remove(pathOf(name));
  for (const name of names)
    await createDaemonSet(clusters.alpha, {
      namespace: NAMESPACE,
      name,
      labels,
      updateStrategy: AT_ONCE,
      image: `${IMAGE}:1`,
    });
  for (const name of names) await untilRolledOut(api, pathOf(name));
  const imageIn = async (where: ApiClient, name: string) => {
    const [container] = records(at((await where.get(pathOf(name))).spec, 'template', 'spec', 'containers'));
    return container?.['image'];
  };
  const imageOf = (name: string) => imageIn(api, name);
  const dialog = page.getByRole('dialog');
  const tag = dialog.getByRole('combobox', { name: 'Tag of main' });

  await new Rail(page).open('alpha');
  await page.goto(`${everynode.origin}/#/c/alpha/daemonsets?sel=e2e%3Doperations`);
  const list = new DaemonSetList(page);
  await expect(list.names).toHaveText(['serin', 'siskin']);

  await test.step('of one, with a change cause that the revision keeps', async () => {
    await list.choose('siskin', 'Set image…');
    await tag.fill('2');
    await dialog.getByRole('textbox', { name: 'Change cause (optional)' }).fill('the leak is mended');
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await expect(dialog).toContainText(`set image daemonset/siskin main=${IMAGE}:2`);
    expect(await imageOf('siskin')).toBe(`${IMAGE}:1`);
    await dialog.getByRole('button', { name: 'Set image' }).click();
    await expect(dialog).toBeHidden();
    expect(await imageOf('siskin')).toBe(`${IMAGE}:2`);
    await untilRolledOut(api, pathOf('siskin'));
  });

  await test.step('of several, whose tags differ', async () => {
    await page.getByRole('checkbox', { name: 'Select all 2' }).check();
    await page
      .getByRole('toolbar', { name: 'Selected DaemonSets' })
      .getByRole('button', { name: /^Set image/ })
      .click();
    await expect(dialog.getByRole('combobox', { name: 'Image of main' })).toHaveValue(IMAGE);
    await tag.fill('3');
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await expect(dialog.getByRole('status')).toHaveText('2 of 2 checked');
    await dialog.getByRole('button', { name: 'Set image' }).click();
    await expect(page.getByText('Set image: 2 of 2 done')).toBeVisible();
    expect(await Promise.all(names.map(imageOf))).toEqual([`${IMAGE}:3`, `${IMAGE}:3`]);
    for (const name of names) await untilRolledOut(api, pathOf(name));
  });

  await test.step('of several in another open cluster too, where one of them is not there', async () => {
    const { api: other } = clusters.beta;
    for (const name of names) await other.remove(pathOf(name));
    await createDaemonSet(clusters.beta, { namespace: NAMESPACE, name: 'serin', labels, image: 'registry.test/old:1' });
    await new Rail(page).open('beta');
    await new Rail(page).tile('alpha').click();
    await expect(list.names).toHaveText(['serin', 'siskin']);
    await page.getByRole('checkbox', { name: 'Select all 2' }).check();
    await page
      .getByRole('toolbar', { name: 'Selected DaemonSets' })
      .getByRole('button', { name: /^Set image/ })
      .click();
    await dialog.getByRole('checkbox', { name: 'beta' }).check();
    await expect(dialog).toContainText('2 different images · in 3 of 4');
    await tag.fill('4');
    await expect(dialog).toContainText('Each keeps its own repository.');
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await expect(dialog.getByRole('status')).toHaveText('3 of 4 checked, 1 failed');
    await expect(dialog.getByRole('row', { name: /^siskin.*beta/ })).toContainText(/not found/i);
    await expect(dialog).toContainText(
      `kubectl --context beta -n ${NAMESPACE} set image daemonset/serin main=registry.test/old:4`,
    );
    expect(await imageIn(other, 'serin')).toBe('registry.test/old:1');
    await dialog.getByRole('button', { name: 'Set image' }).click();
    await expect(dialog.getByRole('status')).toHaveText('3 of 3 done');
    await expect(dialog.getByRole('row', { name: /^siskin.*beta/ })).toContainText(/not found/i);
    expect(await Promise.all(names.map(imageOf))).toEqual([`${IMAGE}:4`, `${IMAGE}:4`]);
    expect(await imageIn(other, 'serin')).toBe('registry.test/old:4');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await other.remove(pathOf('serin'));
    for (const name of names) await untilRolledOut(api, pathOf(name));
  });

  await page.goto(`${everynode.origin}/#/c/alpha/daemonsets/${NAMESPACE}/siskin`);
  const detail = new DetailPage(page);
  const pods = async () =>
    (await api.items(`${podPath(NAMESPACE)}?labelSelector=app%3Dsiskin`)).map((pod) => pod.metadata);
  for (const [item, verb] of [
    ['Delete…', 'Delete'],
    ['Evict…', 'Evict'],
  ] as const) {
    await test.step(`a pod: ${verb}`, async () => {
      const [pod] = await pods();
      const { name, uid } = pod ?? { name: '', uid: '' };
      await page.getByRole('textbox', { name: 'Filter pods' }).fill(name);
      await detail.podRows.getByRole('button', { name: `Actions for ${name}` }).click();
      await page.getByRole('menuitem', { name: item }).click();
      const question = page.getByRole('dialog', { name: `${verb} ${name}` });
      await expect(question).toContainText(verb === 'Delete' ? `delete pod/${name}` : `/pods/${name}/eviction`);
      await question.getByRole('button', { name: verb, exact: true }).click();
      await expect(question).toBeHidden();
      await expect.poll(async () => (await pods()).some((each) => each.uid === uid)).toBe(false);
      await page.getByRole('textbox', { name: 'Filter pods' }).fill('');
      await untilRolledOut(api, pathOf('siskin'));
    });
  }

  await test.step('the journal has each of them', async () => {
    await page.goto(`${everynode.origin}/#/journal`);
    const rows = page.getByRole('grid', { name: 'Journal' }).getByRole('row');
    for (const act of ['set image', 'delete pod', 'evict pod'])
      await expect(rows.filter({ hasText: act }).first()).toContainText('done');
  });
  for (const name of names) await api.remove(pathOf(name));
  expect(everynode.host.stderr()).toBe('');
});
