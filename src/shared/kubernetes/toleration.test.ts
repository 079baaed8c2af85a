import { describe, expect, it } from 'vitest';
import {
  type Taint,
  type Toleration,
  daemonPodTolerations,
  formatTaint,
  toleratesTaint,
  untoleratedTaints,
} from './toleration.ts';

const gpu: Taint = { key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' };

describe('a toleration', () => {
  it.each<[string, Toleration, boolean]>([
    [
      'with the same key, value and effect',
      { key: gpu.key, operator: 'Equal', value: 'present', effect: 'NoSchedule' },
      true,
    ],
    ['without an operator means Equal', { key: gpu.key, value: 'present' }, true],
    ['with another value', { key: gpu.key, value: 'absent' }, false],
    ['with Exists needs no value', { key: gpu.key, operator: 'Exists' }, true],
    ['with another effect', { key: gpu.key, operator: 'Exists', effect: 'NoExecute' }, false],
    ['with another key', { key: 'other', operator: 'Exists' }, false],
    ['with no key and Exists covers everything', { operator: 'Exists' }, true],
    ['with an unknown operator covers nothing', { key: gpu.key, operator: 'Like', value: 'present' }, false],
    ['with Gt covers nothing, its feature gate being off', { key: gpu.key, operator: 'Gt', value: '1' }, false],
  ])('%s', (_, toleration, expected) => {
    expect(toleratesTaint(toleration, gpu)).toBe(expected);
  });

  it('treats a missing value as an empty one', () => {
    const control: Taint = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' };
    expect(toleratesTaint({ key: control.key, operator: 'Equal', value: '' }, control)).toBe(true);
  });
});

describe('untolerated taints', () => {
  it('are those of the asked effects only, in order', () => {
    const soft: Taint = { key: 'soft', effect: 'PreferNoSchedule' };
    const hard: Taint = { key: 'hard', effect: 'NoExecute' };
    expect(
      untoleratedTaints([soft, hard, gpu], [{ key: 'other', operator: 'Exists' }], ['NoSchedule', 'NoExecute']),
    ).toEqual([hard, gpu]);
  });
});

describe('the tolerations of a daemon pod', () => {
  it('are its own and six of the controller', () => {
    const own: Toleration = { key: 'a', operator: 'Exists' };
    const all = daemonPodTolerations([own], false);
    expect(all[0]).toEqual(own);
    expect(all.slice(1).map((t) => `${t.key}:${t.effect}`)).toEqual([
      'node.kubernetes.io/not-ready:NoExecute',
      'node.kubernetes.io/unreachable:NoExecute',
      'node.kubernetes.io/disk-pressure:NoSchedule',
      'node.kubernetes.io/memory-pressure:NoSchedule',
      'node.kubernetes.io/pid-pressure:NoSchedule',
      'node.kubernetes.io/unschedulable:NoSchedule',
    ]);
  });

  it('tolerate a missing network only with hostNetwork', () => {
    const key = 'node.kubernetes.io/network-unavailable';
    expect(daemonPodTolerations(undefined, true).some((t) => t.key === key)).toBe(true);
    expect(daemonPodTolerations(undefined, undefined).some((t) => t.key === key)).toBe(false);
  });

  it('replace one of the user that limits the stay on a lost node', () => {
    const limited: Toleration = {
      key: 'node.kubernetes.io/unreachable',
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 30,
    };
    const all = daemonPodTolerations([limited], false);
    expect(all.filter((t) => t.key === limited.key)).toEqual([
      { key: limited.key, operator: 'Exists', effect: 'NoExecute' },
    ]);
  });
});

it('a taint is written as kubectl describe writes it', () => {
  expect(formatTaint(gpu)).toBe('nvidia.com/gpu=present:NoSchedule');
  expect(formatTaint({ key: 'a', value: '', effect: 'NoExecute' })).toBe('a:NoExecute');
  expect(formatTaint({ key: 'a', effect: 'NoExecute' })).toBe('a:NoExecute');
});
