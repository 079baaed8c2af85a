import { defineConfig, type Project } from '@playwright/test';
import { findChromium } from './scripts/chromium.ts';
import { installedElectron } from './scripts/open/installed-electron.ts';

/** Which cluster a project's specs run against; the fixture in e2e/ starts it. Specs do not know which it is. */
export interface ClusterOption {
  readonly cluster: 'demo' | 'real';
}

/** Which program shows the page: the loopback server, or the Electron host on a stand-in for Electron or on the real one. */
export interface HostOption {
  readonly host: 'server' | 'electron-stand-in' | 'electron';
}

type ClusterProject = Project<object, ClusterOption & HostOption>;

const executablePath = findChromium();
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const MINUTE_MS = 60_000;
const isLong = /\.long\.spec\.ts$/;
/** Runs on both clusters. */
const isShort = /(?<!\.long|\.real|\.electron)\.spec\.ts$/;
/** The short journey on the real control plane; `real-long` runs the rest of the specs there. */
const isJourney =
  /(contexts|create-again|edit|environment|journal|life|many|nodes-map|operations|revisions|staged|watch|wizard|\.real)\.spec\.ts$/;
/** Runs on the Electron host too. */
const isForEveryHost = /(contexts|life|\.electron)\.spec\.ts$/;
const isForBinary = /(contexts|life)\.spec\.ts$/;
const report = process.env['EVERYNODE_PLAYWRIGHT_REPORT'];

export default defineConfig<object, ClusterOption & HostOption>({
  testDir: 'e2e',
  forbidOnly: true,
  retries: 0,
  workers: 2,
  fullyParallel: false,
  timeout: MINUTE_MS,
  expect: { timeout: 10_000 },
  reporter: report === undefined ? 'list' : [['list'], ['json', { outputFile: report }]],
  use: {
    browserName: 'chromium',
    headless: true,
    launchOptions: { args, ...(executablePath === undefined ? {} : { executablePath }) },
    viewport: { width: 1440, height: 900 },
    // Pictures and DOM snapshots of every action are a quarter of all processor time; `--trace on` has them.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    acceptDownloads: true,
  },
  projects: inFoldersOfTheirOwn([
    { name: 'demo', testMatch: isShort, use: { cluster: 'demo' } },
    { name: 'electron-stand-in', testMatch: isForEveryHost, use: { cluster: 'demo', host: 'electron-stand-in' } },
    ...(installedElectron(import.meta.dirname) === undefined
      ? []
      : [
          {
            name: 'electron',
            testMatch: isForBinary,
            use: { cluster: 'demo', host: 'electron' } as const,
            // One window has the keyboard at a time.
            workers: 1,
          },
        ]),
    { name: 'real', testMatch: isJourney, use: { cluster: 'real' }, workers: 1, timeout: 3 * MINUTE_MS },
    { name: 'demo-long', testMatch: isLong, use: { cluster: 'demo' }, timeout: 15 * MINUTE_MS },
    {
      name: 'real-long',
      testMatch: [isShort, isLong],
      // What does not look at this cluster, or ran in `real`, is not run again.
      testIgnore: [isJourney, /(demo|relist|start|server-access)\.spec\.ts$/],
      use: { cluster: 'real' },
      workers: 1,
      timeout: 15 * MINUTE_MS,
    },
  ]),
});

/** A run empties its output folder first, and projects run side by side. */
function inFoldersOfTheirOwn(projects: readonly ClusterProject[]): ClusterProject[] {
  return projects.map((project) => ({ ...project, outputDir: `test-results/${project.name}` }));
}
