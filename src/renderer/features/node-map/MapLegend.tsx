import { useCallback } from 'react';
import { type CellContext, drawCells, type Palette } from './draw-map.ts';
import { type LookCount, lookWords, type NodeLook } from './node-looks.ts';
import classes from './NodeMap.module.css';
import { useDrawing } from './use-drawing.ts';

export interface MapLegendProps {
  readonly counts: readonly LookCount[];
  /** As the cells of the map are. */
  readonly isFine: boolean;
  /** Leads to the next node of this look. */
  readonly onNext: (look: NodeLook) => void;
}

const GLYPH_PX = 12;

/** What the cells mean, and how many there are of each. */
export function MapLegend({ counts, isFine, onNext }: MapLegendProps) {
  return (
    <ul className={classes.legend} aria-label="Legend of the node map">
      {counts.map(({ look, count }) => (
        <li key={look}>
          <button
            type="button"
            className={classes.entry}
            title={`Go to the next node: ${lookWords(look)}`}
            onClick={() => onNext(look)}
          >
            <Glyph look={look} isFine={isFine} />
            <span className={classes.figure}>{count.toLocaleString('en')}</span> {lookWords(look)}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Glyph({ look, isFine }: { readonly look: NodeLook; readonly isFine: boolean }) {
  const draw = useCallback(
    (context: CellContext, palette: Palette, ratio: number) => {
      const size = Math.round(GLYPH_PX * ratio);
      context.clearRect(0, 0, size, size);
      drawCells(context, look, [{ x: 0, y: 0, size, isFine }], palette);
    },
    [look, isFine],
  );
  const canvas = useDrawing({ width: GLYPH_PX, height: GLYPH_PX, draw });
  return <canvas ref={canvas} style={{ width: GLYPH_PX, height: GLYPH_PX }} aria-hidden="true" />;
}
