import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, ipcMain, Menu, MessageChannelMain, powerMonitor, protocol, session } from 'electron';
import { type Core, createCore } from '../core/create-core.ts';
import { systemClock } from '../core/system-clock.ts';
import { defaultDataDir, ensureDataDir } from '../core/host/data-dir.ts';
import { PageServer } from '../core/host/page-server.ts';
import { type HostOptions, parseCommandLine, USAGE, userFolder } from '../core/host/command-line.ts';
import { CONNECT_MESSAGE, PORT_MESSAGE } from '../shared/contract/electron-bridge.ts';
import { assertNever } from '../shared/errors/assert-never.ts';
import { answerAppRequest, APP_SCHEME } from './app-protocol.ts';
import { hashOfAdded, hashOfLink, LINK_SCHEME } from './deep-link.ts';
import { startDemoUtility } from './demo-utility.ts';
import { offerToBrowser } from './external-link.ts';
import { denyNavigation, denyPermissions } from './lock-down.ts';
import { menuTemplate } from './menu-template.ts';
import { addKubeconfig, chooseKubeconfigs, openKubeconfigs } from './open-kubeconfig.ts';
import { OpenRequests } from './open-requests.ts';
import { servePort } from './serve-port.ts';
import { outsideArchive } from './outside-archive.ts';
import { readStartArguments } from './start-arguments.ts';
import { isTrustedSender } from './trusted-sender.ts';
import { bringToFront, openWindow, showHash } from './window.ts';

const RENDERER = fileURLToPath(new URL('../renderer/', import.meta.url));
const DECODE_WORKER = outsideArchive(new URL('./decode-worker.js', import.meta.url));

const DOCUMENTATION = 'https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/';

const tell = (line: string) => process.stderr.write(`${line}\n`);

// Must be said before the application is ready.
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);
start();

function start(): void {
  // The first arguments are Electron's program and, unless packaged, the script.
  const argv = process.argv.slice(app.isPackaged ? 1 : 2);
  const asked = readStartArguments(argv, process.cwd());
  const parsed = parseCommandLine(asked.options, userFolder(process.env, process.cwd()));
  switch (parsed.command) {
    case 'help':
      process.stdout.write(USAGE);
      return app.exit(0);
    case 'version':
      process.stdout.write(`${version()}\n`);
      return app.exit(0);
    case 'wrong':
      tell(`everynode: ${parsed.message}\n\n${USAGE}`);
      return app.exit(2);
    case 'run':
      prepareDataDir(dataDirOf(parsed.options));
      if (!app.requestSingleInstanceLock()) return app.exit(0);
      run(parsed.options, new OpenRequests(app, asked)).catch((error: unknown) => {
        tell(`everynode: ${error instanceof Error ? error.message : String(error)}`);
        app.exit(1);
      });
      return undefined;
    default:
      return assertNever(parsed);
  }
}

async function run(options: HostOptions, requests: OpenRequests): Promise<void> {
  denyNavigation(app, tell);
  await app.whenReady();
  denyPermissions(session.defaultSession);
  protocol.handle(APP_SCHEME, (request) => answerAppRequest(RENDERER, request));
  const core = await openCore(options);
  const pages = new PageServer({
    router: core.router,
    onBug: (where, error) =>
      tell(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  });
  ipcMain.on(CONNECT_MESSAGE, (event) => {
    if (!isTrustedSender(event.senderFrame)) return;
    const { port1, port2 } = new MessageChannelMain();
    servePort(port1, pages);
    event.senderFrame?.postMessage(PORT_MESSAGE, null, [port2]);
  });
  powerMonitor.on('resume', () => core.nudge());
  powerMonitor.on('unlock-screen', () => core.nudge());
  endWith(core, pages);
  // A checkout does not make itself the system's handler of links; an installed application does.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  showWindow(core, dataDirOf(options), requests);
}

function showWindow(core: Core, dataDir: string, requests: OpenRequests): void {
  const window = openWindow({ statePath: join(dataDir, 'window.json'), link: requests.takeLink(), tell });
  const report = (error: unknown) => tell(String(error));
  const add = (path: string) => core.addKubeconfig(path);
  const about = () => {
    app.setAboutPanelOptions({ applicationName: 'Everynode', applicationVersion: version() });
    app.showAboutPanel();
  };
  const actions = {
    about,
    openKubeconfig: () =>
      void openKubeconfigs(window, add).then((names) => showHash(window, hashOfAdded(names), tell), report),
    openDocumentation: () => void offerToBrowser(window, DOCUMENTATION).catch(report),
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate([...menuTemplate(process.platform, actions)]));
  requests.serve({
    showLink: (link) => showHash(window, hashOfLink(link), tell),
    openFile: (path) => void addKubeconfig(window, path, add).catch(report),
    bringToFront: () => bringToFront(window),
  });
}

function openCore(options: HostOptions): Promise<Core> {
  return createCore({
    version: version(),
    host: 'electron',
    platform: process.platform,
    dataDir: dataDirOf(options),
    env: process.env,
    clock: systemClock,
    log: tell,
    decodeWorkerUrl: DECODE_WORKER,
    chooseFiles: () => chooseKubeconfigs(BrowserWindow.getAllWindows()[0]),
    demoProcess: (nodes) => startDemoUtility(nodes ?? options.demoNodes, tell),
    ...(options.kubeconfigArgs.length > 0 ? { kubeconfigArgs: options.kubeconfigArgs } : {}),
    demo: { open: options.demo, ...(options.demoNodes === undefined ? {} : { nodes: options.demoNodes }) },
  });
}

/** Closing the window ends the application, on macOS too: there is one window, and it is the application. */
function endWith(core: Core, pages: PageServer): void {
  let ended = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    pages.dispose();
    core
      .dispose()
      .catch((error: unknown) => tell(String(error)))
      .finally(() => {
        ended = true;
        app.quit();
      });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
}

/** The same folder as the server host's, so that both know the same contexts. */
function dataDirOf({ dataDir }: HostOptions): string {
  return dataDir ?? defaultDataDir(process.platform, process.env, homedir());
}

/** Chromium's own files lie in a folder beside ours. Electron takes only one that exists. */
function prepareDataDir(dataDir: string): void {
  const chromium = join(dataDir, 'chromium');
  ensureDataDir(dataDir);
  ensureDataDir(chromium);
  app.setPath('userData', chromium);
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '0.0.0';
}
