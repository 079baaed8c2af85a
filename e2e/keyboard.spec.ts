import type { JSHandle, Locator, Page } from '@playwright/test';
import { SEEDED } from './fixtures/seed.ts';
import { expect, test } from './fixtures/test.ts';
import { DaemonSetList } from './pages/daemonset-list.ts';
import { DetailPage } from './pages/detail-page.ts';
import { Rail } from './pages/rail.ts';

const MOST_TABS = 30;

/** Outline, border and shadow of an element. */
function looks(element: JSHandle<Element | null>): Promise<string> {
  return element.evaluate((node) => {
    if (node === null) return '';
    const { outlineStyle, outlineWidth, outlineColor, borderColor, boxShadow } = getComputedStyle(node);
    return [outlineStyle === 'none' ? '' : `${outlineWidth} ${outlineColor}`, borderColor, boxShadow].join(' | ');
  });
}

/** Presses Tab; what has the focus then must look otherwise than without it. */
async function tabVisibly(page: Page): Promise<void> {
  await page.keyboard.press('Tab');
  const element = await page.evaluateHandle(() => document.activeElement);
  const focused = await looks(element);
  const name = await element.evaluate((node) => node?.outerHTML.slice(0, 120));
  await page.keyboard.press('Tab');
  expect(await looks(element), `the focus on ${name} shows`).not.toBe(focused);
  await page.keyboard.press('Shift+Tab');
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`from the rail to a DaemonSet's page by keyboard alone, ${colorScheme}`, async ({ everynode, page }) => {
    await page.emulateMedia({ colorScheme });
    const rail = new Rail(page);
    const list = new DaemonSetList(page);
    await rail.tile('alpha').focus();
    await page.keyboard.press('Enter');
    await rail.expectState('alpha', 'live');
    await expect(list.row(SEEDED.agent.name)).toBeVisible();

    await list.filter.focus();
    await page.keyboard.type('e2e=seed');
    const firstRow = list.row(SEEDED.agent.name);
    let tabs = 0;
    while (!(await firstRow.evaluate((row) => row === document.activeElement))) {
      tabs += 1;
      expect(tabs, 'presses of Tab from the filter to the first row').toBeLessThan(MOST_TABS);
      await tabVisibly(page);
    }
    await page.keyboard.press('ArrowDown');
    await expect(list.row(SEEDED.cni.name)).toBeFocused();
    await page.keyboard.press('End');
    await expect(list.row(SEEDED.shipper.name)).toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(new DetailPage(page).heading(SEEDED.agent.name)).toBeVisible();
    await expect(page).toHaveURL(`${everynode.origin}/#/c/alpha/daemonsets/logging/agent`);
    await page.goBack();
    await expect(list.row(SEEDED.agent.name)).toBeVisible();
  });

  test(`text reads well in the ${colorScheme} scheme`, async ({ everynode, page }) => {
    await page.emulateMedia({ colorScheme });
    await new Rail(page).open('alpha');
    const list = new DaemonSetList(page);
    await expect(list.row(SEEDED.gpu.name)).toContainText('No nodes');
    expect(everynode.page).toBe(page);
    for (const text of [
      list.row(SEEDED.gpu.name).getByText('No nodes'),
      list.row(SEEDED.agent.name).getByRole('link'),
    ]) {
      expect(await contrast(text)).toBeGreaterThanOrEqual(4.5);
    }
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const lightness = Number(/\d+/.exec(background)?.[0]);
    expect(colorScheme === 'dark' ? lightness < 60 : lightness > 200, `background ${background}`).toBe(true);
  });
}

test('a dialog keeps the focus, and Escape gives it back', async ({ everynode, page }) => {
  await new Rail(page).open('alpha');
  await page.goto(`${everynode.origin}/#/c/alpha/daemonsets/logging/agent`);
  const button = new DetailPage(page).more;
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Delete…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Delete agent' });
  await expect(dialog.getByRole('textbox', { name: 'Type agent to confirm' })).toBeFocused();
  for (let press = 0; press < 8; press += 1) {
    await page.keyboard.press('Tab');
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
});

/** Contrast of a text with what lies behind it (WCAG 2.2). */
async function contrast(locator: Locator): Promise<number> {
  return locator.evaluate((element) => {
    const parse = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = ([red = 0, green = 0, blue = 0]: readonly number[]) => {
      const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
        const part = value / 255;
        return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    let behind: Element | null = element;
    let background: readonly number[] = [255, 255, 255];
    while (behind !== null) {
      const color = parse(getComputedStyle(behind).backgroundColor);
      if (color.length === 3 || (color[3] ?? 1) > 0.99) {
        background = color;
        break;
      }
      behind = behind.parentElement;
    }
    const [one, two] = [luminance(parse(getComputedStyle(element).color)), luminance(background)].sort((a, b) => b - a);
    return ((one ?? 0) + 0.05) / ((two ?? 0) + 0.05);
  });
}
