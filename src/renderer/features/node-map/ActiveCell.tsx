import { useEffect, useRef } from 'react';
import type { MapLayout } from './map-layout.ts';
import { markStyle } from './mark-style.ts';
import classes from './NodeMap.module.css';
import type { NodeWords } from './node-words.ts';

export interface ActiveCellProps {
  readonly id: string;
  readonly layout: MapLayout;
  readonly index: number;
  /** Of all cells. */
  readonly count: number;
  readonly words: NodeWords;
  readonly isChosen: boolean;
  readonly hasFocus: boolean;
}

/** The node that the keyboard is on: its words are read out, and it is brought into sight. */
export function ActiveCell({ id, layout, index, count, words, isChosen, hasFocus }: ActiveCellProps) {
  const cell = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hasFocus) cell.current?.scrollIntoView({ block: 'nearest' });
  }, [hasFocus, index]);
  return (
    <div
      ref={cell}
      id={id}
      role="option"
      className={classes.active}
      data-focus={hasFocus}
      style={markStyle(layout, index)}
      aria-label={[words.name, ...words.lines].join(', ')}
      aria-selected={isChosen}
      aria-posinset={index + 1}
      aria-setsize={count}
    />
  );
}
