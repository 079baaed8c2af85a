import { daemonSetPath } from './fixtures/api-client.ts';
import { createDaemonSet } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { CreatePage } from './pages/create-page.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { Rail } from './pages/rail.ts';
import { Wizard } from './pages/wizard.ts';

test.use({ actionTimeout: 15_000 });

const REF = { namespace: 'workshop', name: 'wagtail' };

test('base data and template of a live DaemonSet are edited, and somebody else’s change is never overwritten', async ({
  clusters,
  everynode: _,
  page,
}) => {
  const { api } = clusters.alpha;
  const path = daemonSetPath(REF.namespace, REF.name);
  await api.remove(path);
  await createDaemonSet(clusters.alpha, REF);
  await new Rail(page).open('alpha');
  const list = new DaemonSetList(page);
  await list.filter.fill(REF.name);
  await expect(list.row(REF.name)).toBeVisible();
  const form = new Wizard(page, page.getByRole('dialog'));
  const open = async (item: string) => {
    await page.getByRole('button', { name: `Actions for ${REF.name}` }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  await test.step('alias and a label restart nothing', async () => {
    await open('Edit…');
    await form.fill('Alias', 'Bachstelze');
    await form.press('+ Add label');
    await form.fill('Labels, new key', 'bird');
    await form.fill('Labels, new value', 'yes');
    await form.field('Labels, new value').press('Enter');
    await form.press('Check');
    await expect(page.getByText('Restarts nothing: the pods stay as they are.')).toBeVisible();
    await form.press('Save');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(await api.get(path)).toMatchObject({
      metadata: { labels: { bird: 'yes' }, annotations: { 'kubesphere.io/alias-name': 'Bachstelze' } },
    });
  });

  await test.step('a variable restarts the pods, and it is said before', async () => {
    await open('Edit config template…');
    await form.unfold('Environment');
    await form.press('+ Add variable');
    await form.fill('Variable 2, name', 'MODE');
    await form.fill('Variable 2, value', 'off');
    await form.press('Check');
    await expect(page.getByText(/^Restarts \d+ pods?, /)).toBeVisible();
    await form.press('Save');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(JSON.stringify((await api.get(path)).spec)).toContain('{"name":"MODE","value":"off"}');
  });

  await test.step('the YAML and the form are one text, with one undo', async () => {
    await open('Edit…');
    const sides = new CreatePage(page);
    const yaml = await sides.text();
    expect(yaml).not.toContain('managedFields');
    await sides.paste(yaml.replace('Bachstelze', 'Zaunkönig'));
    await sides.showForm();
    await expect(form.field('Alias')).toHaveValue('Zaunkönig');
    await form.press('Undo');
    await expect(form.field('Alias')).toHaveValue('Bachstelze');
    await form.press('Redo');
    await form.press('Check');
    await expect(page.getByText('Restarts nothing: the pods stay as they are.')).toBeVisible();
    await form.press('Save');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(await api.get(path)).toMatchObject({
      metadata: { annotations: { 'kubesphere.io/alias-name': 'Zaunkönig' } },
    });
  });

  await test.step('Edit YAML begins with the text, and saves what was changed in it', async () => {
    await open('Edit YAML…');
    await expect(page.getByRole('dialog', { name: `Edit YAML of ${REF.name}` })).toBeVisible();
    const sides = new CreatePage(page);
    await expect(sides.editMode).toBeChecked();
    await sides.paste((await sides.text()).replace('Zaunkönig', 'Rotkehlchen'));
    await form.press('Check');
    await expect(page.getByText('Restarts nothing: the pods stay as they are.')).toBeVisible();
    await form.press('Save');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(await api.get(path)).toMatchObject({
      metadata: { annotations: { 'kubesphere.io/alias-name': 'Rotkehlchen' } },
    });
  });

  await test.step('an overlap is a conflict that keeps the edits and says who', async () => {
    await open('Edit…');
    await form.fill('Alias', 'mine');
    await api.mergePatch(path, { metadata: { annotations: { 'kubesphere.io/alias-name': 'theirs' } } });
    await form.press('Check');
    await expect(page.getByText(/was changed meanwhile/)).toBeVisible();
    await expect(form.field('Alias')).toHaveValue('mine');
    expect(await api.get(path)).toMatchObject({ metadata: { annotations: { 'kubesphere.io/alias-name': 'theirs' } } });
    await form.press('Read it anew and give up these edits');
    await expect(form.field('Alias')).toHaveValue('theirs');
    await form.press('Cancel');
  });
  await api.remove(path);
});
