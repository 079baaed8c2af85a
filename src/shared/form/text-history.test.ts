import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TextHistory } from './text-history.ts';

it('takes back and does again, change by change, whatever the changes were', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 12, unit: 'binary' }), { minLength: 1, maxLength: 20 }), (texts) => {
      const distinct = texts.filter((text, index) => text !== texts[index - 1]);
      let history = TextHistory.empty;
      let text = distinct[0] ?? '';
      for (const next of distinct.slice(1)) {
        history = history.changed(text, next, '', 0);
        text = next;
      }
      for (const expected of distinct.slice(0, -1).toReversed()) {
        const undone = history.undo(text);
        ({ text, history } = undone ?? { text: 'nothing to undo', history });
        expect(text).toBe(expected);
      }
      expect(history.canUndo).toBe(false);
      for (const expected of distinct.slice(1)) {
        const redone = history.redo(text);
        ({ text, history } = redone ?? { text: 'nothing to redo', history });
        expect(text).toBe(expected);
      }
      expect(history.canRedo).toBe(false);
    }),
    { numRuns: 60 },
  );
});

it('takes the letters typed into one field within a second as one change, and another field as another', () => {
  let history = TextHistory.empty.changed('name: ', 'name: a', 'name', 0).changed('name: a', 'name: ab', 'name', 900);
  history = history.changed('name: ab', 'name: abc', 'name', 1900).changed('name: abc', 'name: abc\nx', 'x', 1950);
  const first = history.undo('name: abc\nx');
  expect(first?.text).toBe('name: abc');
  expect(first?.history.undo('name: abc')?.text).toBe('name: ');
});

it('begins a new change after a pause, and where a change stands alone', () => {
  const paused = TextHistory.empty.changed('', 'a', 'name', 0).changed('a', 'ab', 'name', 1001);
  expect(paused.undo('ab')?.text).toBe('a');
  const alone = TextHistory.empty.changed('', 'a', '', 0).changed('a', 'ab', '', 1);
  expect(alone.undo('ab')?.text).toBe('a');
});

it('forgets what was undone once something else is changed', () => {
  const undone = TextHistory.empty.changed('a', 'b', '', 0).undo('b');
  expect(undone?.history.canRedo).toBe(true);
  expect(undone?.history.changed('a', 'c', '', 1).canRedo).toBe(false);
});

it('notes nothing where nothing changed', () => {
  expect(TextHistory.empty.changed('a', 'a', '', 0).canUndo).toBe(false);
  expect(TextHistory.empty.undo('a')).toBeUndefined();
  expect(TextHistory.empty.redo('a')).toBeUndefined();
});
