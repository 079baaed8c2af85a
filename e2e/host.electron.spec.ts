import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FaultProxy } from '../tests/faults/fault-proxy.ts';
import { StandInProcess } from '../tests/electron/stand-in-process.ts';
import type { MenuEntry } from '../tests/electron/wire.ts';
import { callsOf, standInOf } from './fixtures/electron-host-process.ts';
import { writeKubeconfig } from './fixtures/kubeconfig.ts';
import { expect, test } from './fixtures/test.ts';
import { Rail } from './pages/rail.ts';
import { expectMode } from '../tests/fakes/expect-mode.ts';

const WINDOW = 1;

test('the page gets nothing of Node, and one object of the host', async ({ everynode, page, problems }) => {
  const host = standInOf(everynode);
  expect(await host.ask({ ask: 'preferences', window: WINDOW })).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    webviewTag: false,
  });
  const seen = await page.evaluate(() => ({
    names: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in window),
    bridge: Object.keys((window as unknown as { everynode: object }).everynode).toSorted(),
  }));
  expect(seen).toEqual({ names: [], bridge: ['connect', 'platform'] });

  const response = await page.reload();
  const policy = (await response?.headerValue('content-security-policy')) ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  problems.tolerate(/Content Security Policy/);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "run"';
    document.body.append(script);
  });
  await expect(page).not.toHaveTitle('run');
});

test('permissions are denied, and messages of strangers go unanswered', async ({ everynode }) => {
  const host = standInOf(everynode);
  const ask = (permission: string, origin: string) => host.ask({ ask: 'permission', permission, origin });
  for (const permission of ['media', 'geolocation', 'clipboard-read', 'openExternal']) {
    expect(await ask(permission, 'app://everynode')).toEqual({ requested: false, checked: false, device: false });
  }
  for (const permission of ['clipboard-sanitized-write', 'notifications']) {
    expect(await ask(permission, 'app://everynode')).toEqual({ requested: true, checked: true, device: false });
    expect(await ask(permission, 'https://evil.test')).toMatchObject({ requested: false });
  }

  const connect = (origin: string) =>
    host.ask({ ask: 'ipc-from-frame', window: WINDOW, channel: 'everynode:connect', origin });
  expect(await connect('https://evil.test')).toBe(false);
  expect(await connect('app://other')).toBe(false);
  expect(await connect('app://everynode')).toBe(true);
});

test('the window stays on its page; a web page opens in the browser, after a question', async ({ everynode, page }) => {
  const host = standInOf(everynode);
  const leaveFor = (url: string) => page.evaluate((to) => void (location.href = to), url);
  const asked = () => callsOf(host, 'dialog.showMessageBox');
  const opened = () => callsOf(host, 'shell.openExternal');

  await leaveFor('https://kubernetes.io/docs/');
  await expect.poll(asked).toMatchObject([{ detail: 'https://kubernetes.io/docs/', buttons: ['Open', 'Cancel'] }]);
  expect(await opened()).toEqual([]);
  expect(page.url().startsWith(everynode.origin)).toBe(true);

  await host.ask({ ask: 'dialog-answer', response: 0 });
  await page.evaluate(() => void window.open('https://kubernetes.io/docs/concepts/'));
  await expect.poll(opened).toEqual(['https://kubernetes.io/docs/concepts/']);
  await expect.poll(() => page.context().pages().length).toBe(1);

  expect(await host.ask({ ask: 'window-open', window: WINDOW, url: 'app://everynode/' })).toBe(false);
  await leaveFor('http://plain.test/');
  await leaveFor('https://user:secret@evil.test/');
  // The answer to a later question shows that those two were not asked about.
  await page.evaluate(() => void window.open('https://kubernetes.io/blog/'));
  await expect.poll(opened).toHaveLength(2);
  expect(await asked()).toHaveLength(3);
  await expect(new Rail(page).tiles).toHaveCount(2);
});

