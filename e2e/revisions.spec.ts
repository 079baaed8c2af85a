import { seriousFaults } from './fixtures/accessibility.ts';
import { daemonSetPath } from './fixtures/api-client.ts';
import { createDaemonSet } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

test.use({ actionTimeout: 15_000 });

const REF = { namespace: 'workshop', name: 'redstart' };
const CAUSE = 'kubernetes.io/change-cause';

test('the revisions of a DaemonSet are compared, one is rolled back to, and the limit of old ones is changed', async ({
  clusters,
  everynode: _,
  page,
}) => {
  const { api } = clusters.alpha;
  const path = daemonSetPath(REF.namespace, REF.name);
  await api.remove(path);
  const made = await createDaemonSet(clusters.alpha, REF);
  await new Rail(page).open('alpha');
  const list = new DaemonSetList(page);
  await list.filter.fill(REF.name);
  await list.row(REF.name).click();
  await page.getByRole('tab', { name: 'Revision records' }).click();
  const detail = new DetailPage(page);
  const dialog = page.getByRole('dialog');
  const compared = dialog.locator('[data-ready="true"]');

  await test.step('the first one is alone, and a change of the template makes another that comes by itself', async () => {
    await expect(detail.revisionRow(1)).toContainText('current');
    await expect(page.getByText(/^Only the current revision is kept/)).toBeVisible();
    await api.mergePatch(path, {
      metadata: { annotations: { [CAUSE]: 'an annotation more' } },
      spec: { template: { metadata: { annotations: { 'example.test/later': 'yes' } } } },
    });
    await expect(detail.revisionRow(2)).toContainText('current');
    await expect(detail.revisionRow(2)).toContainText('an annotation more');
    expect(await seriousFaults(page)).toEqual([]);
  });

  await test.step('two are compared', async () => {
    await page.getByRole('checkbox', { name: 'Compare revision 1' }).check();
    await page.getByRole('checkbox', { name: 'Compare revision 2' }).check();
    await detail.button('Compare').click();
    await expect(dialog.getByText('metadata.annotations', { exact: true })).toBeVisible();
    await expect(compared.getByText('example.test/later').first()).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFaults(page), colorScheme).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  });

  await test.step('the first one is rolled back to, under the next number', async () => {
    await detail.button('Roll back to revision 1').click();
    await expect(dialog.getByText(/^Restarts \d+ pods?, /)).toBeVisible();
    await expect(dialog.getByText(/rollout undo daemonset\/redstart --to-revision=1$/)).toBeVisible();
    expect(await seriousFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Roll back', exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await expect(detail.revisionRow(3)).toContainText('current');
    await expect(detail.revisionRow(1)).toHaveCount(0);
    const template = (object: { readonly spec?: unknown }) => (object.spec as { readonly template: unknown }).template;
    expect(template(await api.get(path))).toEqual(template(made));
  });

  await test.step('the menu proposes the one before, and the limit deletes it', async () => {
    await detail.choose('Revision rollback');
    await expect(dialog.getByRole('combobox', { name: 'To revision' })).toHaveValue(/^#2 · an annotation more/);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Change limit…' }).click();
    await dialog.getByRole('textbox', { name: 'Old revisions that are kept' }).fill('0');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(/the limit is 0 old ones beside the current/)).toBeVisible();
    await expect(detail.revisionRow(2)).toHaveCount(0, { timeout: 60_000 });
  });
  await api.remove(path);
});
