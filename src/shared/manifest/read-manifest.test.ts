import { describe, expect, it } from 'vitest';
import { toJsonText } from './json-value.ts';
import { readManifest } from './read-manifest.ts';

const daemonSet = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: fluent-bit
spec:
  template:
    spec:
      containers:
        - name: fluent-bit
          image: fluent/fluent-bit:4.1.2
`;

function refusal(text: string, limitBytes?: number) {
  const read = readManifest(text, limitBytes === undefined ? {} : { limitBytes });
  if (read.ok) throw new Error(`accepted: ${toJsonText(read.manifest)}`);
  const [cause] = read.error.causes ?? [];
  return { reason: read.error.reason, sentence: read.error.message, ...cause };
}

function manifestText(text: string): string {
  const read = readManifest(text);
  if (!read.ok) throw new Error(read.error.message);
  return toJsonText(read.manifest);
}

describe('reading a DaemonSet from text', () => {
  it('answers the object as the API server reads it', () => {
    expect(JSON.parse(manifestText(daemonSet))).toEqual({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'fluent-bit' },
      spec: { template: { spec: { containers: [{ name: 'fluent-bit', image: 'fluent/fluent-bit:4.1.2' }] } } },
    });
  });

  it('reads JSON as the YAML that it is', () => {
    expect(manifestText('{"apiVersion": "apps/v1", "kind": "DaemonSet", "spec": {"minReadySeconds": 5}}')).toBe(
      '{"apiVersion":"apps/v1","kind":"DaemonSet","spec":{"minReadySeconds":5}}',
    );
  });

  it('keeps every digit of integers beyond 2^53, on the way to the server too', () => {
    expect(manifestText(`${daemonSet}  x: 9007199254740993\n  z: -9223372036854775808\n`)).toContain(
      '"x":9007199254740993,"z":-9223372036854775808',
    );
  });

  it('reads an octal mode as its number and a yes as true', () => {
    expect(manifestText(`${daemonSet}  mode: 0644\n  flag: yes\n  time: 22:22\n`)).toContain(
      '"mode":420,"flag":true,"time":"22:22"',
    );
  });

  it('passes by empty documents before and after, and a byte order mark', () => {
    expect(manifestText(`---\n# nothing here\n---\n${daemonSet}---\n# the end\n`)).toContain('"kind":"DaemonSet"');
    expect(manifestText(`\ufeff${daemonSet}`)).toContain('"apiVersion":"apps/v1"');
  });

  it('takes text with Windows line ends and says the right line of it', () => {
    expect(manifestText(daemonSet.replaceAll('\n', '\r\n'))).toBe(manifestText(daemonSet));
    expect(refusal(daemonSet.replace('DaemonSet', 'Deployment').replaceAll('\n', '\r\n'))).toMatchObject({ line: 2 });
  });

  it('expands aliases and merge keys', () => {
    const text = `apiVersion: apps/v1\nkind: DaemonSet\nx: &x {cpu: 1}\nspec: {requests: *x, limits: {<<: *x, memory: 2}}\n`;
    expect(manifestText(text)).toContain('"spec":{"requests":{"cpu":1},"limits":{"cpu":1,"memory":2}}');
  });
});

