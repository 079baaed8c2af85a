import type { ReactNode } from 'react';
import classes from './FactPanel.module.css';

export interface FactPanelProps {
  readonly title: string;
  /** Beside the title: a count. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of an object's page. */
export function FactPanel({ title, note, children }: FactPanelProps) {
  return (
    <section className={classes.panel} aria-label={title}>
      <h2 className={classes.title}>
        {title} {note !== undefined && <span className={classes.note}>{note}</span>}
      </h2>
      {children}
    </section>
  );
}

export interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
}

/** Name and value pairs in two columns. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className={classes.facts}>{children}</dl>;
}

/** One pair; left out when there is nothing to say. */
export function Fact({ name, children }: FactProps) {
  if (children === undefined || children === null || children === '') return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** A pair with a line for each value. */
export function FactLines({ name, lines }: { readonly name: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Fact name={name}>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </Fact>
  );
}
