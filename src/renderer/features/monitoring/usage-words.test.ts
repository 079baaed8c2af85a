import { expect, it } from 'vitest';
import { cpuWords, memoryWords, noUsageWords, shareWords } from './usage-words.ts';

it.each([
  [0, '0m'],
  [0.0344, '34m'],
  [1.5, '1500m'],
  [12.34, '12.3'],
])('%d cores are %s', (cores, words) => {
  expect(cpuWords(cores)).toBe(words);
});

it.each([
  [0, '0'],
  [1023, '1023'],
  [61 * 1024 ** 2, '61Mi'],
  [1.25 * 1024 ** 3, '1.3Gi'],
  [200 * 1024 ** 3, '200Gi'],
])('%d bytes are %s', (bytes, words) => {
  expect(memoryWords(bytes)).toBe(words);
});

it('a share needs a bound', () => {
  expect([shareWords(1, 4), shareWords(1, undefined), shareWords(undefined, 1), shareWords(1, 0)]).toEqual([
    '25%',
    '–',
    '–',
    '–',
  ]);
});

it('an absent API is said with how to get it, and others in the words of the server', () => {
  expect(noUsageWords({ reason: 'NotFound', message: 'x' })).toContain('Install metrics-server');
  expect(noUsageWords({ reason: 'Forbidden', message: 'You may not list it.' })).toMatch(/^You may not list it\. Ask/);
  expect(noUsageWords({ reason: 'ServiceUnavailable', message: 'no endpoints' })).toContain('(no endpoints)');
  expect(noUsageWords({ reason: 'Timeout', message: 'late' })).toContain('late');
});
