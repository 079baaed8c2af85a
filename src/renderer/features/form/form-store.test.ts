import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { newManifest } from '../../../shared/form/new-manifest.ts';
import { type ReadForm, readForm } from '../../../shared/form/form-snapshot.ts';
import type { FormReader } from './form-reader.ts';
import { createFormStore, type FormStore } from './form-store.ts';

it('form and editor change one text, and take it back in the order in which it was changed', async () => {
  const clock = new FakeClock();
  const { store, actions } = createFormStore(newManifest('a'), clock);
  actions.edit([{ op: 'set', path: ['metadata', 'name'], value: 'x' }], 'name');
  await clock.advance(2000);
  actions.setText(`# typed\n${store.getState().text}`, 'yaml');
  actions.settle();
  expect(store.getState().form?.manifest).toMatchObject({ metadata: { name: 'x' } });
  actions.undo();
  expect(store.getState().text).not.toContain('# typed');
  actions.undo();
  expect(store.getState().text).toBe(newManifest('a'));
  actions.redo();
  actions.redo();
  expect(store.getState().text).toMatch(/^# typed\n[^]*name: x/);
});

it('what is typed is read after a pause, with the form of the text before left standing', async () => {
  const clock = new FakeClock();
  const { store, actions } = createFormStore(newManifest('a'), clock);
  const before = store.getState();
  for (const end of ['# x', '# xy', '# xyz']) {
    actions.setText(`${newManifest('a')}${end}`, 'yaml');
    await clock.advance(200);
    const { text, form, readText } = store.getState();
    expect(text).toBe(`${newManifest('a')}${end}`);
    expect([form, readText]).toEqual([before.form, before.text]);
  }
  await clock.advance(50);
  expect(store.getState().form?.text).toBe(`${newManifest('a')}# xyz`);
  expect(clock.pendingTimers).toBe(0);
});

it('a form that cannot be read any more goes after the pause, and comes back with the next readable text', async () => {
  const clock = new FakeClock();
  const { store, actions } = createFormStore(newManifest('a'), clock);
  actions.setText('a: [', 'yaml');
  expect(store.getState()).toMatchObject({ refusal: undefined, readText: newManifest('a') });
  await clock.advance(250);
  expect(store.getState()).toMatchObject({ form: undefined, refusal: { line: 1 }, readText: 'a: [' });
  actions.setText(newManifest('b'), 'yaml');
  expect(store.getState()).toMatchObject({ refusal: { line: 1 } });
  await clock.advance(250);
  expect(store.getState().form?.text).toBe(newManifest('b'));
});

it('an edit of the form is made in the text that was typed just before', () => {
  const { store, actions } = createFormStore(newManifest('a'), new FakeClock());
  actions.setText(`# typed\n${newManifest('a')}`, 'yaml');
  actions.edit([{ op: 'set', path: ['metadata', 'name'], value: 'x' }]);
  expect(store.getState().text).toMatch(/^# typed\n[^]*name: x/);
  expect(store.getState()).toMatchObject({ readText: store.getState().text });
});

it('no edit of the form is made in a text that was typed just before and cannot be read', () => {
  const { store, actions } = createFormStore(newManifest('a'), new FakeClock());
  actions.setText('a: [', 'yaml');
  actions.edit([{ op: 'set', path: ['metadata', 'name'], value: 'x' }]);
  expect(store.getState()).toMatchObject({ text: 'a: [', form: undefined, refusal: { line: 1 } });
});

const step = fc.oneof(
  fc.record({ do: fc.constant('type' as const), text: fc.constantFrom('# 1', '# 22', 'a: [', '') }),
  fc.record({ do: fc.constant('edit' as const), value: fc.constantFrom('x', 'y') }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 1500 }) }),
  fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const, 'settle' as const) }),
);