test('the menu adds a kubeconfig, and one that is none is refused in words', async ({
  clusters,
  everynode,
  folder,
  page,
}) => {
  const host = standInOf(everynode);
  const menu = (await host.ask({ ask: 'menu' })) as readonly MenuEntry[];
  const own = process.platform === 'darwin' ? ['Everynode'] : [];
  expect(menu.map(({ label }) => label)).toEqual([...own, 'File', 'Edit', 'View', 'Window', 'Help']);

  const path = await writeKubeconfig(`${folder}/more.kubeconfig`, { gamma: clusters.alpha.entry });
  await host.ask({ ask: 'dialog-answer', response: 0, filePaths: [path] });
  await host.ask({ ask: 'click', path: ['File', 'Open Kubeconfig…'] });
  await new Rail(page).expectState('gamma', 'not connected');
  await expect(page).toHaveURL(`${everynode.origin}/#/c/gamma/daemonsets`);
  expect(await callsOf(host, 'app.addRecentDocument')).toEqual([path]);

  const spoilt = join(folder, 'spoilt.kubeconfig');
  await writeFile(spoilt, '{"kind": "Pod"');
  await host.ask({ ask: 'emit', on: 'app', event: 'open-file', args: [spoilt] });
  await expect
    .poll(() => callsOf(host, 'dialog.showMessageBox'))
    .toMatchObject([{ message: 'The kubeconfig was not added.' }]);
  await expect(new Rail(page).tiles).toHaveCount(3);
});

