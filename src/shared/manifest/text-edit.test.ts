import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyTextEdits, EditHistory, sortedEdits } from './text-edit.ts';

const edit = (offset: number, length: number, text: string) => ({ offset, length, text });

describe('text edits', () => {
  it('are applied from the first to the last', () => {
    expect(applyTextEdits('abcdef', [edit(0, 1, 'X'), edit(3, 0, '-'), edit(4, 2, '')])).toBe('Xbc-d');
    expect(applyTextEdits('abc', [])).toBe('abc');
  });

  it('are sorted, made one where they touch, and never overlap', () => {
    expect(sortedEdits([edit(4, 1, 'b'), edit(0, 1, 'a'), edit(1, 0, 'x')])).toEqual([
      edit(0, 1, 'ax'),
      edit(4, 1, 'b'),
    ]);
    expect(sortedEdits([edit(2, 0, 'x'), edit(2, 0, 'y')])).toEqual([edit(2, 0, 'xy')]);
    expect(sortedEdits([edit(2, 0, 'x'), edit(2, 3, '')])).toEqual([edit(2, 3, 'x')]);
    expect(() => sortedEdits([edit(0, 3, ''), edit(2, 3, '')])).toThrow('overlap');
  });

  it('come together to edits of the first text, as short as they can be', () => {
    const history = new EditHistory('image: nginx:1.27');
    history.add([edit(7, 10, 'nginx:1.28')]);
    history.add([edit(17, 0, '\n'), edit(17, 0, 'a')].slice(0, 1));
    expect(history.edits()).toEqual({
      textEdits: [edit(16, 1, '8\n')],
      inverse: [edit(16, 2, '7')],
    });
  });

  it('are nothing when they take back what they did', () => {
    const history = new EditHistory('abc');
    history.add([edit(1, 1, '')]);
    history.add([edit(1, 0, 'b')]);
    expect(history.edits()).toEqual({ textEdits: [], inverse: [] });
  });

  it('cut through no line break of two characters and no surrogate pair', () => {
    const history = new EditHistory('a\r\nb😀');
    history.add([edit(1, 2, '\n'), edit(4, 2, '😁')]);
    expect(history.edits().textEdits).toEqual([edit(1, 2, '\n'), edit(4, 2, '😁')]);
  });

  it('lead from the first text to the last and back, whatever they were', () => {
    const oneEdit = fc.record({
      at: fc.nat(30),
      length: fc.nat(6),
      text: fc.string({ maxLength: 4, unit: fc.constantFrom('a', 'b', '\r', '\n', '😀') }),
    });
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20, unit: fc.constantFrom('a', 'b', '\r', '\n', '😀') }),
        fc.array(oneEdit, { maxLength: 6 }),
        (first, edits) => {
          const history = new EditHistory(first);
          let text = first;
          for (const { at, length, text: added } of edits) {
            const offset = Math.min(at, text.length);
            const one = [edit(offset, Math.min(length, text.length - offset), added)];
            text = applyTextEdits(text, one);
            history.add(one);
          }
          const { textEdits, inverse } = history.edits();
          expect(applyTextEdits(first, textEdits)).toBe(text);
          expect(applyTextEdits(text, inverse)).toBe(first);
          expect(sortedEdits(textEdits)).toHaveLength(textEdits.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
