import { expect, type Locator, type Page } from '@playwright/test';

/** The fields of the form, found as a reader of the page finds them. */
export class Wizard {
  readonly #page: Page;
  /** Fields are looked for within it: the whole page, a container, a volume. */
  readonly #scope: Page | Locator;

  constructor(page: Page, scope: Page | Locator = page) {
    this.#page = page;
    this.#scope = scope;
  }

  within(scope: Locator): Wizard {
    return new Wizard(this.#page, scope);
  }

  /** A text field, or one that offers what the cluster knows. */
  field(label: string): Locator {
    const named = { name: label, exact: true };
    return this.#scope.getByRole('textbox', named).or(this.#scope.getByRole('combobox', named));
  }

  async fill(label: string, value: string): Promise<void> {
    await this.field(label).fill(value);
  }

  /** One of a list of choices. */
  async choose(label: string, option: string): Promise<void> {
    await this.#scope.getByRole('combobox', { name: label, exact: true }).click();
    await this.#page.getByRole('option', { name: option, exact: true }).click();
  }

  /** One of a few states side by side: "Yes". */
  async pick(label: string, state: string): Promise<void> {
    await this.#scope.getByRole('radiogroup', { name: label, exact: true }).getByText(state, { exact: true }).click();
  }

  /** Opens a folded part. */
  async unfold(title: string): Promise<void> {
    const head = this.#scope.getByRole('region', { name: title, exact: true }).getByRole('button').first();
    if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
    await expect(head).toHaveAttribute('aria-expanded', 'true');
  }

  async press(name: string): Promise<void> {
    await this.#scope.getByRole('button', { name, exact: true }).click();
  }

  async fromMenu(button: string, item: string): Promise<void> {
    await this.press(button);
    await this.#page.getByRole('menuitem', { name: item, exact: true }).click();
  }

  async next(step: string): Promise<void> {
    await this.#page.getByRole('button', { name: `Next: ${step}`, exact: true }).click();
  }
}
