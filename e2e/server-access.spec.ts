import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { startServerHost, type RunningHost } from './fixtures/server-host-process.ts';

// Who may use the host is the same whatever it shows, so no cluster is started here.
let home: string;
let host: RunningHost;
let origin: string;

test.beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'everynode-e2e-'));
  host = await startServerHost({ args: ['--data-dir', join(home, 'data')], env: { HOME: home } });
  ({ origin } = new URL(host.url));
});
test.afterAll(async () => {
  await host.stop();
  await rm(home, { recursive: true });
});

const codeInput = (page: Page) => page.getByRole('textbox', { name: 'Code' });
const needsCode = (page: Page) => expect(page.getByRole('heading', { name: 'Everynode needs a code' })).toBeVisible();

/** The frame of the application is there only with an open transport. */
async function isOpen(page: Page): Promise<void> {
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await expect(codeInput(page)).toHaveCount(0);
}

function socketsOf(page: Page): string[] {
  const urls: string[] = [];
  page.on('websocket', (socket) => urls.push(socket.url()));
  return urls;
}

test('the URL opens the page, and its code is gone from the address, the history and the requests', async ({
  page,
}) => {
  const url = await host.freshUrl();
  const code = url.split('#code=')[1] ?? '';
  const sockets = socketsOf(page);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(url);
  await isOpen(page);
  expect(page.url()).toMatch(new RegExp(`^${origin}/#/`));
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
  expect(sockets).toEqual([`${origin.replace('http', 'ws')}/socket`]);
  expect([...requests, ...sockets].filter((sent) => sent.includes(code))).toEqual([]);
});

test('a reload keeps the access and the place', async ({ page }) => {
  await page.goto(await host.freshUrl());
  await isOpen(page);
  const place = page.url();
  await page.reload();
  await isOpen(page);
  expect(page.url()).toBe(place);
});

test('a second tab needs a code of its own, takes the whole address, and leaves the first tab open', async ({
  context,
}) => {
  const first = await context.newPage();
  await first.goto(await host.freshUrl());
  await isOpen(first);
  const second = await context.newPage();
  await second.goto(origin);
  await needsCode(second);
  await codeInput(second).fill(await host.freshUrl());
  await second.getByRole('button', { name: 'Open' }).click();
  await isOpen(second);
  await first.reload();
  await isOpen(first);
});

test('a second browser is not let in by the first one, nor by what it can copy from it', async ({ browser }) => {
  const first = await browser.newContext();
  const page = await first.newPage();
  await page.goto(await host.freshUrl());
  await isOpen(page);
  const value = await page.evaluate(() => sessionStorage.getItem('everynode-session') ?? '');
  expect(value).toMatch(/^[\w-]{43}$/);
  expect(await page.evaluate(() => document.cookie)).toBe('');

  const second = await browser.newContext();
  const other = await second.newPage();
  await other.goto(origin);
  await needsCode(other);
  await other.evaluate((copied) => sessionStorage.setItem('everynode-session', copied), value);
  await other.reload();
  await needsCode(other);
  await first.close();
  await second.close();
});

test('a code that was used asks for another and says why', async ({ browser }) => {
  const url = await host.freshUrl();
  const first = await browser.newContext();
  const page = await first.newPage();
  await page.goto(url);
  await isOpen(page);
  const second = await browser.newContext();
  const other = await second.newPage();
  await other.goto(url);
  await needsCode(other);
  await expect(other.getByText('This code was used already, has expired or never was.')).toBeVisible();
  await codeInput(other).fill((await host.freshUrl()).split('#code=')[1] ?? '');
  await codeInput(other).press('Enter');
  await isOpen(other);
  await first.close();
  await second.close();
});

test('the page breaks no rule of its content security policy', async ({ page }) => {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  await page.goto(await host.freshUrl());
  await isOpen(page);
  expect(violations).toEqual([]);
});

test('another site reaches nothing: no frame, no request, no WebSocket', async ({ page, context }) => {
  await page.goto(await host.freshUrl());
  await isOpen(page);
  const elsewhere = await context.newPage();
  await elsewhere.route('http://evil.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<p>evil' }),
  );
  await elsewhere.goto('http://evil.example/');
  const reached = await elsewhere.evaluate(async (target) => {
    const fetched = await fetch(`${target}/session`, { credentials: 'include' }).then(
      () => true,
      () => false,
    );
    const posted = await fetch(`${target}/session`, {
      method: 'POST',
      body: '{"code":"x"}',
      credentials: 'include',
    }).then(
      () => true,
      () => false,
    );
    const opened = await new Promise<boolean>((resolve) => {
      const socket = new WebSocket(`${target.replace('http', 'ws')}/socket`, ['everynode.v1']);
      socket.addEventListener('open', () => resolve(true));
      socket.addEventListener('close', () => resolve(false));
    });
    return { fetched, posted, opened };
  }, origin);
  expect(reached).toEqual({ fetched: false, posted: false, opened: false });
});
