import { describe, expect, it } from 'vitest';
import { awkwardFiles } from '../../../tests/manifest/awkward-files.ts';
import { recordedAnswers } from '../../../tests/manifest/go-answers.ts';
import { sameJson } from '../../../tests/manifest/same-json.ts';
import { toJsonText } from './json-value.ts';
import { openManifest } from './manifest-text.ts';

const answers = recordedAnswers();
const texts = new Map(awkwardFiles().map(({ name, text }) => [name, text]));

/** What Go reads and we refuse, and what is said of it. */
const refusedByUs: ReadonlyMap<string, string> = new Map([
  ['a: {b: 1, b: 2}\n', 'duplicate key "b"'],
  ['a: 1\na: 2\n', 'duplicate key "a"'],
  ['&x a: 1\n*x : 2\n', 'duplicate key "a"'],
  ['a: b\rc: d\n', 'U+000D is a line break'],
  ['1.5: 1\n', 'write it in quotes'],
  ['1e3: 1\n', 'write it in quotes'],
  ['a: [\n1\n]\n', 'indent'],
  ['a: [\n\tb]\n', 'sufficiently indented'],
  ['a: [?b]\n', 'quote this'],
  ['a: "b"#c\n', 'Comments must be separated'],
  ['a: [b]#c\n', 'Comments must be separated'],
  ['a: !!binary aGk=\n', 'Unresolved tag'],
  ['a: !!binary aGVsbG8=\n', 'Unresolved tag'],
  ['a: !!timestamp 2024-01-01\n', 'Unresolved tag'],
  ['a: !foo bar\n', 'Unresolved tag'],
  ['a: !!map []\n', 'tag'],
  ['a: !!set {a}\n', 'Unresolved tag'],
  ['a: !!omap [a: 1]\n', 'Unresolved tag'],
]);

/** JSON that is no YAML for Go: kubectl reads such a text as JSON. */
const readByUs: ReadonlyMap<string, string> = new Map([
  ['a: "\\/"\n', '{"a":"/"}'],
  ['{"a":"\\ud83d\\ude00"}', '{"a":"\u{1f600}"}'],
]);

const differs = (text: string): boolean => refusedByUs.has(text) || readByUs.has(text);

function read(text: string): string | null {
  const opened = openManifest(text);
  const content = opened.ok ? opened.manifest.documents[0]?.content : undefined;
  return content?.readable === true ? toJsonText(content.value) : null;
}

describe(`the dialect of the API server, as ${answers.module} answered`, () => {
  it.each(answers.scalars.filter(([scalar]) => !differs(`a: ${scalar}\n`)))(
    'reads the scalar %s as %s',
    (scalar, answer) => {
      expect(sameJson(read(`a: ${scalar}\n`), answer), `${read(`a: ${scalar}\n`)}`).toBe(true);
    },
  );

  it.each(answers.texts.filter(([text]) => !differs(text)))('reads the text %j as %s', (text, answer) => {
    expect(sameJson(read(text), answer), `${read(text)}`).toBe(true);
  });

  it.each(answers.files)('reads the file %s as Go did', (name, answer) => {
    expect(sameJson(read(texts.get(name) ?? ''), answer), `${read(texts.get(name) ?? '')} for ${answer}`).toBe(true);
  });

  it.each([...refusedByUs])('refuses %j, which Go reads, and says why: %s', (text, message) => {
    const opened = openManifest(text);
    const content = opened.ok ? opened.manifest.documents[0]?.content : undefined;
    const findings = opened.ok ? (content?.readable === false ? content.findings : []) : [opened.finding];
    expect(findings.map((finding) => finding.message).join('\n')).toContain(message);
  });

  it.each([...readByUs])('reads %j, which is JSON, as %s', (text, json) => {
    expect(read(text)).toBe(json);
  });

  it('knows more than 300 scalars and 100 texts', () => {
    expect(answers.scalars.length).toBeGreaterThan(300);
    expect(answers.texts.length).toBeGreaterThan(100);
    expect(answers.files.length).toBeGreaterThan(25);
  });
});
