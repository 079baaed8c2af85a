import { readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { onlyEntry, writeKubeconfig } from './fixtures/kubeconfig.ts';
import type { RealTestCluster } from './fixtures/real-test-cluster.ts';
import { SEEDED } from './fixtures/seed.ts';
import { type Clusters, expect, test } from './fixtures/test.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { Rail } from './pages/rail.ts';

const CONTEXT = 'exec-user';

interface KubeconfigExec {
  readonly command: string;
  readonly args: readonly string[];
}

/** The kit's exec-user, whose plugin leaves a line in `runs` at each start. */
async function execUser({ alpha }: Clusters, folder: string, more: readonly string[] = []) {
  const entry = onlyEntry(await readFile((alpha as RealTestCluster).real.users['exec-user'], 'utf8'));
  const exec = entry.user['exec'] as KubeconfigExec;
  const runs = join(folder, 'runs');
  const script = join(folder, 'plugin.mjs');
  const [original = ''] = exec.args;
  await writeFile(
    script,
    `import { appendFileSync } from 'node:fs';\nappendFileSync(${JSON.stringify(runs)}, 'run\\n');\n${await readFile(original, 'utf8')}`,
  );
  const env = [{ name: 'PLUGIN_PROFILE', value: 'a-value-that-stays' }];
  const user = { exec: { ...exec, args: [script, ...more], env } };
  const kubeconfig = await writeKubeconfig(join(folder, 'exec-kubeconfig'), { [CONTEXT]: { ...entry, user } });
  const countRuns = async () => (existsSync(runs) ? (await readFile(runs, 'utf8')).trim().split('\n').length : 0);
  return { kubeconfig, script, countRuns };
}

test('a plugin is run when the user has read and approved it, and the DaemonSets are live', async ({
  clusters,
  folder,
  launch,
  page,
}) => {
  const { kubeconfig, script, countRuns } = await execUser(clusters, folder);
  const everynode = await launch({ kubeconfigs: [kubeconfig] });
  const rail = new Rail(page);
  await rail.tile(CONTEXT).click();
  const dialog = page.getByRole('dialog', { name: `Run this program to sign in to ${CONTEXT}?` });
  for (const shown of [script, 'PLUGIN_PROFILE', kubeconfig]) await expect(dialog).toContainText(shown);
  await expect(dialog).not.toContainText('a-value-that-stays');
  expect(await countRuns(), 'before the approval').toBe(0);

  await dialog.getByRole('button', { name: 'Run it' }).click();
  await rail.expectState(CONTEXT, 'live');
  await expect(new DaemonSetList(page).row(SEEDED.agent.name)).toContainText('Rolled out');
  expect(await countRuns(), 'one run for all requests').toBe(1);

  await everynode.stop();
  await launch({ kubeconfigs: [kubeconfig], dataDir: everynode.dataDir });
  await rail.open(CONTEXT);
  await expect(new DaemonSetList(page).row(SEEDED.agent.name)).toBeVisible();
  const kept = await readFile(join(everynode.dataDir, 'settings.json'), 'utf8');
  expect(kept).not.toContain('a-value-that-stays');
});

test('what is not approved stays closed and runs nothing, also when an approved plugin gets another argument', async ({
  clusters,
  folder,
  launch,
  page,
}) => {
  const { kubeconfig, countRuns } = await execUser(clusters, folder);
  await launch({ kubeconfigs: [kubeconfig] });
  const rail = new Rail(page);
  await rail.tile(CONTEXT).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Not now' }).click();
  await expect(page.getByText(`${CONTEXT} waits for your approval`)).toBeVisible();
  await rail.expectState(CONTEXT, 'not connected');
  expect(await countRuns()).toBe(0);

  await page.getByRole('button', { name: 'Show the program' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Run it' }).click();
  await rail.expectState(CONTEXT, 'live');
  expect(await countRuns()).toBe(1);

  await execUser(clusters, folder, ['--profile', 'another']);
  const dialog = page.getByRole('dialog', { name: `Run this program to sign in to ${CONTEXT}?` });
  await expect(dialog).toContainText('--profile');
  await rail.expectState(CONTEXT, 'not connected');
  expect(await countRuns(), 'since the argument changed').toBe(1);
});
