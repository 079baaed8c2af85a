import { useCallback } from 'react';
import { type CellContext, drawCell, type Palette } from './draw-map.ts';
import { type LookCount, lookWords, type NodeLook } from './node-looks.ts';
import classes from './NodeMap.module.css';
import { useDrawing } from './use-drawing.ts';

export interface MapLegendProps {
  readonly counts: readonly LookCount[];
  /** Leads to the next node of this look. */
  readonly onNext: (look: NodeLook) => void;
}

const GLYPH_PX = 12;

/** What the cells mean, and how many there are of each. */
export function MapLegend({ counts, onNext }: MapLegendProps) {
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
            <Glyph look={look} />
            <span className={classes.figure}>{count.toLocaleString('en')}</span> {lookWords(look)}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Glyph({ look }: { readonly look: NodeLook }) {
  const draw = useCallback(
    (context: CellContext, palette: Palette, ratio: number) => {
      const size = Math.round(GLYPH_PX * ratio);
      context.clearRect(0, 0, size, size);
      drawCell(context, look, { x: 0, y: 0, size, isFine: true }, palette);
    },
    [look],
  );
  const canvas = useDrawing({ width: GLYPH_PX, height: GLYPH_PX, draw });
  return <canvas ref={canvas} style={{ width: GLYPH_PX, height: GLYPH_PX }} aria-hidden="true" />;
}
