import classes from './CreatePage.module.css';
import { WouldRunOn } from '../form/index.ts';

/** Which nodes would get a pod. */
export function ReviewNodes() {
  return (
    <WouldRunOn className={classes.foot} unknown="The nodes are not known: on how many it would run cannot be said." />
  );
}
