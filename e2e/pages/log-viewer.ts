import { readFile } from 'node:fs/promises';
import { type Locator, type Page, expect } from '@playwright/test';

/** The log of one container. */
export class LogViewer {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get viewer(): Locator {
    return this.#page.getByRole('region', { name: 'Log viewer' });
  }

  /** The terminal's text. */
  screen(pod: string, container: string): Locator {
    return this.viewer.getByRole('region', { name: `Log of ${pod}, container ${container}` });
  }

  async expectFollowing(): Promise<void> {
    await expect(this.viewer.getByText('following', { exact: true })).toBeVisible();
  }

  /** Downloads the whole log: its file name and content. */
  async download(): Promise<{ readonly name: string; readonly text: string }> {
    const started = this.#page.waitForEvent('download');
    await this.viewer.getByRole('button', { name: 'Download' }).click();
    await this.#page.getByRole('menuitem', { name: 'Whole log' }).click();
    const download = await started;
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  }
}
