import { describe, expect, it } from 'vitest';
import { deleteLine, kubectlIn, kubectlLines, setImageLine, shellWord } from './kubectl.ts';

const ref = { contextName: 'prod', namespace: 'logging', name: 'agent' };

describe('the same act with kubectl', () => {
  it('names context, namespace and object', () => {
    expect(kubectlIn(ref, 'rollout', 'restart', 'daemonset/agent')).toBe(
      'kubectl --context prod -n logging rollout restart daemonset/agent',
    );
    expect(deleteLine({ ...ref, contextName: 'prod eu' }, 'Orphan')).toBe(
      "kubectl --context 'prod eu' -n logging delete daemonset/agent --cascade=orphan",
    );
  });

  it('can be pasted whatever a word holds', () => {
    expect(shellWord('prod (a file)')).toBe("'prod (a file)'");
    expect(shellWord("o'brien; rm -rf ~")).toBe(String.raw`'o'\''brien; rm -rf ~'`);
    expect(shellWord("it's $(rm -rf /)")).toBe(String.raw`'it'\''s $(rm -rf /)'`);
    expect(shellWord('')).toBe("''");
    expect(shellWord('arn:aws:eks:eu-1:1/prod')).toBe('arn:aws:eks:eu-1:1/prod');
  });

  it('takes an emptied change cause away, and leaves an absent one', () => {
    const set = 'kubectl --context prod -n logging set image daemonset/agent main=a:2';
    const annotate =
      'kubectl --context prod -n logging annotate --overwrite daemonset/agent kubernetes.io/change-cause';
    expect(setImageLine(ref, ['main=a:2'])).toBe(set);
    expect(setImageLine(ref, ['main=a:2'], '')).toBe(`${set} && ${annotate}-`);
    expect(setImageLine(ref, ['main=a:2'], 'leak')).toBe(`${set} && ${annotate}=leak`);
  });

  it('shows the first of many lines', () => {
    const lines = Array.from({ length: 23 }, (_, nth) => `kubectl ${nth}`);
    expect(kubectlLines(lines.slice(0, 2))).toBe('kubectl 0\nkubectl 1');
    expect(kubectlLines(lines).split('\n')).toEqual([...lines.slice(0, 20), '# and 3 more like these']);
  });
});
