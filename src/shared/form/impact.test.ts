import { expect, it } from 'vitest';
import type { DaemonSetStrategy } from '../kubernetes/rows.ts';
import { impactWords } from './impact.ts';

function rolling(maxUnavailable: number | string, maxSurge: number | string = 0): DaemonSetStrategy {
  return { type: 'RollingUpdate', maxUnavailable, maxSurge };
}

it.each([
  [240, rolling('2%'), 'Restarts 240 pods, 5 at a time.'],
  [3, rolling(5), 'Restarts 3 pods, all at once.'],
  [24, rolling(0, '10%'), 'Restarts 24 pods, up to 3 new ones beside the old at a time.'],
  [1, rolling(1), 'Restarts 1 pod, all at once.'],
  [
    24,
    { type: 'OnDelete' } as const,
    'Changes the template of 24 pods; under OnDelete each is replaced when it is deleted.',
  ],
])('%i pods under %j', (desired, strategy, words) => {
  expect(impactWords({ desired, strategy }, true)).toBe(words);
});

it('an edit beside the template restarts nothing', () => {
  expect(impactWords({ desired: 9, strategy: rolling(1) }, false)).toBe('Restarts nothing: the pods stay as they are.');
});
