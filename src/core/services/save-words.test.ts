import { describe, expect, it } from 'vitest';
import { saveWords } from './save-words.ts';

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

describe('what a save is called', () => {
  it.each([
    [[FIRST], 'set image', 'set image daemonset/agent main=a:2'],
    [[INIT, FIRST], 'set image', 'set image daemonset/agent setup=b:3 main=a:2'],
    [[FIRST, '/spec/minReadySeconds'], 'edit', 'edit daemonset/agent'],
    [[CAUSE], 'edit', 'edit daemonset/agent'],
    [[], 'edit', 'edit daemonset/agent'],
    [['/spec/template/spec/containers'], 'edit', 'edit daemonset/agent'],
  ])('%j is "%s"', (changed, act, words) => {
    expect(saveWords(ref, after, changed)).toEqual({ act, kubectl: `kubectl --context prod -n logging ${words}` });
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
