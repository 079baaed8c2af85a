import type { Page } from '@playwright/test';
import { seriousFaults } from './fixtures/accessibility.ts';
import { daemonSetPath } from './fixtures/api-client.ts';
import { expect, test } from './fixtures/test.ts';
import { CreatePage } from './pages/create-page.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';
import { Wizard } from './pages/wizard.ts';

test.use({ actionTimeout: 15_000 });

const NAMESPACE = 'workshop';
const NAME = 'by-keyboard';

async function openWizard(page: Page, origin: string): Promise<CreatePage> {
  await new Rail(page).open('alpha');
  await page.goto(`${origin}/#/c/alpha/create`);
  const create = new CreatePage(page);
  await expect(create.heading).toBeVisible();
  return create;
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no step of the wizard has a serious fault of accessibility, ${colorScheme}`, async ({ everynode, page }) => {
    await page.emulateMedia({ colorScheme });
    const create = await openWizard(page, everynode.origin);
    const form = new Wizard(page);
    await form.fill('Name', 'accessible');
    await page.getByRole('button', { name: '+ Add pod label' }).click();
    expect(await seriousFaults(page), 'Base info').toEqual([]);

    await create.step('Containers').click();
    await form.fromMenu('+ Add container', 'Worker');
    await form.fill('Image', 'registry.test/agent:1');
    for (const card of ['Ports', 'Environment', 'Command and arguments', 'Security context', 'Lifecycle']) {
      await form.unfold(card);
    }
    await form.press('+ Add port');
    await form.press('+ Add variable');
    await form.press('+ Add whole Secret');
    await form.choose('Liveness probe', 'HTTP GET');
    expect(await seriousFaults(page), 'Containers').toEqual([]);

    const nav = form.within(page.getByRole('navigation', { name: 'Containers and pod' }));
    for (const section of ['Update strategy', 'Scheduling', 'Pod security', 'Host access', 'Identity and life']) {
      await nav.press(section);
      if (section === 'Scheduling') await form.press('Run on every node');
      expect(await seriousFaults(page), section).toEqual([]);
    }

    await create.step('Volumes').click();
    await form.fromMenu('+ Add volume', 'ConfigMap');
    await form.fromMenu('+ Mount in a container', 'agent');
    expect(await seriousFaults(page), 'Volumes').toEqual([]);
    await form.press('Use a ConfigMap or Secret…');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await seriousFaults(page), 'the dialog').toEqual([]);
    await page.keyboard.press('Escape');

    await create.step('Advanced').click();
    await form.press('+ Add annotation');
    expect(await seriousFaults(page), 'Advanced').toEqual([]);
    await page.keyboard.press('Escape');
    await create.step('Review').click();
    await expect(create.editor).toBeAttached();
    expect(await seriousFaults(page), 'Review').toEqual([]);
  });
}

test('a DaemonSet is created in the wizard by keyboard alone', async ({ clusters, everynode, page }) => {
  const { api } = clusters.alpha;
  await api.remove(daemonSetPath(NAMESPACE, NAME));
  const create = await openWizard(page, everynode.origin);
  const { keyboard } = page;

  await tabTo(page, 'Name');
  await keyboard.type(NAME);
  await tabTo(page, 'Project (namespace)');
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type(NAMESPACE);
  await keyboard.press('Escape');
  await tabTo(page, 'Next: Containers');
  await keyboard.press('Enter');

  await tabTo(page, '+ Add container');
  await keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Worker' })).toBeVisible();
  // The menu takes the focus a moment after it is seen; its items go round.
  await expect(async () => {
    await keyboard.press('ArrowDown');
    await expect(page.getByRole('menuitem', { name: 'Worker' })).toBeFocused({ timeout: 500 });
  }).toPass();
  await keyboard.press('Enter');
  await tabTo(page, 'Image');
  await keyboard.type('registry.test/agent:1');
  await keyboard.press('Escape');
  await tabTo(page, 'Review');
  await keyboard.press('Enter');
  await expect(page.getByText(`the server would create ${NAMESPACE}/${NAME}`)).toBeVisible();
  // The text beside it is passed through, until something is typed in it.
  await expect(create.editor).toBeAttached();
  await tabTo(page, 'DaemonSet YAML');
  await keyboard.press('Tab');
  await expect(create.editor).not.toBeFocused();
  await keyboard.press('Shift+Tab');
  await expect(create.editor).toBeFocused();
  await keyboard.press('ControlOrMeta+Home');
  await keyboard.press('Enter');
  await keyboard.press('ArrowUp');
  await keyboard.type('# typed');
  await keyboard.press('Tab');
  await expect(create.editor).toBeFocused();
  await keyboard.press('Escape');
  await keyboard.press('Tab');
  await expect(create.editor).not.toBeFocused();
  await tabTo(page, 'Create');
  await keyboard.press('Enter');
  await expect(new DetailPage(page).heading(NAME)).toBeVisible();
  expect(await api.exists(daemonSetPath(NAMESPACE, NAME))).toBe(true);
  await api.remove(daemonSetPath(NAMESPACE, NAME));
});

/** Tab until the control of this name has the focus, from wherever it is. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let tabs = 0; tabs < 150; tabs += 1) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement)) return '';
      const labels =
        element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((label) => label.textContent) : [];
      return element.getAttribute('aria-label') ?? labels[0] ?? element.textContent ?? '';
    });
    if (focused.trim().replace(/^[\d✓]/, '') === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to ${name}`);
}
