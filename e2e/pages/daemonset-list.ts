import { type Locator, type Page, expect } from '@playwright/test';

/** The list of DaemonSets. */
export class DaemonSetList {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get grid(): Locator {
    return this.#page.getByRole('grid', { name: 'DaemonSets' });
  }

  get filter(): Locator {
    return this.#page.getByRole('searchbox', { name: 'Filter by name, image, label' });
  }

  get labelSelector(): Locator {
    return this.#page.getByRole('textbox', { name: 'Label selector' });
  }

  get create(): Locator {
    // Its reason is part of its name while it is disabled.
    return this.#page.getByRole('button', { name: /^Create(?! again)/ });
  }

  /** The row of the DaemonSet of this name. */
  row(name: string): Locator {
    return this.grid.getByRole('row').filter({ has: this.#page.getByRole('link', { name, exact: true }) });
  }

  /** Names in the order shown. */
  get names(): Locator {
    return this.grid.getByRole('row').getByRole('link');
  }

  header(name: string): Locator {
    return this.grid.getByRole('columnheader', { name, exact: true });
  }

  async sortBy(name: string): Promise<void> {
    await this.header(name).getByRole('button').click();
  }

  /** The cell of a row under a column's header. */
  async cell(row: string, column: string): Promise<Locator> {
    const headers = await this.grid.getByRole('columnheader').allInnerTexts();
    const at = headers.findIndex((text) => text.replaceAll(/[▲▼\s]+$/g, '') === column);
    expect(at, `the column ${column} among ${headers.join(', ')}`).toBeGreaterThanOrEqual(0);
    return this.row(row).getByRole('gridcell').nth(at);
  }

  /** Chooses what the row's menu offers. */
  async choose(row: string, item: string): Promise<void> {
    await this.row(row)
      .getByRole('button', { name: `Actions for ${row}` })
      .click();
    await this.#page.getByRole('menuitem', { name: item }).click();
  }

  /** Opens the namespace filter and ticks these and no other. */
  async chooseNamespaces(...names: readonly string[]): Promise<void> {
    await this.#page.getByRole('button', { name: /^Namespaces: / }).click();
    const group = this.#page.getByRole('group', { name: 'Namespaces' });
    await group.getByRole('checkbox', { name: 'All namespaces' }).check();
    for (const name of names) await group.getByRole('checkbox', { name, exact: true }).check();
    await this.#page.keyboard.press('Escape');
    await expect(group).toBeHidden();
  }
}
