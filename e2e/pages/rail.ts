import { type Locator, type Page, expect } from '@playwright/test';

/** The rail of contexts. */
export class Rail {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get tiles(): Locator {
    return this.#page.getByRole('navigation', { name: 'Contexts' }).getByRole('button', { name: /, / });
  }

  tile(contextName: string): Locator {
    const names = this.#page.getByRole('navigation', { name: 'Contexts' });
    return names.getByRole('button', { name: `${contextName}, ` });
  }

  /** Chooses a context and waits until it is connected. */
  async open(contextName: string): Promise<void> {
    await this.tile(contextName).click();
    await this.expectState(contextName, 'live');
  }

  async expectState(contextName: string, state: string): Promise<void> {
    await expect(this.tile(contextName)).toHaveAccessibleName(`${contextName}, ${state}`);
  }
}
