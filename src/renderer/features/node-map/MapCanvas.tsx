import { memo, useCallback } from 'react';
import { type CellContext, drawMap, type Palette } from './draw-map.ts';
import type { MapLayout } from './map-layout.ts';
import type { NodeLook } from './node-looks.ts';
import classes from './NodeMap.module.css';
import { useDrawing } from './use-drawing.ts';

export interface MapCanvasProps {
  readonly layout: MapLayout;
  /** One for each cell. */
  readonly looks: readonly NodeLook[];
}

/** The cells. The list around it says the same in words. */
export const MapCanvas = memo(PlainMapCanvas);

function PlainMapCanvas({ layout, looks }: MapCanvasProps) {
  const draw = useCallback(
    (context: CellContext, palette: Palette, ratio: number) => drawMap(context, { layout, looks, palette, ratio }),
    [layout, looks],
  );
  const { width, height } = layout;
  const canvas = useDrawing({ width, height, draw });
  return <canvas ref={canvas} className={classes.canvas} style={{ width, height }} aria-hidden="true" />;
}
