import type { Dot } from './context-tile.ts';
import classes from './StateDot.module.css';

/** Repeats in colour what stands beside it in words. */
export function StateDot({ dot }: { readonly dot: Dot }) {
  return <span className={classes.dot} data-dot={dot} aria-hidden="true" />;
}
