import { type ReactNode, useId, useState } from 'react';
import classes from './Form.module.css';

export interface FormCardProps {
  readonly title: string;
  /** What it holds, in a few words: "2 set · 1 from Secret". */
  readonly note: string;
  readonly problems?: number;
  readonly open?: boolean;
  readonly children: ReactNode;
}

/** A part of a step that opens and closes; closed it says what it holds, and that something in it is wrong. */
export function FormCard({ title, note, problems = 0, open = false, children }: FormCardProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(open);
  const shown = problems === 0 ? note : problems === 1 ? '1 problem' : `${problems} problems`;
  return (
    <section className={classes.card} aria-label={title}>
      <button
        type="button"
        className={classes.cardHead}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <span className={classes.chevron} aria-hidden>
          ›
        </span>
        <span className={classes.cardTitle}>{title}</span>
        <span className={classes.cardNote} data-bad={problems > 0}>
          {shown}
        </span>
      </button>
      {isOpen && (
        <div id={id} className={classes.cardBody}>
          {children}
        </div>
      )}
    </section>
  );
}
