// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, render, screen } from '@testing-library/react';
import { useEffect } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { AccessCache } from '../../live/access-cache.ts';
import { LiveRegistry } from '../../live/live-registry.ts';
import { ServicesProvider } from '../../live/services.ts';
import { answersHere } from '../../testing/answers-here.ts';
import { FakeCore } from '../../testing/fake-core.ts';
import { FakeFrames, FakeTransport } from '../../testing/fake-transport.ts';
import { useDraftForm } from './use-draft-form.ts';

const reader = answersHere();
const WORD = 'abcdef';
let texts: string[];

/** Types the next letter as soon as the one before is rendered, while the page still works on that. */
function FastTypist() {
  const { formState, actions } = useDraftForm('prod', 'default', reader);
  const { text } = formState;
  useEffect(() => {
    texts.push(text);
    if (text !== WORD && WORD.startsWith(text)) actions.setText(WORD.slice(0, text.length + 1), 'yaml');
  }, [text, actions]);
  return (
    <>
      <output>{text}</output>
      <button type="button" onClick={() => actions.setText('a', 'yaml')}>
        begin
      </button>
      <button type="button" onClick={actions.undo}>
        undo
      </button>
    </>
  );
}

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  sessionStorage.clear();
  texts = [];
});
afterEach(cleanup);

it('no letter is taken back by the draft of the one before it, and all of them are kept and one undo', async () => {
  const core = new FakeCore();
  const clock = new FakeClock();
  const client = core.client();
  const transport = new FakeTransport(client);
  const live = new LiveRegistry({ client, transport, clock, frames: new FakeFrames() });
  render(
    <MantineProvider>
      <ServicesProvider value={{ client, transport, clock, live, access: new AccessCache(client, clock) }}>
        <FastTypist />
      </ServicesProvider>
    </MantineProvider>,
  );
  await act(async () => clock.advance(0));
  const [template = ''] = texts;
  act(() => screen.getByRole('button', { name: 'begin' }).click());
  expect(texts).toEqual([template, 'a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef']);
  await act(async () => clock.advance(300));
  expect(core.calledWith('drafts.save')).toEqual([expect.objectContaining({ text: WORD })]);
  act(() => screen.getByRole('button', { name: 'undo' }).click());
  expect(screen.getByRole('status').textContent).toBe(template);
});
