import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { seriousFaults } from './fixtures/accessibility.ts';
import { daemonSetPath } from './fixtures/api-client.ts';
import { ENV_VALUE, SEEDED } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

const { namespace: NAMESPACE, name: NAME } = SEEDED.agent;
const KUBECTL = `kubectl --context alpha -n ${NAMESPACE}`;

test('what was changed stands in the journal, the newest first, with its kubectl command', async ({
  clusters,
  everynode,
  page,
}) => {
  const { alpha } = clusters;
  const path = daemonSetPath(NAMESPACE, NAME);
  const detail = new DetailPage(page);
  const grid = page.getByRole('grid', { name: 'Journal' });
  const rows = grid.getByRole('row').filter({ hasText: `DaemonSet ${NAMESPACE}/${NAME}` });

  await test.step('before the first change it is empty, with no context open', async () => {
    await page.goto(`${everynode.origin}/#/`);
    await page.getByRole('link', { name: 'Journal' }).click();
    await expect(page.getByText('Nothing was changed yet')).toBeVisible();
    expect(await seriousFaults(page)).toEqual([]);
  });

  await test.step('a pause, a resume and a redeploy are made', async () => {
    await new Rail(page).open('alpha');
    await page.goto(`${everynode.origin}/#/c/alpha/daemonsets/${NAMESPACE}/${NAME}`);
    await expect(detail.heading(NAME)).toBeVisible();
    await confirm(page.getByRole('dialog'), 'Pause', () => detail.choose('Pause…'));
    await expect(page.getByLabel('Facts')).toContainText('StrategyOnDelete');
    await confirm(page.getByRole('dialog'), 'Resume', () => detail.choose('Resume…'));
    await expect(page.getByLabel('Facts')).toContainText('StrategyRollingUpdate');
    await confirm(page.getByRole('dialog'), 'Redeploy', () => detail.button('Redeploy').click());
  });

  await test.step('the sidebar leads to them', async () => {
    await page.getByRole('link', { name: 'Journal' }).click();
    await expect(page).toHaveURL(/#\/journal\?context=alpha$/);
    await expect(rows).toHaveText([/restart.*done/, /resume.*done/, /pause.*done/]);
    await expect(rows.first().getByRole('link')).toHaveAttribute('href', `#/c/alpha/daemonsets/${NAMESPACE}/${NAME}`);
    expect(await seriousFaults(page)).toEqual([]);
  });

  await test.step('by the keyboard an entry opens: its command, what it changed, no value of a variable', async () => {
    await rows.first().focus();
    await page.keyboard.press('Enter');
    const restart = page.getByRole('region', { name: `restart DaemonSet ${NAMESPACE}/${NAME}` });
    await expect(restart).toContainText(`${KUBECTL} rollout restart daemonset/${NAME}`);
    await expect(restart.getByRole('row', { name: /^kubectl\.kubernetes\.io\/restartedAt/ })).toBeVisible();
    await rows.first().press('ArrowDown');
    await expect(rows.nth(1)).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(restart).toBeHidden();
    const pause = page.getByRole('region', { name: `pause DaemonSet ${NAMESPACE}/${NAME}` });
    const patch = `'{"spec":{"updateStrategy":{"type":"OnDelete"}}}'`;
    await expect(pause).toContainText(`${KUBECTL} patch daemonset/${NAME} --type=merge -p ${patch}`);
    await expect(
      pause.getByRole('row', { name: 'spec.updateStrategy.type RollingUpdate OnDelete', exact: true }),
    ).toBeVisible();
    await pause.getByText('After', { exact: true }).last().click();
    await expect(pause).toContainText('[redacted]');
    expect(await page.content()).not.toContain(ENV_VALUE);
    expect(await seriousFaults(page)).toEqual([]);
  });

  await test.step('one more comes by itself, and a line that is cut is told', async () => {
    const other = await page.context().newPage();
    await other.goto(await everynode.host.freshUrl());
    await expect(other).not.toHaveURL(/#code=/);
    await other.goto(`${everynode.origin}/#/c/alpha/daemonsets/${NAMESPACE}/${NAME}`);
    const there = new DetailPage(other);
    await confirm(other.getByRole('dialog'), 'Redeploy', () => there.button('Redeploy').click());
    await expect(rows).toHaveText([/restart/, /restart/, /resume/, /pause/]);
    await other.close();
    await appendFile(join(everynode.dataDir, 'journal.jsonl'), '{"at":"2026-');
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(grid.getByRole('row', { name: /unreadable.*The last line is not whole/ })).toBeVisible();
  });

  await test.step('the filter finds words, and an entry leads to its object', async () => {
    await page.getByRole('textbox', { name: 'Filter the journal' }).fill('ondelete');
    await expect(rows).toHaveText([/pause/]);
    await page.getByText('1 of 5 entries').waitFor();
    await rows.first().getByRole('link').click();
    await expect(detail.heading(NAME)).toBeVisible();
  });
  expect((await alpha.api.get(path)).spec['updateStrategy']).toMatchObject({ type: 'RollingUpdate' });
});

/** Opens a dialog, confirms it and waits for its end. */
async function confirm(dialog: Locator, verb: string, open: () => Promise<void>): Promise<void> {
  await open();
  await dialog.getByRole('button', { name: verb, exact: true }).click();
  await expect(dialog).toBeHidden();
}
