import { expect, it } from 'vitest';
import { changedLines, edited, formOf } from '../../../../tests/fakes/form-at-hand.ts';
import { presentValue, readField } from '../field.ts';
import { WORKERS } from './containers.ts';
import { resizePolicyEdits, resizePolicyField } from './resize-fields.ts';

const PLAIN = `kind: DaemonSet
spec:
  template:
    spec:
      containers:
        - name: main # the only one
`;
const MAIN = [...WORKERS, { key: { name: 'main' } }];
const cpu = resizePolicyField(MAIN, 'cpu');
const form = formOf(PLAIN);
const withPolicies = (yaml: string) => formOf(`${PLAIN}          resizePolicy: ${yaml}\n`);

it('a resize policy is one of a resource, and the list goes with its last', () => {
  const one = edited(form, resizePolicyEdits(form, MAIN, 'memory', 'RestartContainer'));
  const two = edited(one, resizePolicyEdits(one, MAIN, 'cpu', 'NotRequired'));
  expect(presentValue(two, cpu)).toBe('NotRequired');
  const changed = edited(two, resizePolicyEdits(two, MAIN, 'cpu', 'RestartContainer'));
  expect(changedLines(two.text, changed.text)).toEqual([
    '- restartPolicy: NotRequired',
    '+ restartPolicy: RestartContainer',
  ]);
  const less = edited(changed, resizePolicyEdits(changed, MAIN, 'cpu', undefined));
  expect(less.text).toBe(one.text);
  expect(edited(less, resizePolicyEdits(less, MAIN, 'memory', undefined)).text).toBe(PLAIN);
  expect(resizePolicyEdits(form, MAIN, 'cpu', undefined)).toEqual([]);
});

it('what else stands in the list and in an entry is kept', () => {
  const own = withPolicies(
    '[{resourceName: disk, restartPolicy: x}, {resourceName: cpu, restartPolicy: NotRequired, note: y}]',
  );
  const changed = edited(own, resizePolicyEdits(own, MAIN, 'cpu', 'RestartContainer'));
  expect(changed.text).toBe(own.text.replace('NotRequired', 'RestartContainer'));
  expect(edited(own, resizePolicyEdits(own, MAIN, 'cpu', undefined)).text).toContain(
    'resizePolicy: [{resourceName: disk, restartPolicy: x}]',
  );
});

it.each([
  ['[{resourceName: cpu, restartPolicy: Later}]'],
  ['[{resourceName: cpu, restartPolicy: NotRequired}, {resourceName: cpu, restartPolicy: NotRequired}]'],
  ['all'],
])('%s is left alone', (yaml) => {
  const own = withPolicies(yaml);
  expect(readField(own, cpu).state).toBe('foreign');
  expect(resizePolicyEdits(own, MAIN, 'cpu', undefined)).toEqual([]);
  expect(resizePolicyEdits(own, MAIN, 'cpu', 'NotRequired')).toEqual([]);
});
