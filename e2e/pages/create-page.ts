import { type Locator, type Page, expect } from '@playwright/test';

/** The page that creates a DaemonSet: a wizard, and in Edit mode its YAML. */
export class CreatePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get heading(): Locator {
    return this.#page.getByRole('heading', { name: 'Create DaemonSet', level: 1 });
  }

  get editMode(): Locator {
    return this.#page.getByRole('switch', { name: 'Edit mode' });
  }

  /** The YAML itself, in place of the form. */
  async showYaml(): Promise<void> {
    await this.editMode.check();
    await expect(this.editor).toBeAttached();
  }

  async showForm(): Promise<void> {
    await this.editMode.uncheck();
  }

  /** One step of the wizard, by its name: "Containers". */
  step(name: string): Locator {
    return this.#page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name });
  }

  get editor(): Locator {
    return this.#page.getByRole('textbox', { name: 'DaemonSet YAML' });
  }

  get create(): Locator {
    return this.#page.getByRole('main').getByRole('button', { name: 'Create', exact: true });
  }

  get check(): Locator {
    return this.#page.getByRole('main').getByRole('button', { name: 'Check', exact: true });
  }

  get problems(): Locator {
    return this.#page.getByRole('region', { name: 'Problems' });
  }

  get problemsByLine(): Locator {
    return this.problems.getByRole('list', { name: 'Problems by line' }).getByRole('listitem');
  }

  /** Replaces the whole text, by the clipboard as a user does. */
  async paste(text: string): Promise<void> {
    await this.#page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.showYaml();
    await this.#page.evaluate((content) => navigator.clipboard.writeText(content), text);
    await this.editor.focus();
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.press('ControlOrMeta+V');
  }

  /** The whole text, by the clipboard: the editor renders only the lines on screen. */
  async text(): Promise<string> {
    await this.showYaml();
    await this.#page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.#page.evaluate(() => navigator.clipboard.writeText(''));
    await this.editor.focus();
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.press('ControlOrMeta+C');
    await expect.poll(() => this.#page.evaluate(() => navigator.clipboard.readText())).not.toBe('');
    return this.#page.evaluate(() => navigator.clipboard.readText());
  }

  async upload(file: string): Promise<void> {
    const chooser = this.#page.waitForEvent('filechooser');
    await this.#page.getByRole('button', { name: 'Upload…' }).click();
    await (await chooser).setFiles(file);
  }
}
