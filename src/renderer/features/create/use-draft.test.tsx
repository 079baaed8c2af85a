// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { AccessCache } from '../../live/access-cache.ts';
import { LiveRegistry } from '../../live/live-registry.ts';
import { ServicesProvider } from '../../live/services.ts';
import { FakeCore } from '../../testing/fake-core.ts';
import { FakeFrames, FakeTransport } from '../../testing/fake-transport.ts';
import { DraftNotice } from './DraftNotice.tsx';
import { useDraft } from './use-draft.ts';

const DRAFT_ID = '11111111-1111-4111-8111-111111111111';
const left = {
  draftId: DRAFT_ID,
  contextName: 'prod',
  namespace: 'logging',
  text: 'left: behind',
  createdAt: 0,
  savedAt: 0,
};

let core: FakeCore;
let clock: FakeClock;

function Harness() {
  const { given, namespace, restoredAt, change, discard, closeNotice, forget } = useDraft('prod', 'default');
  const [text, setText] = useState(given.text);
  const [shown, setShown] = useState(given);
  if (shown !== given) {
    setShown(given);
    setText(given.text);
  }
  const write = (next: string) => {
    setText(next);
    change({ text: next });
  };
  return (
    <>
      {restoredAt !== undefined && <DraftNotice savedAt={restoredAt} onDiscard={discard} onClose={closeNotice} />}
      <textarea aria-label="text" value={text} onChange={(event) => write(event.target.value)} />
      <p>{namespace}</p>
      <button type="button" onClick={() => change({ text })}>
        echo
      </button>
      <button type="button" onClick={forget}>
        created
      </button>
    </>
  );
}

async function open(): Promise<void> {
  const client = core.client();
  const transport = new FakeTransport(client);
  const live = new LiveRegistry({ client, transport, clock, frames: new FakeFrames() });
  const services = { client, transport, clock, live, access: new AccessCache(client, clock) };
  render(
    <MantineProvider>
      <ServicesProvider value={services}>
        <Harness />
      </ServicesProvider>
    </MantineProvider>,
  );
  await settle();
}

async function settle(ms = 0): Promise<void> {
  await act(async () => clock.advance(ms));
}

const area = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'text' });

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  sessionStorage.clear();
  core = new FakeCore();
  clock = new FakeClock();
});
afterEach(cleanup);

describe('the create page’s text', () => {
  it('is the template when nothing was left behind', async () => {
    await open();
    expect(area().value).toContain('kind: DaemonSet');
    expect(screen.queryByRole('status')).toBeNull();
    expect(core.calledWith('drafts.save')).toEqual([]);
  });

  it('is kept 300 ms after the first key', async () => {
    await open();
    fireEvent.change(area(), { target: { value: 'kind: D' } });
    await settle(300);
    expect(core.calledWith('drafts.save')).toEqual([
      expect.objectContaining({ contextName: 'prod', namespace: 'default', text: 'kind: D' }),
    ]);
  });

  it('is what a crash has left, with when, and may be discarded', async () => {
    core.drafts = [left];
    await open();
    expect(area().value).toBe('left: behind');
    expect(screen.getByRole('status').textContent).toMatch(/^Draft from .* restored/);
    expect(screen.getByText('logging')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Discard' }));
    await settle();
    expect(core.calledWith('drafts.remove')).toEqual([{ draftId: DRAFT_ID }]);
    expect(area().value).toContain('kind: DaemonSet');
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('is nobody’s writing when the editor echoes what it was given', async () => {
    core.drafts = [left];
    await open();
    for (const name of ['echo', 'Discard', 'echo']) {
      fireEvent.click(screen.getByRole('button', { name }));
      await settle(300);
    }
    expect(core.calledWith('drafts.save')).toEqual([]);
  });

  it('stays when the line is closed', async () => {
    core.drafts = [left];
    await open();
    fireEvent.click(screen.getByRole('button', { name: 'Keep the draft and close this line' }));
    expect(area().value).toBe('left: behind');
    expect(screen.queryByRole('status')).toBeNull();
    expect(core.calledWith('drafts.remove')).toEqual([]);
  });

  it('is there again after the page was left', async () => {
    await open();
    fireEvent.change(area(), { target: { value: 'mine: 1' } });
    cleanup();
    await open();
    expect(area().value).toBe('mine: 1');
    expect(screen.getByRole('status').textContent).toMatch(/restored/);
  });

  it('is forgotten when it was created', async () => {
    core.drafts = [left];
    await open();
    fireEvent.click(screen.getByRole('button', { name: 'created' }));
    await settle();
    expect(core.calledWith('drafts.remove')).toEqual([{ draftId: DRAFT_ID }]);
  });

  it('can be written although the drafts cannot be read', async () => {
    core.failure = new AppError({ reason: 'Disconnected', message: 'gone' });
    await open();
    fireEvent.change(area(), { target: { value: 'mine: 2' } });
    await settle(300);
    expect(area().value).toBe('mine: 2');
    expect(core.calledWith('drafts.save')).toHaveLength(1);
  });
});
