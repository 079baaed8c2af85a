import type { Locator } from '@playwright/test';
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

test('the Monitoring tab draws what the pods use, with the lines of request and limit, and has the figures as a table', async ({
  launch,
  page,
}) => {
  const { origin } = await launch({ kubeconfigs: [], args: ['--demo'] });
  await new Rail(page).open('demo');
  await page.goto(`${origin}/#/c/demo/daemonsets/monitoring/node-exporter/monitoring`);
  const rows = page.getByRole('grid', { name: 'CPU and memory by pod' }).getByRole('row');
  await expect(rows.filter({ hasText: /node-exporter-\w+.*\d+m.*\d+Mi/ }).first()).toBeVisible();
  await expect(page.getByText(/^2 samples since/)).toBeVisible({ timeout: 40_000 });
  const charts = page.getByRole('img', { name: /node-exporter|pods?/i });
  await expect(charts).toHaveCount(2);
  for (const chart of await charts.all()) await expect.poll(() => inkOf(chart)).toBeGreaterThan(300);
});

/** How many pixels of a chart have a colour, which its axes and grid do not. */
function inkOf(chart: Locator): Promise<number> {
  return chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let coloured = 0;
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.slice(at, at + 4);
      if (alpha > 128 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) coloured += 1;
    }
    return coloured;
  });
}
