import { describe, expect, it } from 'vitest';
import type { ManifestPath } from './manifest-path.ts';
import { openManifest } from './manifest-text.ts';
import { readField } from './read-field.ts';

const text = `# the header

apiVersion: apps/v1
metadata:
  # whose it is
  # and why
  labels: {app: "a", tier: b} # beside
  annotations:
base: &base {cpu: 1}
spec:
  other: *base
  merged:
    <<: *base
    memory: 0644 # octal
  containers:
    # the agent
    - name: agent # its name
      image: 'nginx'
      ports:
        - containerPort: 80
        - containerPort: 80
          protocol: UDP
      script: | # a script
        # no comment
        run
    - name: twin
    - name: twin
    - [a: 1]
`;

function read(path: ManifestPath, source = text) {
  const opened = openManifest(source);
  const document = opened.ok ? opened.manifest.documents[0] : undefined;
  if (!document) throw new Error('nothing to read');
  return readField(document, path);
}

const containers = ['spec', 'containers'];
const agent = [...containers, { key: { name: 'agent' } }];

describe('reading a field', () => {
  it('gives the value, how it is written, where, and its comments', () => {
    expect(read([...agent, 'image'])).toEqual({
      state: 'present',
      value: 'nginx',
      source: "'nginx'",
      range: { start: text.indexOf("'nginx'"), end: text.indexOf("'nginx'") + 7 },
      line: 18,
    });
    expect(read(['metadata', 'labels'])).toMatchObject({
      value: { app: 'a', tier: 'b' },
      source: '{app: "a", tier: b}',
      line: 7,
      comment: 'whose it is\nand why\nbeside',
    });
    expect(read(['spec', 'merged', 'memory'])).toMatchObject({ value: 420, source: '0644', comment: 'octal' });
    expect(read([...agent, 'script'])).toMatchObject({ value: '# no comment\nrun\n', comment: 'a script' });
    expect(read(agent)).toMatchObject({ line: 17, comment: 'the agent\nits name' });
    expect(read(['metadata', 'labels', 'tier'])).toMatchObject({ value: 'b', source: 'b', line: 7 });
  });

  it('tells a key without a value from one that is not there', () => {
    expect(read(['metadata', 'annotations'])).toMatchObject({ state: 'present', value: null, source: '', line: 8 });
    expect(read(['metadata', 'annotations', 'a'])).toEqual({ state: 'absent', line: 8 });
    expect(read(['metadata', 'none', 'deeper'])).toEqual({ state: 'absent', line: 4 });
    expect(read([...containers, { key: { name: 'none' } }, 'image'])).toEqual({ state: 'absent', line: 15 });
    expect(read([...containers, 99])).toMatchObject({ state: 'absent' });
    expect(read(['toString'])).toMatchObject({ state: 'absent' });
    expect(read([], '# nothing\n')).toMatchObject({ state: 'present', value: null, source: '' });
    expect(read(['a'], '')).toMatchObject({ state: 'absent', line: 1 });
  });

  it('finds items by one merge key or two, with the default that the API server gives', () => {
    const port = (protocol: string) =>
      read([...agent, 'ports', { key: { containerPort: 80, protocol } }, 'containerPort']);
    expect(port('TCP')).toMatchObject({ value: 80, line: 20 });
    expect(port('UDP')).toMatchObject({ value: 80, line: 21 });
    expect(port('SCTP')).toMatchObject({ state: 'absent' });
  });

  it.each([
    [['base'], 'Foreign', 'the anchor &base', 9],
    [['base', 'cpu'], 'Foreign', 'the anchor &base', 9],
    [['spec', 'other'], 'Foreign', 'the alias *base', 11],
    [['spec', 'other', 'cpu'], 'Foreign', 'the alias *base', 11],
    [['spec', 'merged', 'cpu'], 'Foreign', 'a merge key', 12],
    [[...containers, { key: { name: 'twin' } }], 'Ambiguous', '2 items are spec.containers[name=twin]', 15],
    [['spec', 0], 'WrongKind', 'spec is not a list', 10],
    [['apiVersion', 'x'], 'WrongKind', 'apiVersion is not a map', 3],
    [[...containers, 'x'], 'WrongKind', 'spec.containers is not a map', 15],
    [[...containers, 3, 0, 'a'], 'Foreign', 'only the YAML view', 28],
  ] as const)('says why %j is foreign: %s', (path, reason, message, line) => {
    const field = read(path);
    expect(field).toMatchObject({ state: 'foreign', reason, line, message: expect.stringContaining(message) });
  });

  it('is foreign in a document that cannot be read', () => {
    expect(read(['a'], 'a: [\n')).toMatchObject({ state: 'foreign', reason: 'Foreign' });
  });
});
