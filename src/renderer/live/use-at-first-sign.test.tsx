// @vitest-environment happy-dom
import { cleanup, fireEvent, renderHook } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { useAtFirstSign } from './use-at-first-sign.ts';

afterEach(cleanup);

it.each(['pointerMove', 'pointerDown', 'keyDown'] as const)(
  'the first %s is a sign, and no other is after it',
  (sign) => {
    let calls = 0;
    const then = (): void => void (calls += 1);
    renderHook(() => useAtFirstSign(then));
    expect(calls).toBe(0);
    fireEvent[sign](document.body);
    fireEvent[sign](document.body);
    fireEvent.keyDown(document.body);
    expect(calls).toBe(1);
  },
);

it('no sign is waited for once it is gone', () => {
  let calls = 0;
  const then = (): void => void (calls += 1);
  renderHook(() => useAtFirstSign(then)).unmount();
  fireEvent.pointerMove(document.body);
  expect(calls).toBe(0);
});
