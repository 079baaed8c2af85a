import classes from './KubectlText.module.css';

/** A longer word, such as a large patch, may be parted wherever a line ends. */
const LONGEST_WHOLE = 60;
/** Where a browser would part a word. */
const PARTED = /[^\w\s]/;

interface KubectlTextProps {
  readonly text: string;
  readonly className?: string | undefined;
}

/** Commands as text that is selected as a whole. A line ends between words: never behind the "--" of a flag, or within a short patch. */
export function KubectlText({ text, className = '' }: KubectlTextProps) {
  const parts = text.split(/(\s+)/);
  return (
    <code className={`${classes.kubectl} ${className}`}>
      {parts.map((part, index) =>
        PARTED.test(part) && part.length <= LONGEST_WHOLE ? (
          // Words have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} className={classes.word}>
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </code>
  );
}
