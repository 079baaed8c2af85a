import { Button, CopyButton } from '@mantine/core';
import { useState } from 'react';
import classes from './MetadataTab.module.css';

export interface MetadataValueProps {
  /** "label app of the DaemonSet". */
  readonly what: string;
  readonly value: string | undefined;
  /** Why it is folded whatever its length, in words. */
  readonly foldedBecause?: string | undefined;
}

const LONG = 160;
const BEGINNING = 60;

/** One value; a long one shows its beginning until it is asked for. */
export function MetadataValue({ what, value, foldedBecause }: MetadataValueProps) {
  const [isOpen, setOpen] = useState(false);
  if (value === undefined) return <span className={classes.muted}>–</span>;
  if (value === '') return <span className={classes.muted}>empty</span>;
  const isFolded = foldedBecause !== undefined || value.length > LONG || value.includes('\n');
  return (
    <div className={classes.value}>
      {isFolded && !isOpen ? (
        <Folded value={value} because={foldedBecause} />
      ) : (
        <span className={classes.text}>{value}</span>
      )}
      {isFolded && (
        <Button
          size="compact-xs"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? 'Fold' : 'Show all of'} ${what}`}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Fold' : 'Show all'}
        </Button>
      )}
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button size="compact-xs" className={classes.copy} onClick={copy} aria-label={`Copy ${what}`}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}

function Folded({ value, because }: { readonly value: string; readonly because: string | undefined }) {
  const size = `${value.length.toLocaleString('en')} characters`;
  if (because !== undefined) {
    return (
      <span className={classes.muted}>
        {because} {size}.
      </span>
    );
  }
  const [line = ''] = value.split('\n', 1);
  return (
    <span className={classes.text}>
      {line.slice(0, BEGINNING)}
      <span className={classes.muted}>… ({size})</span>
    </span>
  );
}
