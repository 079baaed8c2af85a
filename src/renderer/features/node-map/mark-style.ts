import type { CSSProperties } from 'react';
import { cellPlace, type MapLayout } from './map-layout.ts';

/** Where a mark lies that goes around a cell. */
export function markStyle(layout: MapLayout, index: number): CSSProperties {
  const { x, y } = cellPlace(layout, index) ?? { x: 0, y: 0 };
  return { left: x, top: y, width: layout.size, height: layout.size };
}
