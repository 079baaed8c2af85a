// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { pagePart } from './page-part.tsx';

afterEach(cleanup);

const Hello = ({ name }: { readonly name: string }) => <p>Hello {name}</p>;

it('says that it loads, and is there when its file is', async () => {
  const file = Promise.withResolvers<typeof Hello>();
  const { Part } = pagePart(() => file.promise);
  render(<Part name="a" />);
  expect(screen.getByText('Loading…')).toBeDefined();
  await act(async () => file.resolve(Hello));
  expect(screen.getByText('Hello a')).toBeDefined();
});

it('is there at once when it was prepared, and loaded once for all', async () => {
  let loads = 0;
  const { Part, prepare } = pagePart(async () => {
    loads += 1;
    return Hello;
  });
  await act(async () => prepare());
  render(<Part name="a" />);
  expect(screen.getByText('Hello a')).toBeDefined();
  expect(loads).toBe(1);
});

it('tells a failure where it is shown, and asks again when it is shown anew', async () => {
  const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let loads = 0;
  const { Part, prepare } = pagePart(async () => {
    loads += 1;
    if (loads < 3) throw new Error('the network is gone');
    return Hello;
  });
  await act(async () => prepare());
  const { rerender } = render(
    <ErrorBoundary resetKey="1">
      <Part name="a" />
    </ErrorBoundary>,
    { wrapper: MantineProvider },
  );
  await act(async () => undefined);
  expect(screen.getByText(/the network is gone/)).toBeDefined();
  expect(silent).toHaveBeenCalled();
  rerender(
    <ErrorBoundary resetKey="2">
      <Part name="b" />
    </ErrorBoundary>,
  );
  await act(async () => undefined);
  expect(screen.getByText('Hello b')).toBeDefined();
  expect(loads).toBe(3);
});
