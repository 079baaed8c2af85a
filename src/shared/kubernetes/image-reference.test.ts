import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { familiarImage, isImageTag, parseImageReference } from './image-reference.ts';

/** What github.com/distribution/reference v0.6.0 answers (ParseNormalizedNamed, FamiliarString), recorded. */
interface Recorded {
  readonly text: string;
  readonly error?: string;
  readonly registry?: string;
  readonly repository?: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly familiar?: string;
}
const fixture = new URL('../../../tests/fixtures/image-references-0.6.0.json', import.meta.url);
const recorded = JSON.parse(await readFile(fixture, 'utf8')) as readonly Recorded[];

describe('an image reference', () => {
  it.each(recorded)('$text is read as the runtimes read it', ({ text, error, familiar, ...reference }) => {
    const parsed = parseImageReference(text);
    if (error !== undefined || reference.registry === undefined) {
      return void expect(parsed, error ?? 'no registry').toMatchObject({ ok: false });
    }
    expect(parsed).toEqual({ ok: true, reference: { ...reference } });
    expect(parsed.ok && familiarImage(parsed.reference)).toBe(familiar);
  });

  it.each([
    ['', 'an image is wanted'],
    ['a b', 'an image has no blanks'],
    ['https://a/b', 'an image has no https:// before it'],
    ['registry.example.com/Agent:1', 'the repository has to be lower case'],
    ['a:-b', '"-b" is not a tag: at most 128 of A–Z, a–z, 0–9, _, . and -'],
    ['a@sha256:0123', 'not an image reference: registry/repository:tag'],
    [`a@md5:${'0'.repeat(32)}`, 'the digest is not of sha256, sha384 or sha512, or has another length'],
    ['a'.repeat(64), '64 hexadecimal digits are an image id, not a name'],
    [`${'a/'.repeat(600)}b`, 'no image reference is as long'],
  ])('%j is refused with words', (text, why) => {
    expect(parseImageReference(text)).toEqual({ ok: false, why });
  });

  it('ends quickly on texts that are made to be slow', () => {
    for (const text of [`${'a-'.repeat(500)}!`, `${'a.'.repeat(500)}/!`, '-'.repeat(1000), `a:${'_'.repeat(900)}!`]) {
      expect(parseImageReference(text).ok).toBe(false);
    }
  });

  it('has a tag of letters, digits and few signs', () => {
    expect(['1.0', '_a', 'A-b', 'x'.repeat(128)].every(isImageTag)).toBe(true);
    expect(['', '-a', '.a', 'a b', 'x'.repeat(129)].some(isImageTag)).toBe(false);
  });
});
