import classes from './CreatePage.module.css';
import { useMatchingNodes } from '../form/index.ts';

/** Which nodes would get a pod. */
export function ReviewNodes() {
  const nodes = useMatchingNodes();
  return (
    <p className={classes.foot} role="status">
      {nodes === undefined
        ? 'The nodes are not known: on how many it would run cannot be said.'
        : `Would run on ${nodes.eligible} of ${nodes.total} nodes.`}
    </p>
  );
}
