import type { Page } from '@playwright/test';
import type { StandInProcess } from '../tests/electron/stand-in-process.ts';
import type { UtilityFacts } from '../tests/electron/wire.ts';
import { expect, test } from './fixtures/test.ts';
import { standInOf } from './fixtures/electron-host-process.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

const DEMO_ONLY = { kubeconfigs: [] } as const;

const utilities = async (host: StandInProcess) =>
  (await host.ask({ ask: 'utility-processes' })) as readonly UtilityFacts[];

async function demoPid(host: StandInProcess): Promise<number> {
  const [demo, ...others] = await utilities(host);
  expect(others).toEqual([]);
  expect(demo).toMatchObject({ serviceName: 'Demo cluster', pid: expect.any(Number) });
  return demo?.pid ?? 0;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

async function openDemo(page: Page): Promise<DaemonSetList> {
  await page.getByRole('button', { name: 'Open the demo cluster' }).click();
  const list = new DaemonSetList(page);
  await expect.poll(() => list.names.count(), { timeout: 20_000 }).toBeGreaterThan(5);
  return list;
}

test('the demo cluster runs in a utility process, which ends with the application', async ({ launch, page }) => {
  const everynode = await launch(DEMO_ONLY);
  const host = standInOf(everynode);
  expect(await utilities(host)).toEqual([]);
  const list = await openDemo(page);
  const pid = await demoPid(host);
  expect(isRunning(pid)).toBe(true);

  await list.row('fluent-bit').getByRole('link', { name: 'fluent-bit' }).click();
  await expect(new DetailPage(page).heading('fluent-bit')).toBeVisible();
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('live');

  await everynode.stop();
  expect(isRunning(pid)).toBe(false);
});

test('a demo cluster that crashes is told in words, and can be started again', async ({ launch, page }) => {
  const host = standInOf(await launch(DEMO_ONLY));
  await openDemo(page);
  const first = await demoPid(host);
  process.kill(first, 'SIGKILL');
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('The demo cluster has ended by itself');
  await new Rail(page).expectState('demo', 'cannot be opened');

  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => new DaemonSetList(page).names.count(), { timeout: 20_000 }).toBeGreaterThan(5);
  const second = await demoPid(host);
  expect(second).not.toBe(first);

  // V8's own end comes as an `error` first, which would end the application if nobody listened.
  await host.ask({ ask: 'utility-fatal', serviceName: 'Demo cluster' });
  await expect(alert).toContainText('The demo cluster has ended by itself');
  await page.getByTitle('All contexts').click();
  await page.getByRole('button', { name: 'Open the demo cluster' }).click();
  await expect.poll(() => new DaemonSetList(page).names.count(), { timeout: 20_000 }).toBeGreaterThan(5);
});