it('reading later changes nothing but when: after any steps text, form and history are those of reading at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const clock = new FakeClock();
      const [lazy, eager] = [createFormStore(newManifest('a'), clock), createFormStore(newManifest('a'), clock)];
      for (const each of steps) {
        if (each.do === 'wait') await clock.advance(each.ms);
        for (const { actions } of [lazy, eager]) {
          if (each.do === 'type') actions.setText(`${newManifest('a')}${each.text}`, 'yaml');
          else if (each.do === 'edit')
            actions.edit([{ op: 'set', path: ['metadata', 'name'], value: each.value }], 'name');
          else if (each.do !== 'wait') actions[each.do]();
        }
        eager.actions.settle();
        expect(lazy.store.getState()).toMatchObject({ text: eager.store.getState().text });
      }
      lazy.actions.settle();
      expect(seen(lazy)).toEqual(seen(eager));
      await clock.advance(2000);
      expect(clock.pendingTimers).toBe(0);
    }),
    { numRuns: 100 },
  );
});

function seen({ store }: FormStore) {
  const { text, readText, form, refusal, problems, refused, history } = store.getState();
  return { text, readText, manifest: form?.manifest, of: form?.text, refusal, problems, refused, history };
}

it('an edit that cannot be made changes nothing and says why, until the next one', () => {
  const text = 'kind: DaemonSet\nx: &x {a: 1}\nspec: *x\n';
  const { store, actions } = createFormStore(text, new FakeClock());
  actions.edit([{ op: 'set', path: ['spec', 'a'], value: 2 }]);
  expect(store.getState()).toMatchObject({ text, refused: { reason: 'Foreign' } });
  actions.edit([{ op: 'set', path: ['metadata', 'name'], value: 'x' }]);
  expect(store.getState().refused).toBeUndefined();
});

const large = (end: string) => `${newManifest('a')}# ${'x'.repeat(150_000)}${end}`;

/** Answers when it is told to. */
function slowReader() {
  const asked: { readonly text: string; readonly signal: AbortSignal; readonly answer: () => void }[] = [];
  const open: FormReader['open'] = (text, signal) => {
    const { promise, resolve } = Promise.withResolvers<ReadForm>();
    asked.push({ text, signal, answer: () => resolve(readForm(text)) });
    return promise;
  };
  return { asked, open };
}

it('a large text is there at once, and its form when the reader has answered', async () => {
  const reader = slowReader();
  const clock = new FakeClock();
  const { store, actions } = createFormStore('', clock, reader);
  actions.setText(large('a'));
  expect(store.getState()).toMatchObject({ text: large('a'), isReading: true });
  await clock.advance(200);
  expect(reader.asked.map(({ text }) => text)).toEqual([large('a')]);
  reader.asked[0]?.answer();
  await clock.advance(0);
  expect(store.getState().isReading).toBe(false);
  expect(store.getState().form?.manifest).toMatchObject({ kind: 'DaemonSet' });
});

it('what was read of an older text is not shown, undo among it', async () => {
  const reader = slowReader();
  const clock = new FakeClock();
  const { store, actions } = createFormStore(large('a'), clock, reader);
  await clock.advance(200);
  actions.setText(large('b'));
  await clock.advance(200);
  actions.undo();
  await clock.advance(200);
  expect(reader.asked.map(({ signal }) => signal.aborted)).toEqual([true, true, false]);
  reader.asked[1]?.answer();
  await clock.advance(0);
  expect(store.getState()).toMatchObject({ text: large('a'), isReading: true });
  reader.asked[2]?.answer();
  await clock.advance(0);
  expect(store.getState().form?.text).toBe(large('a'));
});

it('a reader that fails leaves the text, and says why there is no form', async () => {
  const clock = new FakeClock();
  const { store } = createFormStore(large('a'), clock, { open: () => Promise.reject(new Error('no worker')) });
  await clock.advance(200);
  expect(store.getState()).toMatchObject({ text: large('a'), refusal: { message: 'it cannot be read: no worker' } });
});

it('a large text is read after a pause in typing, and no edit is made of what it was before', async () => {
  const clock = new FakeClock();
  const { store, actions } = createFormStore('', clock);
  for (const end of ['a', 'ab', 'abc']) {
    actions.setText(large(end), 'yaml');
    await clock.advance(400);
    expect(store.getState().form).toBeUndefined();
  }
  actions.edit([{ op: 'set', path: ['metadata', 'name'], value: 'x' }]);
  expect(store.getState()).toMatchObject({ text: large('abc'), isReading: true });
  await clock.advance(100);
  expect(store.getState().form?.text).toBe(large('abc'));
  expect(clock.pendingTimers).toBe(0);
});
