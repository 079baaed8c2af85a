import type { ReactNode } from 'react';
import classes from './SectionHead.module.css';

export interface SectionHeadProps {
  readonly title: string;
  /** It names the page, not a part of one. */
  readonly isPage?: boolean;
  /** Counts, states and tools beside it. */
  readonly children?: ReactNode;
}

/** The line above a table or a part of a page. */
export function SectionHead({ title, isPage = false, children }: SectionHeadProps) {
  return (
    <div className={classes.head}>
      {isPage ? <h1 className={classes.page}>{title}</h1> : <h2 className={classes.part}>{title}</h2>}
      {children}
    </div>
  );
}
