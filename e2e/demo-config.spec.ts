import { expect, test } from './fixtures/test.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

test('in the demo cluster a Secret that is forbidden is said to be, beside what can be read', async ({
  launch,
  page,
}) => {
  const { origin } = await launch({ kubeconfigs: [], args: ['--demo'] });
  await new Rail(page).open('demo');
  await page.goto(`${origin}/#/c/demo/daemonsets/security/falco`);
  await expect(new DetailPage(page).heading('falco')).toBeVisible();
  await page.getByRole('tab', { name: 'Environment' }).click();
  const table = page.getByRole('table', { name: 'Environment of falco' });
  await expect(table.getByRole('row', { name: /^ALERTS_URL/ })).toContainText('https://alerts.example.com/falco');
  await expect(page.getByText(/Secret falco-alerts cannot be read/)).toBeVisible();
});
