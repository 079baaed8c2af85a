import { describe, expect, it } from 'vitest';
import type { ManifestFinding } from './manifest-finding.ts';
import { isEmptyDocument, openManifest } from './manifest-text.ts';

function opened(text: string) {
  const result = openManifest(text);
  if (!result.ok) throw new Error(result.finding.message);
  return result.manifest;
}

function findingOf(text: string): ManifestFinding {
  const result = openManifest(text);
  if (!result.ok) return result.finding;
  const content = result.manifest.documents.find((each) => !each.content.readable)?.content;
  if (content?.readable !== false || !content.findings[0]) throw new Error('it was read');
  return content.findings[0];
}

describe('opening a manifest', () => {
  it('counts every document, empty ones too, and says where each ends', () => {
    const { documents } = opened('# c\n---\na: 1\n...\n# between\n---\n# nothing\n---\nb: 2\n');
    expect(documents.map((each) => [each.index, isEmptyDocument(each), each.endsAt])).toEqual([
      [0, false, 13],
      [1, true, 41],
      [2, false, 50],
    ]);
  });

  it('takes a text with nothing for one empty document', () => {
    for (const text of ['', '\n', '# c\n', '\ufeff']) {
      const { documents } = opened(text);
      expect(documents.map(isEmptyDocument)).toEqual([true]);
      expect(documents[0]?.endsAt).toBe(text.length);
    }
  });

  it('keeps the comments with their places, and takes no hash in a value for one', () => {
    const { comments } = opened('a: "# no" # yes\nb: |\n  # no\n# yes too\nc: x#no\n').source;
    expect([...comments]).toEqual([
      [10, '# yes'],
      [28, '# yes too'],
    ]);
  });

  it('reads a list behind a byte order mark', () => {
    const { documents } = opened('\ufeff- "a"\n- b\n');
    expect(documents[0]?.content).toEqual({ readable: true, value: ['a', 'b'] });
  });

  it('reads the good documents of a text beside a broken one', () => {
    const { documents } = opened('a: 1\n---\nb: [\n---\n-\tc\n---\nd: {e: ?f}\n---\ng: 2\n');
    expect(documents.map(({ content }) => content.readable)).toEqual([true, false, false, false, true]);
  });

  it('says of tabs and question marks where the API server reads them in another way', () => {
    expect(findingOf('a:\n  -\tb\n')).toMatchObject({ offset: 6, message: expect.stringContaining('tab') });
    expect(findingOf('a: b\n\t# c\n')).toMatchObject({ offset: 5 });
    expect(findingOf('a: [b?c]\n')).toMatchObject({ offset: 5, message: expect.stringContaining('? in brackets') });
    expect(findingOf('a: {b:, c: 1}\n')).toMatchObject({
      offset: 5,
      message: expect.stringContaining('behind this colon'),
    });
    expect(findingOf('a: [{b:}]\n')).toMatchObject({ offset: 6 });
    expect(openManifest('a: {b: , "c":, d: }\n').ok).toBe(true);
    expect(openManifest('a:\tb\t# c\nd: {e:\tf}\n').ok).toBe(true);
  });
});

/** A bound on the work: nothing behind the finding was looked at, and it stands near the start. */
describe('a text made to keep the reader busy', () => {
  it.each([
    ['brackets', '['.repeat(1_000_000), 'deeper than 100', 101],
    ['braces', '{a: '.repeat(500_000), 'deeper than 100', 500],
    ['dashes', '- '.repeat(1_000_000), 'deeper than 100', 250],
    ['question marks', '? '.repeat(1_000_000), 'deeper than 100', 250],
    ['colons', ': '.repeat(1_000_000), 'deeper than 100', 250],
    ['keys', 'a: '.repeat(900_000), 'deeper than 100', 350],
    [
      'steps',
      Array.from({ length: 1_500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'deeper than 100',
      5_700,
    ],
    ['aliases', `a: &a 1\nb: [${'*a, '.repeat(700_000)}]\n`, 'more than 100 aliases', 450],
    ['tags', `a: ${'!!str '.repeat(400_000)}`, 'tags and anchors in a row', 60],
    ['anchors', `a: ${'&a '.repeat(800_000)}`, 'tags and anchors in a row', 60],
    ['commas', `[${','.repeat(2_900_000)}]`, 'a comma without a value', 60],
    ['closing brackets', ']'.repeat(2_900_000), 'without its opening bracket', 60],
    ['line ends', '\n'.repeat(2_900_000), 'more than 200,000 lines', 200_001],
    ['markers', '---\n'.repeat(100_000), 'more than 1,000 documents', 4_010],
    ['ends', '...\n'.repeat(100_000), 'more than 1,000 documents', 4_010],
    ['bytes', 'a'.repeat(3_000_001), 'the API server takes at most 3.0 MB', 0],
  ])('is refused for its %s before more is read of it', (_, text, message, offset) => {
    const finding = findingOf(text);
    expect(finding.message).toContain(message);
    expect(finding.offset).toBeLessThanOrEqual(offset);
  });

  it('is refused for what its aliases stand for, its keys and its merges', () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(10)}]\n`).join('');
    expect(findingOf(`l0: &l0 [${'1, '.repeat(10)}]\n${laughs}`).message).toBe('more than 200,000 values');
    expect(findingOf('a: {b: 1, c: {b: 2, b: 3}}\n')).toMatchObject({ message: 'duplicate key "b"', offset: 20 });
    expect(findingOf('__proto__: {polluted: true}\n')).toMatchObject({ offset: 0 });
    expect(findingOf('a: {"__proto__": 1}\n')).toMatchObject({ offset: 4 });
    const merges = Array.from({ length: 150 }, (_, i) => `l${i + 1}: &l${i + 1} {<<: *l${i}, k${i}: 1}\n`).join('');
    expect(findingOf(`l0: &l0 {}\n${merges}`).message).toBe('more than 100 aliases');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('does not count its tags in more than one place as a row', () => {
    expect(openManifest(`[${'!!str a, '.repeat(1_000)}]\n`).ok).toBe(true);
  });
});
