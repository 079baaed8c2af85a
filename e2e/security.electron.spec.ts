import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { AnsweredRequest, RecordedCall } from '../tests/electron/wire.ts';
import { StandInProcess } from '../tests/electron/stand-in-process.ts';
import { callsOf, standInOf } from './fixtures/electron-host-process.ts';
import { writeKubeconfig } from './fixtures/kubeconfig.ts';
import { expect, test } from './fixtures/test.ts';
import { Rail } from './pages/rail.ts';

const WINDOW = 1;
const CONNECT = 'everynode:connect';

const HOSTILE_LINKS = [
  'everynode://c/alpha/daemonsets/kube-system/kube-proxy/delete',
  'everynode://c/alpha/secrets',
  'everynode://c/../../contexts',
  'everynode://c/alpha/daemonsets/..%2f..%2fx/y',
  'everynode://connect/alpha',
  'everynode://c/al%0Apha/daemonsets',
  'everynode:alpha',
  'everynode://',
  `everynode://c/${'x'.repeat(5_000)}/daemonsets`,
  'javascript:alert(1)',
  'file:///etc/passwd',
  'https://evil.test/',
] as const;

/** A server that only counts who knocks. */
async function countingServer(): Promise<{ readonly server: Server; readonly port: number; knocks(): number }> {
  let knocks = 0;
  const server = createServer((socket) => {
    knocks += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { server, port: typeof address === 'object' ? (address?.port ?? 0) : 0, knocks: () => knocks };
}

test('a page leads nowhere: no redirect, no frame, no webview, no other scheme', async ({
  everynode,
  page,
  problems,
}) => {
  const host = standInOf(everynode);
  const isLet = (
    ask: 'will-navigate' | 'will-redirect' | 'will-frame-navigate' | 'will-attach-webview' | 'window-open',
    url: string,
  ) => host.ask({ ask, window: WINDOW, url });
  const elsewhere = [
    'https://evil.test/',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'data:text/html,x',
    'app://evil/',
    'app://everynode.evil/',
  ];
  for (const url of [...elsewhere, 'blob:app://everynode/1', 'javascript:alert(1)', 'everynode://c/alpha/daemonsets']) {
    expect(await isLet('will-navigate', url), `a navigation to ${url}`).toBe(false);
    expect(await isLet('will-redirect', url), `a redirect to ${url}`).toBe(false);
  }
  for (const url of [...elsewhere, 'app://everynode/']) {
    expect(await isLet('will-frame-navigate', url), `a frame of ${url}`).toBe(false);
    expect(await isLet('will-attach-webview', url), `a webview of ${url}`).toBe(false);
    expect(await isLet('window-open', url), `a window of ${url}`).toBe(false);
  }
  expect(await isLet('will-navigate', 'app://everynode/index.html')).toBe(true);
  expect(await callsOf(host, 'shell.openExternal')).toEqual([]);

  problems.tolerate(/Content Security Policy|frame|evil/);
  const frames = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = 'https://evil.test/';
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    return frame.contentDocument === null ? 'closed to us' : frame.contentDocument.body.innerHTML;
  });
  expect(['', 'closed to us']).toContain(frames);
  expect(page.url().startsWith(everynode.origin)).toBe(true);
});

test('only the page itself is answered, not a frame in it and not one that is gone', async ({ everynode }) => {
  const host = standInOf(everynode);
  const ask = (origin: string, frame: 'top' | 'inside' | 'gone') =>
    host.ask({ ask: 'ipc-from-frame', window: WINDOW, channel: CONNECT, origin, frame });
  expect(await ask('app://everynode', 'inside')).toBe(false);
  expect(await ask('app://everynode', 'gone')).toBe(false);
  expect(await ask('https://evil.test', 'inside')).toBe(false);
  for (const origin of ['null', 'file://', 'app://everynode.evil', 'https://everynode']) {
    expect(await ask(origin, 'top'), origin).toBe(false);
  }
  expect(await ask('app://everynode', 'top')).toBe(true);
});

test('every permission but copying and notifying is denied to every origin', async ({ everynode }) => {
  const host = standInOf(everynode);
  // electronjs.org docs: api/session "ses.setPermissionRequestHandler" and "ses.setPermissionCheckHandler".
  const permissions = [
    'accessibility-events',
    'clipboard-read',
    'deprecated-sync-clipboard-read',
    'display-capture',
    'fileSystem',
  ];
  const others = [
    'fullscreen',
    'geolocation',
    'hid',
    'idle-detection',
    'keyboardLock',
    'media',
    'mediaKeySystem',
    'midi',
    'midiSysex',
  ];
  const last = [
    'openExternal',
    'pointerLock',
    'serial',
    'speaker-selection',
    'storage-access',
    'top-level-storage-access',
    'usb',
    'window-management',
    'unknown',
  ];
  for (const permission of [...permissions, ...others, ...last]) {
    for (const origin of ['app://everynode', 'https://evil.test']) {
      const got = await host.ask({ ask: 'permission', permission, origin });
      expect(got, `${permission} for ${origin}`).toEqual({ requested: false, checked: false, device: false });
    }
  }
});

