// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { FakeCore, aContext, aContextsView, aDaemonSetRow } from '../../testing/fake-core.ts';
import { commonImage } from './set-image-model.ts';
import { type RenderedApp, renderApp } from '../../testing/render-app.tsx';

const live = { phase: 'live', since: 0 } as const;
const connected = { ...live, serverVersion: 'v1.37.2' } as const;
const OBJECT = JSON.stringify({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'agent', namespace: 'logging', uid: 'uid-there' },
  spec: { template: { spec: { containers: [{ name: 'main', image: 'registry.test/agent:1' }] } } },
});

let core: FakeCore;
let app: RenderedApp;
let clock: FakeClock;

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  core = new FakeCore();
  core.jsonText = OBJECT;
  core.saveOutcome = { ...core.saveOutcome, restarts: true };
  clock = new FakeClock();
  const contexts = [
    aContext('prod', { connection: connected }),
    aContext('spare', { connection: connected }),
    aContext('shut'),
    aContext('frozen', { connection: connected, guardLevel: 'read-only' }),
  ];
  app = await renderApp(core, clock, { view: aContextsView(contexts), hash: '#/c/prod/daemonsets' });
  core.daemonSets.push({ type: 'full', state: live, rows: [aDaemonSetRow('agent', { namespace: 'logging' })] });
  await app.settle();
});
afterEach(async () => {
  await act(async () => clock.advance(10_000));
  cleanup();
});

async function openDialog(): Promise<HTMLElement> {
  fireEvent.click(screen.getByRole('button', { name: 'Actions for agent' }));
  await app.settle();
  fireEvent.click(screen.getByRole('menuitem', { name: 'Set image…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Set image of agent' });
  await waitFor(() => expect(screen.queryByRole('combobox', { name: 'Tag of main' })).not.toBeNull());
  return dialog;
}

const typeTag = (tag: string) =>
  fireEvent.change(screen.getByRole('combobox', { name: 'Tag of main' }), { target: { value: tag } });

async function press(name: string): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name }));
  await app.settle();
}

const saves = () =>
  core.calledWith('daemonSet.save') as { contextName: string; dryRun: boolean; uid: string; afterText: string }[];

describe('set image', () => {
  it('previews old and new with a dry run, sends exactly that, and says the same with kubectl', async () => {
    const dialog = await openDialog();
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Preview' }).disabled).toBe(true);
    typeTag('2');
    await press('Preview');
    expect(within(dialog).getByText('main: registry.test/agent:1 → registry.test/agent:2')).toBeDefined();
    expect(within(dialog).getByText(/^Restarts 3 pods|^Restarts \d+ pod/)).toBeDefined();
    expect(dialog.textContent).toContain(
      'kubectl --context prod -n logging set image daemonset/agent main=registry.test/agent:2',
    );
    await press('Set image');
    expect(saves().map(({ dryRun }) => dryRun)).toEqual([true, false]);
    expect(saves()[1]).toMatchObject({ uid: 'uid-agent', afterText: OBJECT.replace('agent:1', 'agent:2') });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('forgets the preview when something else is typed', async () => {
    await openDialog();
    typeTag('2');
    await press('Preview');
    typeTag('3');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Set image' }).disabled).toBe(true);
    expect(screen.queryByText(/agent:2/)).toBeNull();
  });

  it('writes a change cause only when one is typed', async () => {
    await openDialog();
    typeTag('2');
    fireEvent.change(screen.getByRole('textbox', { name: 'Change cause (optional)' }), { target: { value: 'leak' } });
    await press('Preview');
    expect(saves()[0]?.afterText).toContain('"kubernetes.io/change-cause"');
    expect(screen.getByRole('dialog').textContent).toContain('annotate --overwrite daemonset/agent');
  });

  it('offers the other open contexts, goes on after one that fails, and sends nothing twice', async () => {
    const refused = new AppError({ reason: 'Forbidden', message: 'You may not patch daemonsets.apps there.' });
    let isRefused = true;
    core.save = ({ contextName, dryRun }) => {
      if (contextName === 'prod' && !dryRun && isRefused) throw refused;
      return core.saveOutcome;
    };
    const dialog = await openDialog();
    expect(within(dialog).queryByRole('checkbox', { name: 'shut' })).toBeNull();
    expect(within(dialog).getByRole<HTMLInputElement>('checkbox', { name: 'frozen' }).disabled).toBe(true);
    fireEvent.click(within(dialog).getByRole('checkbox', { name: 'spare' }));
    await app.settle();
    typeTag('2');
    await press('Preview');
    await press('Set image');
    expect(within(dialog).getByText('You may not patch daemonsets.apps there.')).toBeDefined();
    expect(within(dialog).getByText('Image set')).toBeDefined();
    expect(within(dialog).getByRole('status').textContent).toBe('1 of 2 done, 1 failed');
    isRefused = false;
    await press('Set image');
    const sent = saves().filter(({ dryRun }) => !dryRun);
    expect(sent.map(({ contextName }) => contextName)).toEqual(['prod', 'spare', 'prod']);
    // Of another cluster it is whichever has the name there.
    expect(sent[1]?.uid).toBe('uid-there');
  });

  it('tries one again alone, and reads one back whose outcome is not known', async () => {
    const lost = new AppError({ reason: 'OutcomeUnknown', message: 'No answer came.' });
    const refused = new AppError({ reason: 'Forbidden', message: 'You may not.' });
    let isLost = true;
    core.save = ({ contextName, dryRun }) => {
      if (contextName === 'spare' && dryRun && isLost) throw refused;
      if (contextName === 'prod' && !dryRun && isLost) throw lost;
      return core.saveOutcome;
    };
    const dialog = await openDialog();
    fireEvent.click(within(dialog).getByRole('checkbox', { name: 'spare' }));
    await app.settle();
    typeTag('2');
    await press('Preview');
    expect(within(dialog).getByRole('status').textContent).toBe('1 of 2 checked, 1 failed');
    await press('Set image');
    expect(within(dialog).getByText('Outcome not known')).toBeDefined();
    isLost = false;
    core.jsonText = OBJECT.replace('agent:1', 'agent:2').replace('uid-there', 'uid-agent');
    const sent = () => saves().filter(({ dryRun }) => !dryRun).length;
    expect(sent()).toBe(1);
    await press('Look, then try again: agent');
    expect(within(dialog).getByText('Image set')).toBeDefined();
    expect(sent()).toBe(1);
    core.jsonText = OBJECT;
    await press('Try again: agent');
    expect(within(dialog).getByText(/^Restarts/)).toBeDefined();
    await press('Set image');
    expect(sent()).toBe(2);
  });

  it('is refused with the verb and the resource that are missing', async () => {
    core.access = ({ verb }) =>
      verb === 'patch'
        ? { allowed: false, reason: 'may not patch daemonsets.apps in namespace logging' }
        : { allowed: true };
    fireEvent.click(screen.getByRole('button', { name: 'Actions for agent' }));
    await app.settle();
    const item = screen.getByRole('menuitem', { name: /^Set image/ });
    expect(item.textContent).toContain('may not patch daemonsets.apps in namespace logging');
    expect(item.getAttribute('data-disabled')).toBe('true');
  });
});

it.each([
  [['a/b:1'], 'a/b:1'],
  [['a/b:1', 'a/b:2', 'a/b@sha256:1'], 'a/b'],
  [['host:5000/a:1', 'host:5000/a:2'], 'host:5000/a'],
  [['a:1', 'b:1'], ''],
  [[], ''],
])('what %j have in common is %j', (images, common) => {
  expect(commonImage(images)).toBe(common);
});
