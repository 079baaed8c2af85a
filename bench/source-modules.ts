import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

const ROOT = new URL('..', import.meta.url);

/** Where a page imports source files of the checkout from, after `serveSources`. */
export const SOURCES = 'http://sources.test/';

/** Lets a page import modules of this checkout one by one, without their types: to measure one of them alone. */
export async function serveSources(page: Page): Promise<void> {
  await page.route(`${SOURCES}**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' });
    const text = await readFile(fileURLToPath(new URL(`.${pathname}`, ROOT)), 'utf8');
    return route.fulfill({ contentType: 'text/javascript', body: stripTypeScriptTypes(text) });
  });
  await page.goto(SOURCES);
}
