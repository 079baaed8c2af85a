import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { startDemoTestCluster } from '../e2e/fixtures/demo-test-cluster.ts';
import { CreatePage } from '../e2e/pages/create-page.ts';
import type { TestCluster } from '../e2e/fixtures/test-cluster.ts';
import { Rail } from '../e2e/pages/rail.ts';
import { CONTEXT, startBenchHost } from './bench-host.ts';
import type { Bench } from './bench-row.ts';
import { percentile } from './bench-table.ts';

export interface TypedManifest {
  /** From the choice of a file to its first line on screen, one each time. */
  readonly openedMs: readonly number[];
  /** Processor time of the page's main thread for each key, of each time; without what the page does when nobody types. */
  readonly keysMs: readonly (readonly number[])[];
}

/**
 * Variables of a container, as one adds them. A new line, which moves all lines below it, is every 22nd key; in the manifests of the
 * tests a line has as many on the average, without the indentation, which
 * the editor writes.
 */
const TYPED = `
- name: LOG_LEVEL
value: "debug"
- name: NODE_NAME
valueFrom: {fieldRef: {fieldPath: spec.nodeName}}
# read once, at its start
- name: BUFFER_LIMIT
value: "64Mi"
- name: TARGET_URL
value: https://logs.example.org/v1
- name: REGION
value: eu-1`;
/** Long enough for a key's frame, shorter than the pause after which a text is checked. */
const KEY_EVERY_MS = 120;
const QUIET_EVERY_MS = 700;
const QUIET_SECONDS = 0.02;
const QUIET_LOOKS = 40;
const IDLE_LOOKS = 20;

/** Whether the key of this number, of those whose cost is in `keysMs`, was a new line; the others are letters. */
export function isNewLine(key: number): boolean {
  return TYPED[key] === '\n';
}

/** Opens a text in the create page by its upload, and types into it; measured in Chromium's own count of its main thread. */
export async function typeIntoManifest(bench: Bench, text: string): Promise<TypedManifest> {
  const file = join(bench.folder, 'typed.yaml');
  await writeFile(file, text);
  const cluster = await startDemoTestCluster(24);
  const typed: TypedOnce[] = [];
  try {
    for (let time = 0; time < (bench.quick ? 2 : 5); time += 1) typed.push(await typeOnce(bench, cluster, file));
  } finally {
    await cluster.stop();
  }
  return { openedMs: typed.map((each) => each.openedMs), keysMs: typed.map((each) => each.keysMs) };
}

interface TypedOnce {
  readonly openedMs: number;
  readonly keysMs: readonly number[];
}

async function typeOnce(bench: Bench, cluster: TestCluster, file: string): Promise<TypedOnce> {
  const browser = await bench.browser();
  const host = await startBenchHost(bench, cluster.entry);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(host.url);
    await new Rail(page).open(CONTEXT);
    await page.goto(`${new URL(host.url).origin}/#/c/${CONTEXT}/create`);
    const openedMs = await openFile(page, file);
    await new CreatePage(page).editor.focus();
    return { openedMs, keysMs: await typeKeys(page) };
  } finally {
    await context.close();
    await host.stop();
  }
}

async function openFile(page: Page, file: string): Promise<number> {
  const create = new CreatePage(page);
  await create.showYaml();
  await page.getByText('apiVersion').first().waitFor();
  await page.evaluate(watchFile);
  await create.upload(file);
  const shown = await page.waitForFunction(() => document.documentElement.dataset['openedMs']);
  return Number(await shown.jsonValue());
}

/** Runs in the page: from the input's change to the frame that shows the file's first comment. */
function watchFile(): void {
  let chosenAt = 0;
  document.addEventListener('change', () => (chosenAt = performance.now()), { capture: true, once: true });
  const look = (): void => {
    const isShown = [...document.querySelectorAll('.view-line')].some((line) => line.textContent.includes('agents'));
    if (isShown && chosenAt > 0) document.documentElement.dataset['openedMs'] = String(performance.now() - chosenAt);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Types behind the first line of the text in the editor that has the focus. @returns the cost of each key, in milliseconds */
export async function typeKeys(page: Page): Promise<readonly number[]> {
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('End');
  const session = await page.context().newCDPSession(page);
  // Processor time of the thread: what else the machine does is not the page's cost.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  // Highlighting and reading a text that was just opened go on in the thread's idle time: they are no key's cost.
  await whenQuiet(page, session);
  // The first keys of each kind after an opening pay for what is loaded with them.
  for (const key of ['x', 'x', 'Enter', 'x', 'Enter', 'x', 'Enter', 'x']) await costOfKey(page, session, key);
  const idle: number[] = [];
  for (let look = 0; look < IDLE_LOOKS; look += 1) idle.push(await costOfKey(page, session, undefined));
  const idleMs = percentile(idle, 0.5);
  const costs: number[] = [];
  for (const key of TYPED) costs.push(await costOfKey(page, session, key === '\n' ? 'Enter' : key));
  return costs.map((each) => Math.max(0, each - idleMs));
}

async function costOfKey(page: Page, session: CDPSession, key: string | undefined): Promise<number> {
  const before = await taskSeconds(session);
  if (key !== undefined) await page.keyboard.press(key);
  await page.waitForTimeout(KEY_EVERY_MS);
  return ((await taskSeconds(session)) - before) * 1000;
}

/** Until the page's thread does next to nothing. @throws Error when it does not come to rest */
async function whenQuiet(page: Page, session: CDPSession): Promise<void> {
  for (let look = 0; look < QUIET_LOOKS; look += 1) {
    const before = await taskSeconds(session);
    await page.waitForTimeout(QUIET_EVERY_MS);
    if ((await taskSeconds(session)) - before < QUIET_SECONDS) return;
  }
  throw new Error('the page does not come to rest after the text was opened');
}

async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}
