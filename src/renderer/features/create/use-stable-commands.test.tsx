// @vitest-environment happy-dom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { useStableCommands } from './use-stable-commands.ts';

afterEach(cleanup);

it('are the same at every render, and do what those of the last one do', () => {
  const done: string[] = [];
  const { result, rerender } = renderHook(
    ({ text }) => useStableCommands({ check: (by: string) => done.push(`${by} checks ${text}`) }),
    { initialProps: { text: 'a' } },
  );
  const first = result.current;
  rerender({ text: 'b' });
  expect(result.current).toBe(first);
  first.check('a key');
  expect(done).toEqual(['a key checks b']);
});
