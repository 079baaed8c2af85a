import classes from './NodeBar.module.css';
import { type NodeBarCounts, nodeBarParts, nodeBarWords } from './node-bar-parts.ts';

/** Ready, updated-old and missing pods of all desired ones, as one bar; its name says the same in words. */
export function NodeBar({ counts }: { readonly counts: NodeBarCounts }) {
  const parts = nodeBarParts(counts);
  return (
    <span className={classes.bar} role="img" aria-label={nodeBarWords(counts)} title={nodeBarWords(counts)}>
      {parts.map((part) => (
        <span key={part.kind} className={classes.part} data-kind={part.kind} style={{ flexGrow: part.count }} />
      ))}
    </span>
  );
}