describe('refusing a text, at its line', () => {
  it('says where it does not parse', () => {
    expect(refusal(daemonSet.replace('      containers:', '     containers: ['))).toMatchObject({
      reason: 'ManifestSyntax',
      line: expect.any(Number),
      column: expect.any(Number),
    });
    expect(refusal('kind: DaemonSet\napiVersion: apps/v1\nspec:\n\tx: 1\n')).toMatchObject({ line: 4 });
    expect(refusal('kind: DaemonSet\nspec: "never closed\n').sentence).toMatch(/^Line \d+: /);
  });

  it('reports every syntax error, and counts them in its sentence', () => {
    const read = readManifest('a: *x\nb: "\\q"\nc: "\\q"\n');
    expect(read.ok ? [] : read.error.causes?.map((cause) => cause.line)).toEqual([2, 3]);
    expect(read.ok ? '' : read.error.message).toContain('(and 1 more)');
  });

  it.each([[''], ['   \n'], ['# only a comment\n'], ['---\n'], ['---\n---\n']])('says that %j is empty', (text) => {
    expect(refusal(text)).toMatchObject({ message: 'the text is empty: no DaemonSet in it', line: 1 });
  });

  it('says that there are several documents, and where the second begins', () => {
    expect(refusal(`${daemonSet}---\n${daemonSet}`)).toMatchObject({
      message: '2 documents, and one DaemonSet is created at a time: the second begins at line 12',
      line: 12,
    });
  });

  it('names another kind at its line', () => {
    expect(refusal(daemonSet.replace('DaemonSet', 'Deployment'))).toMatchObject({
      message: 'kind is Deployment, and only a DaemonSet can be created here',
      line: 2,
      column: 7,
    });
    expect(refusal('kind: List\napiVersion: v1\nitems: []\n').message).toContain('kind is List');
  });

  it('names another apiVersion at its line, and says which is missing', () => {
    expect(refusal(daemonSet.replace('apps/v1', 'extensions/v1beta1'))).toMatchObject({
      message: 'apiVersion is extensions/v1beta1, and a DaemonSet is of apps/v1',
      line: 1,
      column: 13,
    });
    expect(refusal('# mine\nkind: DaemonSet\n')).toMatchObject({
      message: expect.stringMatching('^apiVersion is missing'),
      line: 2,
    });
    expect(refusal('apiVersion: apps/v1\n').message).toMatch(/^kind is missing/);
    expect(refusal('- kind: DaemonSet\n').message).toContain('a map of fields is expected');
    expect(refusal('just words\n').message).toContain('a map of fields is expected');
    expect(refusal('apiVersion: apps/v1\nkind: [DaemonSet]\n').message).toContain('kind is no string');
    expect(refusal('apiVersion: apps/v1\nkind: 3\n').message).toContain('kind is 3');
  });

  it('refuses duplicate keys, also when they only come to the same', () => {
    expect(refusal(`${daemonSet}kind: DaemonSet\n`)).toMatchObject({ message: 'duplicate key "kind"', line: 11 });
    expect(refusal(`${daemonSet}x: {1: a, "1": b}\n`).message).toBe('duplicate key "1"');
    expect(refusal(`${daemonSet}x: {yes: a, true: b}\n`).message).toBe('duplicate key "true"');
  });

  it('refuses keys that Go prints in other words', () => {
    expect(refusal(`${daemonSet}x: {1.5: a}\n`).message).toContain('write it in quotes');
    expect(refusal(`${daemonSet}x: {~: a}\n`).message).toContain('write it in quotes');
    expect(refusal(`${daemonSet}x: {[a]: b}\n`).message).toContain('write it in quotes');
  });

  it('refuses __proto__ as a key', () => {
    expect(refusal(`${daemonSet}__proto__: {polluted: true}\n`)).toMatchObject({
      line: 11,
      message: 'the key __proto__ is not allowed',
    });
    expect(refusal(`${daemonSet}x: &x {"__proto__": 1}\ny: {<<: *x}\n`).message).toContain('__proto__');
  });

  it('counts bytes and not characters against the limit', () => {
    expect(refusal(`${daemonSet}# ${'é'.repeat(100)}\n`, 300)).toMatchObject({ reason: 'ManifestSyntax', line: 1 });
    expect(readManifest(`${daemonSet}# ${'e'.repeat(100)}\n`, { limitBytes: 300 }).ok).toBe(true);
    expect(refusal(`${daemonSet}# ${'x'.repeat(3_000_000)}`).message).toBe(
      'the text has 3.0 MB, and the API server takes at most 3.0 MB',
    );
  });

  it('stops at 100 aliases, and at aliases that stand for too much', () => {
    const many = `x: &x 1\ny: [${'*x, '.repeat(101)}]\n`;
    expect(refusal(daemonSet + many)).toMatchObject({ message: 'more than 100 aliases', line: 12 });
    const laughs = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(10)}]\n`).join('');
    expect(refusal(`${daemonSet}l0: &l0 [${'1, '.repeat(10)}]\n${laughs}`).message).toBe('more than 200,000 values');
  });

  it('refuses an alias without its anchor, and one inside itself', () => {
    expect(refusal(`${daemonSet}x: *nowhere\n`)).toMatchObject({ line: 11 });
    expect(refusal(`${daemonSet}x: &x [*x]\n`).message).toBe('the anchor &x contains itself');
  });

  it('stops at a depth of 100, written or aliased, and survives one of a million', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(readManifest(`${daemonSet}x: ${nested(99)}\n`).ok).toBe(true);
    expect(refusal(`${daemonSet}x: ${nested(100)}\n`)).toMatchObject({
      message: 'nested deeper than 100 levels',
      line: 11,
    });
    expect(
      refusal(`${daemonSet}x: &x ${nested(60)}\ny: {z: ${'['.repeat(50)}*x${']'.repeat(50)}}\n`).message,
    ).toContain('nested deeper');
    expect(refusal(`${daemonSet}x: ${'['.repeat(1_000_000)}\n`)).toMatchObject({
      message: 'nested deeper than 100 levels',
      line: 11,
    });
    expect(refusal(`${daemonSet}x:\n${'- '.repeat(20_000)}\n`).message).toBe('nested deeper than 100 levels');
    expect(readManifest(`${daemonSet}x: "${'['.repeat(200)}"\ny: |\n  ${'['.repeat(200)}\n`).ok).toBe(true);
  });

  it('refuses infinity, unknown tags and a directive of YAML 1.2', () => {
    expect(refusal(`${daemonSet}x: .inf\n`)).toMatchObject({
      line: 11,
      message: expect.stringContaining('cannot be written in JSON'),
    });
    expect(refusal(`${daemonSet}x: !secret abc\n`).line).toBe(11);
    expect(refusal(`%YAML 1.2\n---\n${daemonSet}`).message).toBe('the API server refuses the directive %YAML 1.2');
    expect(readManifest(`%YAML 1.1\n---\n${daemonSet}`).ok).toBe(true);
  });

  it('refuses characters that the API server does not read, or reads as a line break', () => {
    expect(refusal(`${daemonSet}x: a\u0007b\n`)).toMatchObject({
      line: 11,
      column: 5,
      message: expect.stringContaining('U+0007'),
    });
    expect(refusal(`${daemonSet}x: a\u0085kind: b\n`).message).toContain('U+0085 is a line break');
    expect(refusal(`${daemonSet}x: a\u2028b\n`).message).toContain('U+2028');
    expect(refusal(`${daemonSet}x: \ud800\n`).message).toContain('U+D800');
    expect(readManifest(`${daemonSet}x: "\\u2028 🎉 é"\n`).ok).toBe(true);
  });
});
