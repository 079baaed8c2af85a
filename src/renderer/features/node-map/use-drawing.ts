import { useComputedColorScheme } from '@mantine/core';
import { type RefObject, useEffect, useRef } from 'react';
import type { CellContext, Palette } from './draw-map.ts';
import { paletteOf } from './palette.ts';
import { usePixelRatio } from './use-pixel-ratio.ts';

export interface Drawing {
  /** CSS px. */
  readonly width: number;
  readonly height: number;
  /** Draws all of it, in device pixels. Keep it stable: a new one is drawn. */
  readonly draw: (context: CellContext, palette: Palette, ratio: number) => void;
}

/** A canvas with one picture, sharp on every screen and in the colours of the scheme. */
export function useDrawing({ width, height, draw }: Drawing): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const ratio = usePixelRatio();
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    // A page without a canvas (a browser that forbids reading it back) has the list and the table.
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    // Setting it, even to what it was, clears and allocates the canvas anew.
    const [wide, high] = [Math.ceil(width * ratio), Math.ceil(height * ratio)];
    if (canvas.current.width !== wide) canvas.current.width = wide;
    if (canvas.current.height !== high) canvas.current.height = high;
    draw(context, paletteOf(canvas.current), ratio);
  }, [width, height, draw, ratio, scheme]);
  return canvas;
}
