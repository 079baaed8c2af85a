import { readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Page } from '@playwright/test';
import { kubeconfigText, writeKubeconfig } from './fixtures/kubeconfig.ts';
import { SEEDED } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { Rail } from './pages/rail.ts';
import { expectMode } from '../tests/fakes/expect-mode.ts';

const NONE = { kubeconfigs: [] } as const;

async function openDialog(page: Page, way: 'By its path' | 'Upload' | 'Paste') {
  await page.getByRole('main').getByRole('button', { name: 'Open a kubeconfig' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open a kubeconfig' });
  await dialog.getByText(way, { exact: true }).click();
  return dialog;
}

/** Every file of the data folder, with its content. */
async function filesOf(folder: string): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })));
}

test('without a kubeconfig the page says where it looked, and the demo cluster opens', async ({ launch, page }) => {
  const { home } = await launch(NONE);
  await expect(page.getByRole('heading', { name: 'Welcome to Everynode' })).toBeVisible();
  const looked = page.getByRole('region', { name: 'Files that were looked for' });
  await expect(looked).toContainText(join(home, '.kube', 'config'));
  await expect(looked).toContainText('not found');

  await page.getByRole('button', { name: 'Open the demo cluster' }).click();
  const list = new DaemonSetList(page);
  await expect.poll(() => list.names.count(), { timeout: 20_000 }).toBeGreaterThan(5);
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('live');
  await expect(new Rail(page).tiles).toHaveCount(1);
});

test('files named by KUBECONFIG are listed when none is there', async ({ folder, launch, page }) => {
  const named = ['one', 'two'].map((name) => join(folder, name));
  await launch({ ...NONE, env: { KUBECONFIG: named.join(delimiter) } });
  const looked = page.getByRole('region', { name: 'Files that were looked for' });
  for (const file of named) await expect(looked).toContainText(file);
});

test('a kubeconfig opened by its path is used where it lies, and followed', async ({
  clusters,
  folder,
  launch,
  page,
}) => {
  const path = await writeKubeconfig(join(folder, 'mine'), { mine: clusters.alpha.entry });
  const { dataDir, stop } = await launch(NONE);
  const rail = new Rail(page);
  const dialog = await openDialog(page, 'By its path');
  await dialog.getByRole('textbox', { name: 'Path of the kubeconfig' }).fill(join(folder, 'nothing-here'));
  await dialog.getByRole('button', { name: 'Open' }).click();
  await expect(dialog.getByRole('alert')).toContainText('nothing-here');
  await dialog.getByRole('textbox', { name: 'Path of the kubeconfig' }).fill(path);
  await dialog.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByText('mine is not connected')).toBeVisible();
  await rail.open('mine');
  await expect(new DaemonSetList(page).row(SEEDED.agent.name)).toBeVisible();

  // An atomic rename, as kubectl writes it.
  await writeFile(`${path}.new`, kubeconfigText({ mine: clusters.alpha.entry, other: clusters.beta.entry }), {
    mode: 0o600,
  });
  await rename(`${path}.new`, path);
  await rail.expectState('other', 'not connected');
  await rail.expectState('mine', 'live');

  for (const { path: file, text } of await filesOf(dataDir)) {
    for (const secret of clusters.alpha.secrets) expect(text.includes(secret), `a credential in ${file}`).toBe(false);
  }
  await stop();
  await launch({ ...NONE, dataDir });
  await expect(rail.tiles).toHaveCount(2);
});

test('an uploaded kubeconfig stays in memory and is gone after a restart', async ({
  clusters,
  folder,
  launch,
  page,
}) => {
  const file = await writeKubeconfig(join(folder, 'uploaded.yaml'), { uploaded: clusters.alpha.entry });
  const { dataDir, stop } = await launch(NONE);
  const dialog = await openDialog(page, 'Upload');
  const chooser = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles(file);
  await new Rail(page).open('uploaded');
  await expect(new DaemonSetList(page).row(SEEDED.agent.name)).toBeVisible();
  for (const { path, text } of await filesOf(dataDir)) {
    for (const secret of clusters.alpha.secrets) expect(text.includes(secret), `a credential in ${path}`).toBe(false);
  }
  await stop();
  await launch({ ...NONE, dataDir });
  await expect(page.getByRole('heading', { name: 'Welcome to Everynode' })).toBeVisible();
});

test('a kubeconfig that the user asks to keep lies in the data folder for its owner alone', async ({
  clusters,
  launch,
  page,
}) => {
  const { dataDir, stop } = await launch(NONE);
  const dialog = await openDialog(page, 'Paste');
  await dialog.getByRole('textbox', { name: 'Kubeconfig' }).fill(kubeconfigText({ kept: clusters.alpha.entry }));
  await dialog.getByRole('checkbox', { name: 'Keep it in the data folder' }).check();
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByText('kept is not connected')).toBeVisible();
  const [secret = ''] = clusters.alpha.secrets.slice(-1);
  const kept = (await filesOf(dataDir)).filter(({ text }) => text.includes(secret));
  expect(kept).toHaveLength(1);
  for (const { path } of kept) expectMode(path, 0o600);
  expectMode(dataDir, 0o700);
  await stop();
  await launch({ ...NONE, dataDir });
  await new Rail(page).open('kept');
  await expect(new DaemonSetList(page).row(SEEDED.agent.name)).toBeVisible();
});

test('relative paths of a pasted kubeconfig are named as missing', async ({ launch, page }) => {
  await launch(NONE);
  const dialog = await openDialog(page, 'Paste');
  const entry = {
    cluster: { server: 'https://127.0.0.1:1', 'certificate-authority': 'pki/ca.crt' },
    user: { 'client-certificate': 'pki/me.crt', 'client-key': 'pki/me.key' },
  };
  await dialog.getByRole('textbox', { name: 'Kubeconfig' }).fill(kubeconfigText({ relative: entry }));
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  const rail = new Rail(page);
  await rail.expectState('relative', 'cannot be opened');
  await expect(page.getByRole('alert').filter({ hasText: 'pki/' })).toContainText('pki/ca.crt');
});
