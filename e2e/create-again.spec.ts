import { seriousFaults } from './fixtures/accessibility.ts';
import { type ApiClient, daemonSetPath, podPath } from './fixtures/api-client.ts';
import { untilRolledOut } from './fixtures/rollout.ts';
import { AT_ONCE, createDaemonSet } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { Rail } from './pages/rail.ts';

const REF = { namespace: 'workshop', name: 'wagtail' };
const PATH = daemonSetPath(REF.namespace, REF.name);
const SELECTED = `?labelSelector=app%3D${REF.name}`;

async function uidsOf(api: ApiClient, path: string): Promise<readonly string[]> {
  return (await api.items(`${path}${SELECTED}`)).map(({ metadata }) => metadata.uid).toSorted();
}
const podsOf = (api: ApiClient) => uidsOf(api, podPath(REF.namespace));
const revisionsOf = (api: ApiClient) => uidsOf(api, `/apis/apps/v1/namespaces/${REF.namespace}/controllerrevisions`);

test('a deleted DaemonSet is created again: anew, or over the pods and revisions that Orphan left', async ({
  clusters,
  everynode,
  page,
}) => {
  test.setTimeout(180_000);
  const { api } = clusters.alpha;
  const list = new DaemonSetList(page);
  const notice = page.getByRole('region', { name: 'Deleted lately' });
  const dialog = page.getByRole('dialog', { name: `Create ${REF.name} again` });
  const confirm = dialog.getByRole('button', { name: 'Create again' });
  await api.remove(PATH);
  const first = await createDaemonSet(clusters.alpha, { ...REF, updateStrategy: AT_ONCE });
  await untilRolledOut(api, PATH);
  await new Rail(page).open('alpha');
  await list.filter.fill(REF.name);

  const deleteBy = async (policy: string) => {
    await list.choose(REF.name, 'Delete…');
    const deletion = page.getByRole('dialog', { name: `Delete ${REF.name}` });
    await deletion.getByRole('radio', { name: policy }).check();
    await deletion.getByRole('textbox', { name: `Type ${REF.name} to confirm` }).fill(REF.name);
    await deletion.getByRole('button', { name: 'Delete' }).click();
    await expect(notice).toContainText(`${REF.name} in ${REF.namespace}`);
  };
  const openAgain = async () => {
    await notice.getByRole('button', { name: `Create again ${REF.namespace}/${REF.name}` }).click();
    await expect(dialog).toContainText(`-n ${REF.namespace} create -f ${REF.name}.yaml`);
  };

  await test.step('after Foreground, once it is gone: a new object of the same spec with a history of its own', async () => {
    await deleteBy('Foreground');
    await openAgain();
    await expect(dialog.getByRole('status')).toContainText('A dry run passed', { timeout: 60_000 });
    expect(await api.exists(PATH)).toBe(false);
    expect(await seriousFaults(page)).toEqual([]);
    await confirm.click();
    await expect(dialog).toBeHidden();
    await expect(notice).toBeHidden();
    await expect(list.row(REF.name)).toBeVisible();
    await untilRolledOut(api, PATH);
    const again = await api.get(PATH);
    expect(again.metadata.uid).not.toBe(first.metadata.uid);
    expect({ ...again.metadata.labels, ...again.spec }).toEqual({ ...first.metadata.labels, ...first.spec });
    expect(await revisionsOf(api)).toHaveLength(1);
  });

  await test.step('after Orphan: its pods and revisions are adopted, and no pod is restarted', async () => {
    await api.mergePatch(PATH, { spec: { template: { metadata: { annotations: { 'example.test/edited': 'yes' } } } } });
    await expect.poll(() => revisionsOf(api)).toHaveLength(2);
    await untilRolledOut(api, PATH);
    const [pods, revisions] = [await podsOf(api), await revisionsOf(api)];
    await deleteBy('Orphan');
    await expect(list.row(REF.name)).toBeHidden();
    expect([await podsOf(api), await revisionsOf(api)]).toEqual([pods, revisions]);
    await openAgain();
    await expect(dialog).toContainText('adopts those that its selector matches');
    await expect(confirm).toBeEnabled();
    await page.keyboard.press('Tab');
    await confirm.press('Enter');
    await expect(list.row(REF.name)).toBeVisible();
    await untilRolledOut(api, PATH);
    expect([await podsOf(api), await revisionsOf(api)]).toEqual([pods, revisions]);
  });

  await test.step('a name that is taken by now is not overwritten', async () => {
    await deleteBy('Background');
    await expect.poll(() => podsOf(api), { timeout: 60_000 }).toEqual([]);
    const other = await createDaemonSet(clusters.alpha, REF);
    await openAgain();
    await expect(dialog).toContainText(`There is another DaemonSet ${REF.namespace}/${REF.name}`);
    await expect(confirm).toBeDisabled();
    await page.keyboard.press('Escape');
    expect((await api.get(PATH)).metadata.uid).toBe(other.metadata.uid);
    await notice.getByRole('button', { name: `Dismiss that ${REF.name} was deleted` }).click();
    await expect(notice).toBeHidden();
  });
  await api.remove(PATH);
  expect(everynode.host.stderr()).toBe('');
});
