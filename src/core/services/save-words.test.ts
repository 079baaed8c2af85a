import { describe, expect, it } from 'vitest';
import type { JsonPatchOperation } from '../../shared/manifest/json-patch.ts';
import type { JsonObject, JsonValue } from '../../shared/manifest/json-value.ts';
import { saveWords as wordsOf } from './save-words.ts';

const ref = { contextName: 'prod', namespace: 'logging', name: 'agent' };
const CAUSE = '/metadata/annotations/kubernetes.io~1change-cause';
const FIRST = '/spec/template/spec/containers/0/image';
const INIT = '/spec/template/spec/initContainers/0/image';
const after = {
  metadata: { annotations: { 'kubernetes.io/change-cause': 'fix the leak' } },
  spec: {
    minReadySeconds: 2,
    template: {
      spec: { containers: [{ name: 'main', image: 'a:2' }], initContainers: [{ name: 'setup', image: 'b:3' }] },
    },
  },
};

const replacing = (path: string, value: JsonValue = 2): JsonPatchOperation => ({ op: 'replace', path, value });
const saveWords = (ref_: typeof ref, manifest: JsonObject, pointers: readonly string[]) =>
  wordsOf(
    ref_,
    manifest,
    pointers.map((path) => replacing(path)),
  );
const line = (words: string) => `kubectl --context prod -n logging ${words}`;
const asPatch = (json: string) => line(`patch daemonset/agent --type=json -p '${json}'`);

describe('what a save is called', () => {
  it.each([
    [[FIRST], 'set image', 'set image daemonset/agent main=a:2'],
    [[INIT, FIRST], 'set image', 'set image daemonset/agent setup=b:3 main=a:2'],
    [[], 'edit', 'edit daemonset/agent'],
  ])('%j is "%s"', (changed, act, words) => {
    expect(saveWords(ref, after, changed)).toEqual({ act, kubectl: `kubectl --context prod -n logging ${words}` });
  });

  it('shows the patch that is sent, with what it tests', () => {
    const patch: readonly JsonPatchOperation[] = [
      { op: 'test', path: '/spec/minReadySeconds', value: 0 },
      replacing('/spec/minReadySeconds', 5),
      { op: 'remove', path: '/metadata/labels/a~1b' },
    ];
    expect(wordsOf(ref, after, patch)).toEqual({
      act: 'edit',
      kubectl: asPatch(
        '[{"op":"test","path":"/spec/minReadySeconds","value":0},{"op":"replace","path":"/spec/minReadySeconds","value":5},{"op":"remove","path":"/metadata/labels/a~1b"}]',
      ),
    });
    const cause = replacing(CAUSE, "it's leaking");
    expect(wordsOf(ref, after, [cause]).kubectl).toContain(String.raw`it'\''s leaking`);
  });

  it.each<[string, JsonPatchOperation]>([
    ['a variable', replacing('/spec/template/spec/containers/0/env/0/value', 'hush')],
    [
      'a new variable',
      { op: 'add', path: '/spec/template/spec/containers/0/env', value: [{ name: 'A', value: 'hush' }] },
    ],
    [
      'a container with one',
      replacing('/spec/template/spec/containers', [{ name: 'a', env: [{ name: 'A', value: 'hush' }] }]),
    ],
    [
      'a header of a probe',
      replacing('/spec/template/spec/containers/0/livenessProbe/httpGet/httpHeaders/0/value', 'hush'),
    ],
    [
      'the copy that kubectl apply keeps',
      replacing('/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration', 'hush'),
    ],
    ['a text of pages', replacing('/metadata/annotations/notes', 'long '.repeat(300))],
  ])('shows no %s', (_, operation) => {
    expect(wordsOf(ref, after, [operation])).toEqual({ act: 'edit', kubectl: line('edit daemonset/agent') });
    const tested = { ...operation, op: 'test' } as JsonPatchOperation;
    expect(wordsOf(ref, after, [tested, replacing('/spec/minReadySeconds')]).kubectl).toBe(
      line('edit daemonset/agent'),
    );
  });

  it.each([
    ['OnDelete', 'pause'],
    ['RollingUpdate', 'resume'],
  ])('calls the switch of the strategy to %s "%s", as its dialog does', (type, act) => {
    const paused = { spec: { updateStrategy: { type, rollingUpdate: { maxUnavailable: 1 } } } };
    expect(saveWords(ref, paused, ['/spec/updateStrategy/type'])).toEqual({
      act,
      kubectl: `kubectl --context prod -n logging patch daemonset/agent --type=merge -p '{"spec":{"updateStrategy":{"type":"${type}"}}}'`,
    });
    expect(saveWords(ref, paused, ['/spec/updateStrategy/type', '/spec/minReadySeconds']).act).toBe('edit');
  });

  it.each([
    [{ spec: { revisionHistoryLimit: 3 } }, 3],
    [{ spec: {} }, null],
  ])('calls the change of the history limit alone by its name: %j', (changed, limit) => {
    expect(saveWords(ref, changed, ['/spec/revisionHistoryLimit'])).toEqual({
      act: 'set history limit',
      kubectl: `kubectl --context prod -n logging patch daemonset/agent --type=merge -p '{"spec":{"revisionHistoryLimit":${limit}}}'`,
    });
    expect(saveWords(ref, changed, ['/spec/revisionHistoryLimit', '/spec/minReadySeconds']).act).toBe('edit');
  });

  it('names the change cause as the annotation that it is', () => {
    expect(saveWords(ref, after, [CAUSE, FIRST]).kubectl).toBe(
      "kubectl --context prod -n logging set image daemonset/agent main=a:2 && kubectl --context prod -n logging annotate --overwrite daemonset/agent 'kubernetes.io/change-cause=fix the leak'",
    );
  });
});
