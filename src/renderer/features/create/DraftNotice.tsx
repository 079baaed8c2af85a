import { Button, CloseButton } from '@mantine/core';
import { useNow } from '../../live/use-now.ts';
import classes from './CreatePage.module.css';
import { restoredWords } from './draft-words.ts';

export interface DraftNoticeProps {
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly onDiscard: () => void;
  readonly onClose: () => void;
}

/** Says that the text is an earlier draft, and lets it be thrown away. */
export function DraftNotice({ savedAt, onDiscard, onClose }: DraftNoticeProps) {
  return (
    <div className={classes.foot} role="status">
      <span>{restoredWords(savedAt, useNow(60_000))}</span>
      <Button size="compact-xs" onClick={onDiscard}>
        Discard
      </Button>
      <CloseButton size="xs" aria-label="Keep the draft and close this line" onClick={onClose} />
    </div>
  );
}
