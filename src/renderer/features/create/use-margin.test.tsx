// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { answersHere } from '../../testing/answers-here.ts';
import { useMargin } from './use-margin.ts';

const NONE: readonly FormProblem[] = [];
const problems: readonly FormProblem[] = [
  { path: 'metadata.name', message: 'wrong', severity: 'error', source: 'rule' },
];
const large = (line: string) => `${line}metadata:\n  name: A\n${'# a comment\n'.repeat(20_000)}`;

beforeEach(() => Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true }));
afterEach(cleanup);

it('of a large text stays while it is typed, and is placed anew off the page’s thread', async () => {
  const checker = answersHere();
  const { result, rerender } = renderHook(
    (props: { text: string; problems: readonly FormProblem[]; isReading: boolean }) =>
      useMargin(checker, props.text, [], props.problems, props.isReading),
    { initialProps: { text: large(''), problems, isReading: false } },
  );
  const lines = () => result.current.map(({ line }) => line);
  // Nothing is parsed in the page's own turn.
  expect(lines()).toEqual([]);
  await act(async () => undefined);
  expect(lines()).toEqual([2]);
  rerender({ text: large('# x\n'), problems: NONE, isReading: true });
  await act(async () => undefined);
  expect(lines()).toEqual([2]);
  rerender({ text: large('# x\n'), problems, isReading: false });
  await act(async () => undefined);
  expect(lines()).toEqual([3]);
  rerender({ text: large('# x\n'), problems: NONE, isReading: false });
  await act(async () => undefined);
  expect(lines()).toEqual([]);
});
