// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, render, renderHook, screen } from '@testing-library/react';
import { type ReactNode, useEffect } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { useStore } from 'zustand';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { AccessCache } from '../../live/access-cache.ts';
import { LiveRegistry } from '../../live/live-registry.ts';
import { ServicesProvider } from '../../live/services.ts';
import { answersHere } from '../../testing/answers-here.ts';
import { FakeCore } from '../../testing/fake-core.ts';
import { FakeFrames, FakeTransport } from '../../testing/fake-transport.ts';
import { type FormRead, useFormRead } from '../form/index.ts';
import { useDraftForm } from './use-draft-form.ts';

const reader = answersHere();
const WORD = 'abcdef';
let texts: string[];

/** Types the next letter as soon as the one before is rendered, while the page still works on that. */
function FastTypist() {
  const { store, actions } = useDraftForm('prod', 'default', reader);
  const text = useStore(store, (state) => state.text);
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

function services(core: FakeCore, clock: FakeClock, children: ReactNode) {
  const client = core.client();
  const transport = new FakeTransport(client);
  const live = new LiveRegistry({ client, transport, clock, frames: new FakeFrames() });
  return (
    <MantineProvider>
      <ServicesProvider value={{ client, transport, clock, live, access: new AccessCache(client, clock) }}>
        {children}
      </ServicesProvider>
    </MantineProvider>
  );
}

it('no letter is taken back by the draft of the one before it, and all of them are kept and one undo', async () => {
  const core = new FakeCore();
  const clock = new FakeClock();
  render(services(core, clock, <FastTypist />));
  await act(async () => clock.advance(0));
  const [template = ''] = texts;
  act(() => screen.getByRole('button', { name: 'begin' }).click());
  expect(texts).toEqual([template, 'a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef']);
  await act(async () => clock.advance(300));
  expect(core.calledWith('drafts.save')).toEqual([expect.objectContaining({ text: WORD })]);
  act(() => screen.getByRole('button', { name: 'undo' }).click());
  expect(screen.getByRole('status').textContent).toBe(template);
});

it.each([
  ['a small text', ''],
  ['a large one', '# a comment\n'.repeat(20_000)],
])('the page of %s is rendered for the first key, and no more until it is read', async (_what, more) => {
  const core = new FakeCore();
  const clock = new FakeClock();
  const renders: FormRead[] = [];
  const { result } = renderHook(
    () => {
      const form = useDraftForm('prod', 'default', reader);
      const read = useFormRead(form.store);
      useEffect(() => {
        renders.push(read);
      });
      return form;
    },
    { wrapper: ({ children }) => services(core, clock, children) },
  );
  await act(async () => clock.advance(1000));
  const write = (text: string) => act(() => result.current.actions.setText(`${more}${text}`, 'yaml'));
  write('a');
  await act(async () => clock.advance(1000));
  write('ab');
  const before = renders.length;
  for (const text of ['abc', 'abcd', 'abcde']) write(text);
  expect(renders).toHaveLength(before);
  expect(result.current.draftNow().text).toBe(`${more}abcde`);
  await act(async () => clock.advance(1000));
  expect(renders.length).toBeGreaterThan(before);
});
