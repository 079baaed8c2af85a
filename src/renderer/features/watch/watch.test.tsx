// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { aPodRow, aRevisionRow } from '../../../../tests/fakes/rows.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import type { DesktopNotice, DesktopNotifier, NotifyPermission } from '../../live/notifier.ts';
import { unwatch } from '../../stores/watched.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const context = aContext('prod', { connection: { ...live, serverVersion: 'v1.37.2', userName: 'jane' } });
const PAGE = '#/c/prod/daemonsets/logging/fluent-bit';
const target = { contextName: 'prod', namespace: 'logging', name: 'fluent-bit', uid: 'uid-fluent-bit' };

class FakeNotifier implements DesktopNotifier {
  permission: NotifyPermission = 'default';
  answer: NotifyPermission = 'granted';
  asked = 0;
  readonly shown: DesktopNotice[] = [];

  async ask(): Promise<NotifyPermission> {
    this.asked += 1;
    this.permission = this.answer;
    return this.answer;
  }

  show(notice: DesktopNotice): void {
    this.shown.push(notice);
  }
}

let core: FakeCore;
let app: RenderedApp;
let notifier: FakeNotifier;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  core = new FakeCore();
  notifier = new FakeNotifier();
});
afterEach(() => {
  cleanup();
  unwatch(target);
});

async function push(more: Partial<DaemonSetRow>): Promise<void> {
  const row = aDaemonSetRow('fluent-bit', { namespace: 'logging', desired: 2, templateGeneration: 2, ...more });
  core.daemonSet.push({ state: live, value: { row, gone: false } });
  await app.settle();
}

async function open(more: Partial<DaemonSetRow> = { updated: 1 }): Promise<void> {
  app = await renderApp(core, new FakeClock(), { view: aContextsView([context]), hash: PAGE, notifier });
  await act(() => import('../detail/index.ts').then(() => undefined));
  await app.settle();
  await push(more);
  core.revisions.push({ state: live, value: [aRevisionRow({ hash: 'new', revision: 2 })] });
  core.pods.push({ type: 'full', state: live, rows: [aPodRow({ ownerUid: target.uid, revisionHash: 'new' })] });
  core.staged.push({ state: live, value: { waits: [], runsElsewhere: false } });
  await app.settle();
}

async function toggle(): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name: 'Watch rollout' }));
  await app.settle();
}

/** What a stream has told before the watcher came is told to it again. */
async function again(more: Partial<DaemonSetRow>): Promise<void> {
  await push(more);
  await app.settle(10_000);
}

describe('a watched rollout', () => {
  it('asks on the click, tells its end on the desktop once, also from another page, and a click leads to it', async () => {
    await open();
    expect(notifier.asked).toBe(0);
    await toggle();
    expect(notifier.asked).toBe(1);
    expect(screen.getByRole('button', { name: 'Watch rollout', pressed: true })).toBeDefined();
    await again({ updated: 1 });
    expect(notifier.shown).toEqual([]);
    await app.go('#/c/prod/events');
    await again({});
    await again({});
    expect(notifier.shown).toMatchObject([
      {
        title: 'fluent-bit is rolled out',
        body: 'All 2 pods are of the current revision and available. prod, logging',
      },
    ]);
    await act(async () => notifier.shown[0]?.onClick());
    expect(globalThis.location.hash).toBe(PAGE);
  });

  it('tells nothing of what was so at the toggle, and nothing after it was switched off', async () => {
    await open({});
    await toggle();
    await again({});
    await toggle();
    expect(screen.getByRole('button', { name: 'Watch rollout', pressed: false })).toBeDefined();
    await again({ updated: 1, generation: 2 });
    await again({});
    expect(notifier.shown).toEqual([]);
  });

  it('says that the desktop is denied, and tells its news in the page', async () => {
    notifier.answer = 'denied';
    await open();
    await toggle();
    expect(screen.getByText(/Desktop notifications are not allowed for this page/)).toBeDefined();
    await again({ updated: 1 });
    await push({});
    expect(notifier.shown).toEqual([]);
    expect(screen.getByText('fluent-bit is rolled out')).toBeDefined();
  });

  it('ends with its object: a namesake is not watched', async () => {
    await open();
    await toggle();
    await again({ updated: 1 });
    await push({ uid: 'another' });
    expect(screen.getByText('fluent-bit is watched no longer')).toBeDefined();
    expect(notifier.shown).toEqual([]);
  });
});