test("the page chooses a kubeconfig in the system's own dialog", async ({ clusters, everynode, folder, page }) => {
  const host = standInOf(everynode);
  const path = await writeKubeconfig(join(folder, 'more'), { gamma: clusters.alpha.entry });
  await page.getByTitle('All contexts').click();
  await page.getByRole('button', { name: 'Open a kubeconfig' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open a kubeconfig' });
  const choose = dialog.getByRole('button', { name: 'Choose a file…' });
  await choose.click();
  await expect.poll(() => callsOf(host, 'dialog.showOpenDialog')).toHaveLength(1);
  await expect(choose).toBeEnabled();
  await expect(dialog).toBeVisible();

  await host.ask({ ask: 'dialog-answer', response: 0, filePaths: [path] });
  await choose.click();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(`${everynode.origin}/#/c/gamma/daemonsets`);
  await new Rail(page).expectState('gamma', 'not connected');
  const [asked] = (await callsOf(host, 'dialog.showOpenDialog')) as readonly {
    readonly properties: readonly string[];
  }[];
  expect(asked?.properties).toEqual(['openFile', 'multiSelections', 'showHiddenFiles']);
});

test('a second start leaves its link and its file with the first, which connects nothing', async ({
  clusters,
  everynode,
  folder,
  page,
}) => {
  const file = await writeKubeconfig(`${folder}/more.kubeconfig`, { gamma: clusters.beta.entry });
  const args = ['--data-dir', everynode.dataDir, file, 'everynode://c/beta/daemonsets'];
  const second = StandInProcess.spawn(page, { args, env: { HOME: everynode.home } });
  expect(await second.ended).toBe(0);
  await expect(page).toHaveURL(`${everynode.origin}/#/c/beta/daemonsets`);
  await expect(page.getByText('beta is not connected')).toBeVisible();
  const rail = new Rail(page);
  await rail.expectState('gamma', 'not connected');
  await rail.expectState('beta', 'not connected');
  expect(await callsOf(standInOf(everynode), 'window.focus')).toEqual([WINDOW]);
});

test('a link is shown when the system brings it, and an installed application is the one that gets it', async ({
  launch,
  page,
}) => {
  const everynode = await launch({
    args: ['everynode://c/alpha/daemonsets'],
    env: { EVERYNODE_STAND_IN_PACKAGED: '1' },
  });
  const host = standInOf(everynode);
  expect(await callsOf(host, 'app.setAsDefaultProtocolClient')).toEqual(['everynode']);
  await expect(page.getByText('alpha is not connected')).toBeVisible();

  const openUrl = (url: string) => host.ask({ ask: 'emit', on: 'app', event: 'open-url', args: [url] });
  expect(await openUrl('everynode://c/alpha/secrets/x')).toEqual({ emitted: true, defaultPrevented: true });
  await openUrl('https://evil.test/');
  await openUrl('everynode://c/beta/daemonsets');
  await expect(page.getByText('beta is not connected')).toBeVisible();
  await expect(page).toHaveURL(`${everynode.origin}/#/c/beta/daemonsets`);
});

test('waking up and unlocking open every watch anew', async ({ clusters, folder, launch, page }) => {
  const relay = await FaultProxy.start(Number(new URL(clusters.alpha.entry.cluster.server).port));
  const server = clusters.alpha.entry.cluster.server.replace(/:\d+$/, `:${relay.port}`);
  const entry = { ...clusters.alpha.entry, cluster: { ...clusters.alpha.entry.cluster, server } };
  const kubeconfig = await writeKubeconfig(`${folder}/kubeconfig`, { alpha: entry });
  const everynode = await launch({ kubeconfigs: [kubeconfig] });
  const rail = new Rail(page);
  await rail.open('alpha');
  await rail.expectState('alpha', 'live');
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('live');
  for (const event of ['resume', 'unlock-screen']) {
    // Until nothing is being opened any more; a connection of the start itself must not count.
    let before = -1;
    const isSettled = () => before === (before = relay.accepted);
    await expect.poll(isSettled, { intervals: [1_500] }).toBe(true);
    await standInOf(everynode).ask({ ask: 'emit', on: 'powerMonitor', event, args: [] });
    await expect.poll(() => relay.accepted, `connections after ${event}`).toBeGreaterThan(before);
    await rail.expectState('alpha', 'live');
  }
  await everynode.stop();
  await relay.close();
});

test('the place of the window outlives a crash, and a screen that is unplugged does not keep it', async ({
  launch,
}) => {
  const everynode = await launch();
  const host = standInOf(everynode);
  const file = join(everynode.dataDir, 'window.json');
  const kept = async () => JSON.parse(await readFile(file, 'utf8').catch(() => 'null')) as unknown;
  const first = { x: 0, y: 0, width: 1920, height: 1040 };
  const second = { x: 1920, y: 0, width: 1920, height: 1040 };
  await host.ask({ ask: 'displays', workAreas: [first, second] });
  const bounds = { x: 2_100, y: 80, width: 1000, height: 700 };
  await host.ask({ ask: 'set-bounds', window: WINDOW, bounds });
  await expect.poll(kept).toEqual({ ...bounds, maximized: false });

  await host.ask({ ask: 'displays', workAreas: [first] });
  const middle = { x: 460, y: 170, width: 1000, height: 700 };
  expect(await host.ask({ ask: 'bounds', window: WINDOW })).toEqual(middle);
  await expect.poll(kept).toEqual({ ...middle, maximized: false });
  host.child.kill('SIGKILL');
  expect(await host.ended).toBe(null);
  expect(await kept()).toEqual({ ...middle, maximized: false });
});

test('the window opens where it was', async ({ launch }) => {
  const first = await launch();
  const host = standInOf(first);
  const bounds = { x: 120, y: 80, width: 1000, height: 700 };
  await host.ask({ ask: 'set-bounds', window: WINDOW, bounds });
  const file = join(first.dataDir, 'window.json');
  // Windows ends a process without letting it close its window.
  if (process.platform === 'win32') await expect.poll(() => existsSync(file)).toBe(true);
  await first.stop();
  expectMode(file, 0o600);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ ...bounds, maximized: false });

  const second = await launch({ dataDir: first.dataDir });
  expect(await standInOf(second).ask({ ask: 'bounds', window: WINDOW })).toEqual(bounds);
  await second.stop();

  await writeFile(file, JSON.stringify({ ...bounds, x: 9_000, maximized: false }));
  const third = await launch({ dataDir: first.dataDir });
  expect(await standInOf(third).ask({ ask: 'bounds', window: WINDOW })).toMatchObject({ x: 0, width: 1000 });
});

test('a request whose answer the host still owes when it ends fails in the page, and nowhere else', async ({
  launch,
}) => {
  test.skip(process.platform === 'win32', 'Windows cannot stop a process and let it live');
  const { page, host } = await launch();
  const { child } = standInOf({ host });
  child.kill('SIGSTOP');
  const asked = page.waitForEvent('request');
  const outcome = page.evaluate(() =>
    fetch('/index.html').then(
      () => 'answered',
      () => 'failed',
    ),
  );
  await asked;
  child.kill('SIGKILL');
  expect(await outcome).toBe('failed');
});
