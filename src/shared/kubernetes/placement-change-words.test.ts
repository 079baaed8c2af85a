import { expect, it } from 'vitest';
import { placementChangeWords } from './placement-change-words.ts';

it.each([
  [[], [], undefined],
  [['d'], [], '1 node would gain a pod: d.'],
  [[], ['a'], '1 node would lose its pod: a.'],
  [['e'], ['a', 'b', 'c', 'd'], '4 nodes would lose their pod: a, b, c and 1 more; 1 would gain one: e.'],
])('gain %j, lose %j', (gain, lose, words) => {
  expect(placementChangeWords({ gain, lose })).toBe(words);
});
