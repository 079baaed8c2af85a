import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeKubeconfig } from './fixtures/kubeconfig.ts';
import { expect, test } from './fixtures/test.ts';
import { Rail } from './pages/rail.ts';

/** The settings of a data folder. */
async function settingsOf(dataDir: string): Promise<unknown> {
  return JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8'));
}

test('which credential plugins may run is chosen, and one is forgotten, by keyboard alone', async ({
  clusters: { alpha },
  folder,
  launch,
  page,
}) => {
  const [token = ''] = alpha.secrets;
  const script = join(folder, 'plugin.mjs');
  const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token } };
  await writeFile(script, `process.stdout.write(${JSON.stringify(JSON.stringify(credential))});\n`);
  const exec = {
    apiVersion: credential.apiVersion,
    command: process.execPath,
    args: [script],
    interactiveMode: 'Never',
  };
  const kubeconfig = await writeKubeconfig(join(folder, 'kubeconfig'), {
    signed: { cluster: alpha.entry.cluster, user: { exec } },
  });
  const { dataDir, stop } = await launch({ kubeconfigs: [kubeconfig] });
  const rail = new Rail(page);
  await rail.tile('signed').click();
  const question = page.getByRole('dialog', { name: 'Run this program to sign in to signed?' });
  await question.getByRole('button', { name: 'Run it' }).click();
  await rail.expectState('signed', 'live');

  await page.getByRole('link', { name: 'Everynode' }).click();
  await page.getByRole('button', { name: 'Credential plugins' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Credential plugins' });
  await expect(dialog.getByRole('listitem')).toContainText(`${script}`);
  await expect(dialog.getByRole('listitem')).toContainText('for signed');
  const allowlist = dialog.getByRole('radio', { name: /Allowlist/ });
  await expect(allowlist).toBeChecked();
  await allowlist.focus();
  await page.keyboard.press('ArrowUp');
  await expect(dialog.getByRole('radio', { name: /DenyAll/ })).toBeChecked();
  await expect.poll(() => settingsOf(dataDir)).toMatchObject({ execPlugins: { policy: 'DenyAll' } });
  await page.keyboard.press('ArrowDown');
  await expect(allowlist).toBeChecked();

  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('button', { name: /^Forget / })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('None yet: you are asked when a context needs one.')).toBeVisible();
  await expect(dialog.getByRole('heading', { name: 'Approved programs' })).toBeFocused();
  await expect.poll(() => settingsOf(dataDir)).toMatchObject({ execPlugins: { policy: 'Allowlist', approved: [] } });
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Credential plugins' })).toBeFocused();
  await stop();
});
