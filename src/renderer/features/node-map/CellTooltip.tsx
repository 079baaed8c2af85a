import { Tooltip } from '@mantine/core';
import type { MapLayout } from './map-layout.ts';
import { markStyle } from './mark-style.ts';
import classes from './NodeMap.module.css';
import type { NodeWords } from './node-words.ts';

export interface CellTooltipProps {
  readonly layout: MapLayout;
  readonly index: number;
  readonly words: NodeWords;
}

/** What is known of one node, beside its cell. */
export function CellTooltip({ layout, index, words: { name, lines } }: CellTooltipProps) {
  const label = (
    <>
      <strong>{name}</strong>
      {lines.map((line) => (
        <span key={line} className={classes.line}>
          {line}
        </span>
      ))}
    </>
  );
  return (
    <Tooltip
      opened
      label={label}
      transitionProps={{ duration: 0 }}
      events={{ hover: false, focus: false, touch: false }}
    >
      <div role="presentation" className={classes.anchor} style={markStyle(layout, index)} />
    </Tooltip>
  );
}
