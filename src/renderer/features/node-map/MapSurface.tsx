import { type KeyboardEvent, type MouseEvent, type RefObject, useState } from 'react';
import type { NodeCoverage } from '../../../shared/kubernetes/coverage.ts';
import { ActiveCell } from './ActiveCell.tsx';
import { CellTooltip } from './CellTooltip.tsx';
import { cellAt, movedCell, type Point } from './map-layout.ts';
import { MapCanvas } from './MapCanvas.tsx';
import { markStyle } from './mark-style.ts';
import classes from './NodeMap.module.css';
import type { NodeWords } from './node-words.ts';
import type { MapCells } from './use-map-cells.ts';

export interface MapSurfaceProps {
  readonly surface: RefObject<HTMLDivElement | null>;
  readonly cells: MapCells;
  /** Where the keyboard is. */
  readonly activeIndex: number;
  readonly chosenIndex: number | undefined;
  readonly wordsOf: (entry: NodeCoverage) => NodeWords;
  readonly onActivate: (index: number) => void;
  /** Undefined: none any more. */
  readonly onChoose: (index: number | undefined) => void;
}

const OPTION_ID = 'node-map-cell';

/**
 * The cells under pointer and keyboard. It is one stop of Tab: arrows, Home and End move, Enter or a click chooses a node, Escape lets
 * go of it. The node that the keyboard is on is an option of a list, so that it is read out.
 */
export function MapSurface(props: MapSurfaceProps) {
  const { surface, cells, activeIndex, chosenIndex, wordsOf, onActivate, onChoose } = props;
  const { layout, entries, looks } = cells;
  const [hovered, setHovered] = useState<number>();
  const [hasFocus, setFocus] = useState(false);
  const active = entries[activeIndex];
  const shownIndex = hovered ?? (hasFocus ? activeIndex : undefined);
  const shown = shownIndex === undefined ? undefined : entries[shownIndex];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = movedCell(layout, activeIndex, event.key);
    if (next !== undefined) onActivate(next);
    else if (event.key === 'Enter' || event.key === ' ') onChoose(activeIndex);
    else if (event.key === 'Escape' && chosenIndex !== undefined) onChoose(undefined);
    else return;
    setHovered(undefined);
    event.preventDefault();
  };
  return (
    <>
      <div
        ref={surface}
        className={classes.surface}
        role="listbox"
        aria-label="Node map"
        aria-activedescendant={active && OPTION_ID}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={() => setFocus(true)}
        onBlur={() => setFocus(false)}
        onPointerMove={(event) => setHovered(cellAt(layout, pointIn(event)))}
        onPointerLeave={() => setHovered(undefined)}
        onClick={(event) => {
          const index = cellAt(layout, pointIn(event));
          if (index === undefined) return;
          onActivate(index);
          onChoose(index);
        }}
      >
        <MapCanvas layout={layout} looks={looks} />
        {chosenIndex !== undefined && (
          <div role="presentation" className={classes.chosen} style={markStyle(layout, chosenIndex)} />
        )}
        {active && (
          <ActiveCell
            id={OPTION_ID}
            layout={layout}
            index={activeIndex}
            count={entries.length}
            words={wordsOf(active)}
            isChosen={activeIndex === chosenIndex}
            hasFocus={hasFocus}
          />
        )}
      </div>
      {shown && shownIndex !== undefined && (
        <CellTooltip key={shownIndex} layout={layout} index={shownIndex} words={wordsOf(shown)} />
      )}
    </>
  );
}

function pointIn({ currentTarget, clientX, clientY }: MouseEvent<HTMLElement>): Point {
  const { left, top } = currentTarget.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}
