import type { Page } from '@playwright/test';
import { daemonSetPath } from './fixtures/api-client.ts';
import { untilRolledOut } from './fixtures/rollout.ts';
import { AT_ONCE, CRASHES, createDaemonSet } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

test.use({ actionTimeout: 15_000, permissions: ['notifications'] });

const REF = { namespace: 'workshop', name: 'wheatear' };

test('a watched rollout tells of its end and of crashing pods, from any place of the page, and a click leads to it', async ({
  clusters,
  everynode: _,
  page,
}) => {
  const { api } = clusters.alpha;
  const path = daemonSetPath(REF.namespace, REF.name);
  await api.remove(path);
  await createDaemonSet(clusters.alpha, { ...REF, updateStrategy: AT_ONCE });
  await page.evaluate(recordNotifications);
  await new Rail(page).open('alpha');
  const list = new DaemonSetList(page);
  await list.filter.fill(REF.name);
  await list.row(REF.name).click();
  const detail = new DetailPage(page);
  await expect(detail.button('Redeploy')).toBeEnabled();
  await expect(detail.heading(REF.name)).toBeVisible();
  await detail.button('Watch rollout').click();
  await expect(detail.button('Watch rollout')).toHaveAttribute('aria-pressed', 'true');

  await test.step('it ends while another place is shown, and the notification leads back', async () => {
    await page
      .getByRole('navigation', { name: 'Resources' })
      .getByRole('link', { name: /^Events/ })
      .click();
    await expect(page.getByRole('heading', { name: 'Events', level: 1 })).toBeVisible();
    await api.mergePatch(path, { spec: { template: { metadata: { annotations: { 'example.test/turn': '1' } } } } });
    await expectTold(page, `${REF.name} is rolled out`);
    await page.evaluate(clickLastNotification);
    await expect(detail.heading(REF.name)).toBeVisible();
  });

  await test.step('its pods begin to crash', async () => {
    await api.mergePatch(path, { spec: { template: { metadata: { annotations: CRASHES } } } });
    await expectTold(page, `Pods of ${REF.name} crash`);
  });

  await test.step('after it is switched off nothing more is told', async () => {
    await detail.button('Watch rollout').click();
    await expect(detail.button('Watch rollout')).toHaveAttribute('aria-pressed', 'false');
    const before = await toldTitles(page);
    const healed = Object.fromEntries(Object.keys(CRASHES).map((key) => [key, null]));
    await api.mergePatch(path, { spec: { template: { metadata: { annotations: healed } } } });
    await untilRolledOut(api, path);
    const { status } = await api.get(path);
    await detail.expectCounts(Number(status?.['desiredNumberScheduled']));
    expect(await toldTitles(page)).toEqual(before);
  });
  await api.remove(path);
});

/** Runs in the page: notifications go to the desktop as ever, and are kept to be looked at. */
function recordNotifications(): void {
  const told: Notification[] = [];
  const Own = globalThis.Notification;
  globalThis.Notification = class extends Own {
    constructor(title: string, options?: NotificationOptions) {
      super(title, options);
      told.push(this);
    }
  };
  Object.assign(globalThis, { told });
}

function toldTitles(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    (globalThis as unknown as { told: readonly Notification[] }).told.map(({ title }) => title),
  );
}

function clickLastNotification(): void {
  (globalThis as unknown as { told: readonly Notification[] }).told.at(-1)?.dispatchEvent(new Event('click'));
}

async function expectTold(page: Page, title: string): Promise<void> {
  await expect.poll(() => toldTitles(page), { timeout: 90_000 }).toContain(title);
}
