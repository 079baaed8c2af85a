import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/chromium.ts';

/** Which cluster a project's specs run against; the fixture in e2e/ starts it. Specs do not know which it is. */
export interface ClusterOption {
  readonly cluster: 'demo' | 'real';
}

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
const isShort = /(?<!\.long)\.spec\.ts$/;
const report = process.env['EVERYNODE_PLAYWRIGHT_REPORT'];

export default defineConfig<object, ClusterOption>({
  testDir: 'e2e',
  outputDir: 'test-results',
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
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    acceptDownloads: true,
  },
  projects: [
    { name: 'demo', testMatch: isShort, use: { cluster: 'demo' } },
    { name: 'real', testMatch: isShort, use: { cluster: 'real' }, workers: 1, timeout: 3 * MINUTE_MS },
    { name: 'demo-long', testMatch: isLong, use: { cluster: 'demo' }, timeout: 15 * MINUTE_MS },
    { name: 'real-long', testMatch: isLong, use: { cluster: 'real' }, workers: 1, timeout: 15 * MINUTE_MS },
  ],
});
