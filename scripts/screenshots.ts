import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { startServerHost } from '../e2e/fixtures/server-host-process.ts';
import { CreatePage } from '../e2e/pages/create-page.ts';
import { DaemonSetList } from '../e2e/pages/daemonset-list.ts';
import { DetailPage } from '../e2e/pages/detail-page.ts';
import { LogViewer } from '../e2e/pages/log-viewer.ts';
import { buildStale } from './build/build-stale.ts';
import { root } from './build/parts.ts';
import { ensureChromium } from './chromium.ts';

const HELP = `npm run screenshots

Makes the README's pictures anew, from the demo cluster, into docs/pictures.
`;

const SIZE = { width: 1440, height: 900 };
const SHOWN = 'fluent-bit';
const SHOWN_IMAGE = /fluent-bit/;
/** Why its rollout waits, which is asked after the rows are there. */
const CAUSE = /crash loop/;
const folder = join(root, 'docs', 'pictures');
const tell = (line: string) => process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  await buildStale(tell);
  const executablePath = ensureChromium(tell);
  const home = mkdtempSync(join(tmpdir(), 'everynode-pictures-'));
  const host = await startServerHost({ args: ['--demo', '--data-dir', join(home, 'data')], env: { HOME: home } });
  try {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      mkdirSync(folder, { recursive: true });
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser.newContext({ colorScheme, viewport: SIZE, reducedMotion: 'reduce' });
        const page = await context.newPage();
        await page.goto(colorScheme === 'light' ? host.url : await host.freshUrl());
        await takeAll(page, colorScheme);
        await context.close();
      }
    } finally {
      await browser.close();
    }
  } finally {
    await host.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** The list and the detail page in both schemes, the rest in the light one. */
async function takeAll(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  const list = new DaemonSetList(page);
  await list.row(SHOWN).getByText(CAUSE).waitFor();
  await take(page, `list-${scheme}`);
  await list.row(SHOWN).getByRole('link', { name: SHOWN, exact: true }).click();
  const detail = new DetailPage(page);
  await detail.podRows.first().waitFor();
  await page.mouse.move(SIZE.width / 2, 5);
  await take(page, `detail-${scheme}`);
  if (scheme === 'dark') return;
  await takeLog(page, detail);
  await page.getByRole('link', { name: 'DaemonSets' }).first().click();
  await list.create.click();
  const create = new CreatePage(page);
  await create.heading.waitFor();
  await page.getByRole('button', { name: 'Side by side' }).click();
  await create.editor.waitFor({ state: 'attached' });
  await page.getByText('apiVersion').first().waitFor();
  await take(page, 'create-light');
}

async function takeLog(page: Page, detail: DetailPage): Promise<void> {
  await detail.podRows.filter({ hasText: 'Running' }).first().click();
  await detail.containers.getByText(SHOWN_IMAGE).first().waitFor();
  await take(page, 'containers-light');
  await detail.containers
    .getByRole('button', { name: /^Logs of container / })
    .first()
    .click();
  await new LogViewer(page).expectFollowing();
  await take(page, 'log-light');
}

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  tell(`docs/pictures/${name}.png`);
}

if (process.argv.includes('--help')) process.stdout.write(HELP);
else await main();
