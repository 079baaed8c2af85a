// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { AccessCache } from '../../live/access-cache.ts';
import { LiveRegistry } from '../../live/live-registry.ts';
import { ServicesProvider } from '../../live/services.ts';
import { FakeCore, aDaemonSetRow } from '../../testing/fake-core.ts';
import { FakeFrames, FakeTransport } from '../../testing/fake-transport.ts';
import type { EditKind } from './edit-kind.ts';
import { EditDialog } from './EditDialog.tsx';

const OBJECT = JSON.stringify({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: {
    name: 'agent',
    namespace: 'logging',
    uid: 'uid-agent',
    annotations: { 'kubesphere.io/alias-name': 'old' },
  },
  spec: {
    selector: { matchLabels: { app: 'agent' } },
    template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'main', image: 'a:1' }] } },
  },
});
/** Without what only the server writes. */
const YAML = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: logging
  annotations:
    kubesphere.io/alias-name: old
spec:
  selector:
    matchLabels:
      app: agent
  template:
    metadata:
      labels:
        app: agent
    spec:
      containers:
        - name: main
          image: a:1
`;

let core: FakeCore;
let clock: FakeClock;
let closed: number;

async function settle(): Promise<void> {
  await act(async () => clock.advance(500));
}

async function open(kind: EditKind): Promise<void> {
  const client = core.client();
  const transport = new FakeTransport(client);
  const live = new LiveRegistry({ client, transport, clock, frames: new FakeFrames() });
  const row = aDaemonSetRow('agent', { namespace: 'logging' });
  render(
    <MantineProvider env="test">
      <ServicesProvider value={{ client, transport, clock, live, access: new AccessCache(client, clock) }}>
        <EditDialog contextName="prod" row={row} kind={kind} onClose={() => (closed += 1)} />
      </ServicesProvider>
    </MantineProvider>,
  );
  await settle();
}

async function press(name: string): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

function alias(): HTMLInputElement {
  return screen.getByRole('textbox', { name: 'Alias' });
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });
  core = new FakeCore();
  core.jsonText = OBJECT;
  clock = new FakeClock();
  closed = 0;
});
afterEach(cleanup);

describe('the edit of a live DaemonSet', () => {
  it('is checked before it can be saved, and checked again when something was typed since', async () => {
    await open('base');
    expect(alias().value).toBe('old');
    fireEvent.change(alias(), { target: { value: 'new' } });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
    await press('Check');
    expect(screen.getByText('Restarts nothing: the pods stay as they are.')).toBeDefined();
    fireEvent.change(alias(), { target: { value: 'newer' } });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
    await press('Check');
    await press('Save');
    expect(closed).toBe(1);
    const sent = core.calledWith('daemonSet.save') as { dryRun: boolean; beforeText: string; afterText: string }[];
    expect(sent.map(({ dryRun }) => dryRun)).toEqual([true, true, false]);
    expect(sent.at(-1)).toMatchObject({ beforeText: OBJECT, afterText: YAML.replace(': old', ': newer') });
  });

  it('as YAML begins with the text alone, and leads to the form', async () => {
    await open('yaml');
    expect(screen.getByRole('dialog', { name: 'Edit YAML of agent' })).toBeDefined();
    const editMode = screen.getByRole<HTMLInputElement>('switch', { name: 'Edit mode' });
    expect(editMode.checked).toBe(true);
    expect(screen.queryByRole('radiogroup', { name: 'Part' })).toBeNull();
    fireEvent.click(editMode);
    await settle();
    expect(screen.getByRole('radiogroup', { name: 'Part' })).toBeDefined();
  });

  it('keeps what was typed through a conflict, and reads anew only when asked to', async () => {
    await open('base');
    fireEvent.change(alias(), { target: { value: 'mine' } });
    core.failure = new AppError({ reason: 'Conflict', message: 'What you have changed was changed meanwhile.' });
    await press('Check');
    expect(screen.getByText('What you have changed was changed meanwhile.')).toBeDefined();
    expect(alias().value).toBe('mine');
    core.failure = undefined;
    core.jsonText = OBJECT.replace('"old"', '"theirs"');
    await press('Read it anew and give up these edits');
    expect(alias().value).toBe('theirs');
  });

  it('says when the object cannot be read, and tries again', async () => {
    core.failure = new AppError({ reason: 'NotFound', message: 'daemonsets.apps "agent" not found' });
    await open('base');
    expect(screen.getByText('daemonsets.apps "agent" not found')).toBeDefined();
    core.failure = undefined;
    await press('Try again');
    expect(alias().value).toBe('old');
  });

  it('of the template says how many pods it restarts', async () => {
    core.saveOutcome = { ...core.saveOutcome, restarts: true };
    await open('template');
    fireEvent.change(screen.getByRole('combobox', { name: 'Tag' }), { target: { value: '2' } });
    await press('Check');
    expect(screen.getByText(/^Restarts \d+ pods?, /)).toBeDefined();
    expect(core.calledWith('daemonSet.save')).toMatchObject([{ afterText: YAML.replace('a:1', 'a:2') }]);
  });
});