test('app:// gives the files of the page and nothing beside them, always under the policy', async ({
  everynode,
  page,
}) => {
  const host = standInOf(everynode);
  const get = async (url: string, method = 'GET') =>
    (await host.ask({ ask: 'request', url, method })) as AnsweredRequest;
  const attempts = [
    '..%2fmain/main.js',
    '%2e%2e/main/main.js',
    '..%5cmain%5cmain.js',
    '%2e%2e%2f%2e%2e%2fpackage.json',
    '%252e%252e/main/main.js',
  ];
  const odd = [
    '.stamp',
    'assets/',
    'assets',
    '/etc/passwd',
    'index.html%00',
    'index.html/',
    'INDEX.HTML:$DATA',
    'a'.repeat(10_000),
  ];
  const urls = [...attempts, ...odd].map((path) => `app://everynode/${path}`);
  for (const url of [...urls, 'app://other/index.html', 'app://everynode.evil/', 'app:///index.html']) {
    const { status, headers, body } = await get(url);
    expect(status, url).toBe(404);
    expect(Buffer.from(body).toString()).toBe('There is no such file.');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-type': 'text/plain; charset=utf-8' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'HEAD'])
    expect((await get('app://everynode/', method)).status).toBe(404);

  const loaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
  );
  expect(loaded.length).toBeGreaterThan(1);
  for (const path of ['/', ...loaded]) {
    const { status, headers } = await get(`app://everynode${path}`);
    expect(status, path).toBe(200);
    expect(headers['content-security-policy'], path).toContain("object-src 'none'");
  }
});

test('a hostile link shows nothing, connects nothing and changes nothing', async ({
  clusters,
  folder,
  launch,
  page,
}) => {
  const { server, port, knocks } = await countingServer();
  const entry = { ...clusters.alpha.entry, cluster: { server: `http://127.0.0.1:${port}` } };
  const kubeconfig = await writeKubeconfig(join(folder, 'kubeconfig'), { alpha: entry, beta: clusters.beta.entry });
  const everynode = await launch({ kubeconfigs: [kubeconfig] });
  const host = standInOf(everynode);
  const rail = new Rail(page);
  await expect(rail.tiles).toHaveCount(2);
  const visited: string[] = [];
  page.on('framenavigated', (frame) => visited.push(frame.url()));
  const show = (link: string) => host.ask({ ask: 'emit', on: 'app', event: 'open-url', args: [link] });
  for (const link of HOSTILE_LINKS) await show(link);
  await show('everynode://c/alpha/daemonsets?kubeconfig=/etc/passwd&open=1#/c/beta/daemonsets/x');
  // Pages are shown in their order, so this is the first that came after all of those.
  await expect(page).toHaveURL(`${everynode.origin}/#/c/alpha/daemonsets`);
  expect(visited).toEqual([page.url()]);
  for (const name of ['alpha', 'beta']) await rail.expectState(name, 'not connected');
  expect(knocks()).toBe(0);
  expect(await callsOf(host, 'dialog.showMessageBox')).toEqual([]);
  expect(await callsOf(host, 'shell.openExternal')).toEqual([]);
  await everynode.stop();
  await new Promise((resolve) => server.close(resolve));
});

test('a second start with odd arguments changes nothing of the first', async ({ everynode, page }) => {
  const rail = new Rail(page);
  await expect(rail.tiles).toHaveCount(2);
  const start = async (...args: readonly string[]) => {
    const lock = ['--data-dir', everynode.dataDir];
    const second = StandInProcess.spawn(page, { args: [...lock, ...args], env: { HOME: everynode.home } });
    return second.ended;
  };
  expect(await start('--kubeconfig', '/etc/passwd')).toBe(0);
  expect(await start('--demo')).toBe(0);
  expect(await start('everynode://c/beta/daemonsets', '--kubeconfig', '/etc/passwd', '/tmp/smuggled.kubeconfig')).toBe(
    0,
  );
  await expect(page).toHaveURL(`${everynode.origin}/#/c/beta/daemonsets`);
  expect(await start('--inspect=0.0.0.0:9229')).toBe(2);
  expect(await start('--no-such-option')).toBe(2);
  expect(await start('', '--', 'x')).toBe(2);
  await expect(rail.tiles).toHaveCount(2);
  await rail.expectState('beta', 'not connected');
  const calls = (await standInOf(everynode).ask({ ask: 'calls' })) as readonly RecordedCall[];
  expect(calls.filter(({ api }) => api.startsWith('dialog.'))).toEqual([]);
});

test('a file that is no kubeconfig is refused in words, whatever it is', async ({ everynode, folder, page }) => {
  const host = standInOf(everynode);
  const refusals = async () =>
    (await callsOf(host, 'dialog.showMessageBox')) as readonly { readonly message: string; readonly detail: string }[];
  const open = (path: string) => host.ask({ ask: 'emit', on: 'app', event: 'open-file', args: [path] });
  const huge = join(folder, 'huge.kubeconfig');
  await writeFile(huge, '');
  await truncate(huge, 500_000_000);
  const binary = join(folder, 'binary.kubeconfig');
  await writeFile(binary, Buffer.from(Uint8Array.from({ length: 4_096 }, (_, index) => index % 256)));
  await mkdir(join(folder, 'folder.kubeconfig'));
  const cases = [
    [join(folder, 'missing.kubeconfig'), /missing\.kubeconfig/],
    [huge, /4 MB is not read/],
    [binary, /binary\.kubeconfig/],
    [join(folder, 'folder.kubeconfig'), /cannot be read \(EISDIR\)/],
    ...(process.platform === 'win32' ? [] : [['/dev/zero', /cannot be read \(EFBIG\)/] as const]),
    [`${folder}/nul\0.kubeconfig`, /null bytes|not be read/i],
  ] as const;
  for (const [index, [path, words]] of cases.entries()) {
    await open(path);
    await expect.poll(async () => (await refusals()).length, path).toBe(index + 1);
    const last = (await refusals()).at(-1);
    expect(last?.message).toBe('The kubeconfig was not added.');
    expect(last?.detail).toMatch(words);
  }
  await expect(new Rail(page).tiles).toHaveCount(2);
  expect(await callsOf(host, 'app.addRecentDocument')).toEqual([]);
});
