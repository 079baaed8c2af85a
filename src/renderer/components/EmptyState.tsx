import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

/** What stands where rows would: why there are none, and what can be done. */
export function EmptyState({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className={classes.empty} role="status">
      <p className={classes.title}>{title}</p>
      {children !== undefined && <div className={classes.body}>{children}</div>}
    </div>
  );
}
