import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './GuardedButton.module.css';

export interface GuardedButtonProps extends Omit<ButtonProps, 'disabled'> {
  /** Why it may not be pressed: "may not create daemonsets.apps in namespace logging". Absent: it may. */
  readonly reason?: string | undefined;
  /** Where the words on it are not enough: "Roll back to revision 3". */
  readonly 'aria-label'?: string;
  readonly tabIndex?: 0 | -1;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button that, when it may not be pressed, stays reachable and says which right is missing. */
export function GuardedButton({ reason, onClick, children, ...rest }: GuardedButtonProps) {
  const id = useId();
  if (reason === undefined) {
    return (
      <Button {...rest} onClick={onClick}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip label={reason}>
      <Button {...rest} data-disabled aria-disabled aria-describedby={id} onClick={(event) => event.preventDefault()}>
        {children}
        <span id={id} className={classes.reason}>
          {reason}
        </span>
      </Button>
    </Tooltip>
  );
}
