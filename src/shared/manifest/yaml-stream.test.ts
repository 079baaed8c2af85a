import { describe, expect, it } from 'vitest';
import { ManifestFinding } from './manifest-finding.ts';
import { parseYamlStream } from './yaml-stream.ts';

const limits = { aliases: 3, depth: 4, nodes: 10 };

function refusal(text: string): string {
  try {
    parseYamlStream(text, limits);
    return 'read';
  } catch (error) {
    if (error instanceof ManifestFinding) return `${error.message} at ${error.offset}`;
    throw error;
  }
}

describe('a stream of YAML', () => {
  it('is read to its limits and no further', () => {
    expect(refusal('[1,2,3,4,5,6,7,8,9]')).toBe('read');
    expect(refusal('[1,2,3,4,5,6,7,8,9,10]')).toBe('more than 10 values at 19');
    expect(refusal('a: &a 1\nb: [*a, *a, *a]\n')).toBe('read');
    expect(refusal('a: &a 1\nb: [*a, *a, *a, *a]\n')).toBe('more than 3 aliases at 24');
    expect(refusal('[[[[1]]]]')).toBe('read');
    expect(refusal('[[[[[1]]]]]')).toBe('nested deeper than 4 levels at 4');
    expect(refusal('-\n -\n  -\n   -\n    -\n     - f\n')).toContain('nested deeper than 4 levels');
  });

  it('counts each of its documents anew', () => {
    expect(refusal('[1,2,3,4,5,6]\n---\n[1,2,3,4,5,6]\n---\n[1,2,3,4,5,6]\n')).toBe('read');
    expect(refusal('a: &a [*a, *a]\n---\na: &a [*a, *a]\n')).toBe('read');
  });

  it('takes brackets in strings and comments for what they are', () => {
    expect(refusal(`a: "[[[[[["\nb: '{{{{{{'\nc: |\n  [[[[[[\n# [[[[[[\n`)).toBe('read');
  });

  it('tells where documents end, where comments stand, and what Go reads in another way', () => {
    const stream = parseYamlStream('a: 1 # one\n...\n# two\n---\n- [b?]\n-\tc\n', limits);
    expect(stream.documents).toHaveLength(2);
    expect(stream.documentEnds).toEqual([11]);
    expect([...stream.comments]).toEqual([
      [5, '# one'],
      [15, '# two'],
    ]);
    expect(stream.findings.map(({ offset }) => offset)).toEqual([29, 33]);
  });
});
