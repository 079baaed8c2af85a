import classes from './EndKept.module.css';

/**
 * A name on one line. Where it is too long its beginning is left out: what tells pods of one DaemonSet apart stands at
 * the end. Whoever shows it says the whole name as a title too.
 */
export function EndKept({ name }: { readonly name: string }) {
  return (
    <span className={classes.line}>
      <bdi dir="ltr">{name}</bdi>
    </span>
  );
}
