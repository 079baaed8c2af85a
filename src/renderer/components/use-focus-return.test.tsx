// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { useFocusReturn } from './use-focus-return.ts';

afterEach(cleanup);

function Dialog() {
  useFocusReturn();
  return <input aria-label="Name" autoFocus />;
}

function Page({ opened, hasButton = true }: { readonly opened: boolean; readonly hasButton?: boolean }) {
  return (
    <>
      {hasButton && <button type="button">Delete</button>}
      {opened && <Dialog />}
    </>
  );
}

describe('the focus after a dialog', () => {
  it('goes back to the button that opened it', () => {
    const { rerender } = render(<Page opened={false} />);
    screen.getByRole('button').focus();
    rerender(<Page opened />);
    expect(document.activeElement).toBe(screen.getByRole('textbox'));
    rerender(<Page opened={false} />);
    expect(document.activeElement).toBe(screen.getByRole('button'));
  });

  it('goes nowhere when that button is gone too', () => {
    const { rerender } = render(<Page opened={false} />);
    screen.getByRole('button').focus();
    rerender(<Page opened />);
    rerender(<Page opened={false} hasButton={false} />);
    expect(document.activeElement).toBe(document.body);
  });
});
