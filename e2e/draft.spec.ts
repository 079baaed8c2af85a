import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Everynode, expect, test } from './fixtures/test.ts';
import { CreatePage } from './pages/create-page.ts';
import { Rail } from './pages/rail.ts';

const TEXT = 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: half-written\n';

/** Texts of the drafts in a data folder. */
async function draftsIn(dataDir: string): Promise<readonly string[]> {
  const folder = join(dataDir, 'drafts');
  const names = await readdir(folder).catch((): string[] => []);
  const files = names.filter((name) => name.endsWith('.json')).map((name) => readFile(join(folder, name), 'utf8'));
  return (await Promise.all(files)).map((file) => (JSON.parse(file) as { text: string }).text);
}

async function openCreate(page: Page, { origin }: Everynode): Promise<void> {
  await new Rail(page).open('alpha');
  await page.goto(`${origin}/#/c/alpha/create`);
  await page.getByRole('switch', { name: 'Edit mode' }).check();
}

test('a draft outlives the kill of the host, is offered again with its time, and goes when it is discarded', async ({
  launch,
  page,
  problems,
}) => {
  problems.tolerate(/WebSocket connection to|ERR_CONNECTION_REFUSED/);
  const first = await launch();
  const create = new CreatePage(page);
  await openCreate(page, first);
  await create.paste(TEXT);
  await page.keyboard.type('# the last words');
  const written = `${TEXT}# the last words`;
  await expect.poll(() => draftsIn(first.dataDir)).toEqual([written]);

  process.kill(first.host.pid, 'SIGKILL');
  await page.goto('about:blank');
  const second = await launch({ dataDir: first.dataDir });
  await openCreate(page, second);
  await expect(page.getByText(/^Draft from \d\d:\d\d restored$/)).toBeVisible();
  expect(await create.text()).toBe(written);

  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByText(/^Draft from/)).toHaveCount(0);
  await expect.poll(() => draftsIn(second.dataDir)).toEqual([]);
  expect(await create.text()).not.toContain('half-written');
});
