import { daemonSetPath } from './fixtures/api-client.ts';
import { createDaemonSet } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { Rail } from './pages/rail.ts';

const NAMESPACE = 'workshop';
const NAMES = ['curlew', 'dunlin', 'godwit'] as const;
const pathOf = (name: string) => daemonSetPath(NAMESPACE, name);

test('several are chosen, paused, resumed and deleted, each with its own outcome', async ({
  clusters,
  everynode,
  page,
}) => {
  const { alpha } = clusters;
  const { api } = alpha;
  const list = new DaemonSetList(page);
  const bar = page.getByRole('toolbar', { name: 'Selected DaemonSets' });
  const typeOf = async (name: string) =>
    ((await api.get(pathOf(name))).spec['updateStrategy'] as { readonly type: string }).type;
  const make = (name: string, type = 'RollingUpdate') =>
    createDaemonSet(alpha, { namespace: NAMESPACE, name, labels: { e2e: 'many' }, updateStrategy: { type } });
  for (const name of NAMES) await api.remove(pathOf(name));
  for (const name of NAMES) await make(name, name === 'godwit' ? 'OnDelete' : 'RollingUpdate');

  await new Rail(page).open('alpha');
  await page.goto(`${everynode.origin}/#/c/alpha/daemonsets?sel=e2e%3Dmany`);
  await expect(list.names).toHaveText([...NAMES]);
  await page.getByRole('checkbox', { name: 'Select all 3' }).check();
  await expect(bar).toContainText('3 selected');

  await test.step('pause leaves out the one that cannot be paused, and says why', async () => {
    await bar.getByRole('button', { name: 'Pause…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pause 3 DaemonSets' });
    await expect(dialog.getByRole('row', { name: /^godwit/ })).toContainText('the strategy is OnDelete already');
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByText('Pause: 2 of 3 done; 1 cannot be paused')).toBeVisible();
    for (const name of NAMES) expect(await typeOf(name)).toBe('OnDelete');
  });

  await test.step('resume brings them back', async () => {
    await expect(bar.getByRole('button', { name: /^Pause…/ })).toContainText('Nothing to pause');
    await page.getByRole('checkbox', { name: 'Select godwit' }).uncheck();
    await bar.getByRole('button', { name: 'Resume…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Resume 2 DaemonSets' });
    await dialog.getByRole('button', { name: 'Resume' }).click();
    await expect(page.getByText('Resume: 2 of 2 done')).toBeVisible();
    expect(await Promise.all(NAMES.map(typeOf))).toEqual(['RollingUpdate', 'RollingUpdate', 'OnDelete']);
  });

  await test.step('redeploy puts one annotation on the template of each, and changes nothing else', async () => {
    const two = ['curlew', 'dunlin'];
    const specOf = async (name: string) => (await api.get(pathOf(name))).spec;
    const before = await Promise.all(two.map(specOf));
    await bar.getByRole('button', { name: 'Redeploy…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Redeploy 2 DaemonSets' });
    await dialog.getByRole('button', { name: 'Redeploy' }).click();
    await expect(page.getByText('Redeploy: 2 of 2 done')).toBeVisible();
    for (const [index, name] of two.entries()) {
      const after = JSON.stringify(await specOf(name));
      const stamp = /"kubectl\.kubernetes\.io\/restartedAt":"(.*?)"/.exec(after)?.[1] ?? '';
      expect(Date.parse(stamp)).toBeGreaterThan(Date.now() - 60_000);
      expect(withoutRestart(JSON.parse(after))).toEqual(withoutRestart(before[index]));
    }
  });

  await test.step('both are rolled back to the revision before, as shown; nothing else of them changes', async () => {
    const templateOf = async (name: string) => JSON.stringify((await api.get(pathOf(name))).spec['template']);
    const two = ['curlew', 'dunlin'];
    const before = await Promise.all(two.map(templateOf));
    const revisions = `/apis/apps/v1/namespaces/${NAMESPACE}/controllerrevisions?labelSelector=app%20in%20(curlew,dunlin)`;
    const kept = 2 * two.length;
    await expect.poll(async () => (await api.items(revisions)).length).toBe(kept);
    for (const name of two) {
      await api.mergePatch(pathOf(name), { spec: { template: { metadata: { annotations: { season: 'winter' } } } } });
    }
    await expect.poll(async () => (await api.items(revisions)).length).toBe(kept + two.length);
    await bar.getByRole('button', { name: 'Revision rollback…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Roll back 2 DaemonSets' });
    await expect(dialog.getByRole('row', { name: /^curlew/ })).toContainText('#3 → #2: metadata.annotations');
    await expect(dialog).toContainText(
      `kubectl --context alpha -n ${NAMESPACE} rollout undo daemonset/dunlin --to-revision=2`,
    );
    await dialog.getByRole('button', { name: 'Roll back' }).click();
    await expect(page.getByText('Roll back: 2 of 2 done')).toBeVisible();
    expect(await Promise.all(two.map(templateOf))).toEqual(before);
  });

  await test.step('delete asks for the number; one that was made again is left alone, the other goes', async () => {
    await bar.getByRole('button', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete 2 DaemonSets' });
    await expect(dialog).toContainText(`kubectl --context alpha -n ${NAMESPACE} delete daemonset/dunlin`);
    await api.remove(pathOf('curlew'));
    await expect.poll(() => api.exists(pathOf('curlew'))).toBe(false);
    const { metadata } = await make('curlew');
    const confirm = dialog.getByRole('button', { name: 'Delete', exact: true });
    await expect(confirm).toBeDisabled();
    await dialog.getByRole('textbox', { name: 'Type delete 2 to confirm' }).fill('delete 2');
    await confirm.click();
    await expect(dialog.getByRole('status')).toHaveText('1 of 2 done, 1 failed');
    await expect(dialog.getByRole('row', { name: /^dunlin/ })).toContainText('Deleted');
    await expect(dialog.getByRole('row', { name: /^curlew/ })).toContainText('made again meanwhile');
    await dialog.getByRole('button', { name: 'Try again: curlew' }).click();
    await expect(dialog.getByRole('status')).toHaveText('1 of 2 done, 1 failed');
    expect((await api.get(pathOf('curlew'))).metadata.uid).toBe(metadata.uid);
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(list.row('dunlin')).toBeHidden();
    await expect.poll(() => api.exists(pathOf('dunlin'))).toBe(false);
  });

  await test.step('two at once', async () => {
    await page.getByRole('checkbox', { name: 'Select all 2' }).check();
    await bar.getByRole('button', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete 2 DaemonSets' });
    await dialog.getByRole('textbox', { name: 'Type delete 2 to confirm' }).fill('delete 2');
    await dialog.getByRole('textbox').press('Enter');
    await expect(dialog).toBeHidden();
    await expect(bar).toBeHidden();
    for (const name of NAMES) await expect.poll(() => api.exists(pathOf(name))).toBe(false);
    const offers = page.getByRole('region', { name: 'Deleted lately' });
    for (const name of NAMES)
      await expect(offers.getByRole('button', { name: `Create again ${NAMESPACE}/${name}` })).toBeVisible();
  });
  expect(everynode.host.stderr()).toBe('');
});

/** A spec without the annotations of its template. */
function withoutRestart(spec: unknown): unknown {
  return JSON.parse(JSON.stringify(spec), (key, value: unknown) => (key === 'annotations' ? undefined : value));
}
