import { seriousFaults } from './fixtures/accessibility.ts';
import { daemonSetPath } from './fixtures/api-client.ts';
import { seedManifest } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { CreatePage } from './pages/create-page.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { Rail } from './pages/rail.ts';
import { Wizard } from './pages/wizard.ts';

test.use({ actionTimeout: 15_000 });

const REF = { namespace: 'workshop', name: 'bunting' };
const PATH = daemonSetPath(REF.namespace, REF.name);
const IN = `/api/v1/namespaces/${REF.namespace}`;
const TOKEN = 'a-token-of-this-journey';

test('the variables of a DaemonSet are told with their values from ConfigMaps, and a Secret’s on a click alone', async ({
  clusters,
  everynode,
  page,
}) => {
  const { api } = clusters.alpha;
  const metadata = { namespace: REF.namespace, name: REF.name };
  for (const path of [PATH, `${IN}/configmaps/${REF.name}`, `${IN}/secrets/${REF.name}`]) await api.remove(path);
  await api.create(`${IN}/configmaps`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { level: 'info', COLOUR: 'yellow' },
  });
  await api.create(`${IN}/secrets`, { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { token: TOKEN } });
  await api.create(daemonSetPath(REF.namespace), withVariables());

  await new Rail(page).open('alpha');
  const list = new DaemonSetList(page);
  await list.filter.fill(REF.name);
  await list.row(REF.name).click();
  await page.getByRole('tab', { name: 'Environment' }).click();
  const variables = page.getByRole('table', { name: 'Environment of main' });
  const variable = (name: string) => variables.getByRole('row', { name: new RegExp(`^${name}\\b`) });

  await test.step('keys and whole ConfigMaps are resolved, what is optional may be missing', async () => {
    await expect(variable('LEVEL')).toContainText('info');
    await expect(variable('COLOUR')).toContainText('yellow');
    await expect(variable('PERHAPS')).toContainText('It is optional: nothing is set.');
    await expect(page.getByText('does not exist in namespace')).toHaveCount(0);
    expect(await seriousFaults(page)).toEqual([]);
  });

  await test.step('a Secret’s value is nowhere in the page before it is asked for, and after it was hidden', async () => {
    await expect(page.getByRole('button', { name: 'Reveal the value of TOKEN' })).toBeVisible();
    expect(await page.content()).not.toContain(TOKEN);
    await page.getByRole('button', { name: 'Reveal the value of TOKEN' }).click();
    await expect(variable('TOKEN')).toContainText(TOKEN);
    await page.getByRole('button', { name: 'Hide the value of TOKEN' }).click();
    await expect(variable('TOKEN')).not.toContainText(TOKEN);
    expect(await page.content()).not.toContain(TOKEN);
  });

  await test.step('a limit that is not set is what the node of a chosen pod can give', async () => {
    await expect(variable('MEMORY')).toContainText('set for each pod');
    await page.getByRole('combobox', { name: 'Fields of pod' }).click();
    await page.getByRole('option').first().click();
    await expect(variable('MEMORY')).toContainText(/this is what \S+ can give/);
    await expect(variable('MEMORY').getByRole('cell').first()).toContainText(/^\d{3,}/);
  });

  await test.step('what was changed or deleted meanwhile is told when it is read again', async () => {
    await api.mergePatch(`${IN}/configmaps/${REF.name}`, { data: { level: 'debug' } });
    await page.getByRole('button', { name: 'Read again' }).click();
    await expect(variable('LEVEL')).toContainText('debug');
    await api.remove(`${IN}/secrets/${REF.name}`);
    await page.getByRole('button', { name: 'Read again' }).click();
    await expect(page.getByText(`Secret ${REF.name} does not exist in namespace ${REF.namespace}.`)).toBeVisible();
    await expect(variable('TOKEN')).toContainText('it is not optional: a new container does not start');
  });
  for (const path of [PATH, `${IN}/configmaps/${REF.name}`]) await api.remove(path);
  expect(everynode.host.stderr()).toBe('');
});

test('the wizard offers the ConfigMaps of the project and their keys', async ({ clusters, everynode, page }) => {
  const { api } = clusters.alpha;
  const settings = `${REF.name}-settings`;
  await api.remove(`${IN}/configmaps/${settings}`);
  await api.create(`${IN}/configmaps`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: settings },
    data: { level: 'chatty', colour: 'green' },
  });
  await new Rail(page).open('alpha');
  await page.goto(`${everynode.origin}/#/c/alpha/create`);
  const create = new CreatePage(page);
  const form = new Wizard(page);
  await expect(create.heading).toBeVisible();
  await form.fill('Project (namespace)', REF.namespace);
  await form.field('Project (namespace)').press('Enter');
  await create.step('Containers').click();
  await form.fromMenu('+ Add container', 'Worker');
  await form.unfold('Environment');
  await form.press('+ Add variable');
  await form.choose('Variable 1, type', 'ConfigMap key');
  await form.field('Variable 1, ConfigMap').click();
  await page.getByRole('option', { name: new RegExp(`^${settings}`) }).click();
  await form.field('Variable 1, key').click();
  await expect(page.getByRole('option', { name: /^colour/ })).toBeVisible();
  await page.getByRole('option', { name: /^level/ }).click();
  await expect(form.field('Variable 1, key')).toHaveValue('level');
  await api.remove(`${IN}/configmaps/${settings}`);
});

function withVariables() {
  const { spec, ...rest } = seedManifest(REF);
  const { template } = spec;
  const key = (name: string, source: 'configMapKeyRef' | 'secretKeyRef', reference: object) => ({
    name,
    valueFrom: { [source]: { name: REF.name, ...reference } },
  });
  const container = {
    ...template.spec.containers[0],
    env: [
      key('LEVEL', 'configMapKeyRef', { key: 'level' }),
      key('TOKEN', 'secretKeyRef', { key: 'token' }),
      key('PERHAPS', 'configMapKeyRef', { key: 'none', name: 'perhaps', optional: true }),
      { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
    ],
    envFrom: [{ configMapRef: { name: REF.name } }],
  };
  return { ...rest, spec: { ...spec, template: { ...template, spec: { ...template.spec, containers: [container] } } } };
}
