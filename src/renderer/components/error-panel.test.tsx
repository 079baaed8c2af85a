// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { ErrorCause } from '../../shared/errors/app-error.ts';
import { ErrorPanel } from './ErrorPanel.tsx';

afterEach(cleanup);

function causesShown(message: string, causes: readonly ErrorCause[]): number {
  render(<ErrorPanel error={{ reason: 'Invalid', message, causes }} />, { wrapper: MantineProvider });
  return screen.queryAllByRole('listitem').length;
}

it.each([
  ['is told once where the message is made of it', 'Line 2: it must end with a ].', { path: '', line: 2 }, 0],
  [
    'is told with its line where the message has none',
    'It must end with a ]: it must end with a ].',
    { path: '', line: 2 },
    1,
  ],
  ['is told with its field', 'x is invalid: it must end with a ].', { path: 'spec.x' }, 1],
  ['is told beside another message', 'It was refused.', { path: '' }, 1],
])('a single finding %s', (_, message, place, shown) => {
  expect(causesShown(message, [{ ...place, message: 'it must end with a ]' }])).toBe(shown);
});

it('several findings are all told', () => {
  const cause = { path: '', message: 'odd' };
  expect(causesShown('odd, and odd', [cause, cause])).toBe(2);
});
