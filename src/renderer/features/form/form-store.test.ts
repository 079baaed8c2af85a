import { expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { newManifest } from '../../../shared/form/new-manifest.ts';
import { createFormStore } from './form-store.ts';

it('form and editor change one text, and take it back in the order in which it was changed', async () => {
  const clock = new FakeClock();
  const { store, actions } = createFormStore(newManifest('a'), clock);
  actions.edit([{ op: 'set', path: ['metadata', 'name'], value: 'x' }], 'name');
  await clock.advance(2000);
  actions.setText(`# typed\n${store.getState().text}`, 'yaml');
  expect(store.getState().form?.manifest).toMatchObject({ metadata: { name: 'x' } });
  actions.undo();
  expect(store.getState().text).not.toContain('# typed');
  actions.undo();
  expect(store.getState().text).toBe(newManifest('a'));
  actions.redo();
  actions.redo();
  expect(store.getState().text).toMatch(/^# typed\n[^]*name: x/);
});

it('an edit that cannot be made changes nothing and says why, until the next one', () => {
  const text = 'kind: DaemonSet\nx: &x {a: 1}\nspec: *x\n';
  const { store, actions } = createFormStore(text, new FakeClock());
  actions.edit([{ op: 'set', path: ['spec', 'a'], value: 2 }]);
  expect(store.getState()).toMatchObject({ text, refused: { reason: 'Foreign' } });
  actions.edit([{ op: 'set', path: ['metadata', 'name'], value: 'x' }]);
  expect(store.getState().refused).toBeUndefined();
});

it('a large text is read after a pause in typing, and no edit is made of what it was before', async () => {
  const clock = new FakeClock();
  const large = `${newManifest('a')}# ${'x'.repeat(150_000)}`;
  const { store, actions } = createFormStore('', clock);
  for (const end of ['a', 'ab', 'abc']) {
    actions.setText(large + end, 'yaml');
    await clock.advance(400);
    expect(store.getState().form).toBeUndefined();
  }
  actions.edit([{ op: 'set', path: ['metadata', 'name'], value: 'x' }]);
  expect(store.getState()).toMatchObject({ text: `${large}abc`, refusal: { message: 'the text is being read' } });
  await clock.advance(100);
  expect(store.getState().form?.text).toBe(`${large}abc`);
  expect(clock.pendingTimers).toBe(0);
});
