import { assertNever } from '../../../shared/errors/assert-never.ts';
import type { MapLayout } from './map-layout.ts';
import { type CellShape, type Ink, type NodeLook, partsOf, STATE_VIEW } from './node-looks.ts';

/** What of a 2D context the map needs. */
export type CellContext = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'clearRect'
  | 'fillRect'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'arc'
  | 'roundRect'
  | 'fill'
  | 'stroke'
>;

export type Palette = Readonly<Record<Ink, string>>;

export interface MapPicture {
  readonly layout: MapLayout;
  /** One for each cell. */
  readonly looks: readonly NodeLook[];
  readonly palette: Palette;
  /** Device pixels of a CSS px; the canvas is so much larger than the layout. */
  readonly ratio: number;
}

/** Where a cell is drawn, in device pixels. */
export interface CellSquare {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** With round and slanted edges. */
  readonly isFine: boolean;
}

/** From this size on (CSS px) cells have round and slanted edges. There are few then: a path takes twenty times as long as a rectangle. */
const FINE_FROM_PX = 10;
/** Of a slanted edge that is made of rectangles. */
const STEPS = 4;

/** Whether its cells have round and slanted edges. */
export function hasFineCells({ size }: MapLayout): boolean {
  return size >= FINE_FROM_PX;
}

/** Draws all cells anew, one look after another, so that colours change seldom. */
export function drawMap(context: CellContext, { layout, looks, palette, ratio }: MapPicture): void {
  const size = Math.max(1, Math.round(layout.size * ratio));
  const isFine = hasFineCells(layout);
  context.clearRect(0, 0, Math.ceil(layout.width * ratio), Math.ceil(layout.height * ratio));
  const squares = new Map<NodeLook, CellSquare[]>();
  for (const { first, count, x, cellsY, perRow } of layout.groups) {
    for (let within = 0; within < count; within += 1) {
      const look = looks[first + within];
      if (look === undefined) continue;
      const square = {
        x: Math.round((x + (within % perRow) * layout.pitch) * ratio),
        y: Math.round((cellsY + Math.floor(within / perRow) * layout.pitch) * ratio),
        size,
        isFine,
      };
      const alike = squares.get(look);
      if (alike === undefined) squares.set(look, [square]);
      else alike.push(square);
    }
  }
  for (const [look, alike] of squares) for (const square of alike) drawCell(context, look, square, palette);
}

/** One cell. */
export function drawCell(context: CellContext, look: NodeLook, square: CellSquare, palette: Palette): void {
  const { state, isOld } = partsOf(look);
  const { shape, ink } = STATE_VIEW[state];
  context.fillStyle = palette[isOld && state === 'ready' ? 'old' : ink];
  drawShape(context, shape, square, palette.surface);
  if (isOld) cutCorner(context, square, palette.surface);
}

function drawShape(context: CellContext, shape: CellShape, square: CellSquare, surface: string): void {
  const { x, y, size, isFine } = square;
  const middle = Math.floor(size / 2);
  const thin = Math.max(1, Math.round(size / 7));
  switch (shape) {
    case 'full':
      return fillSquare(context, square);
    case 'crossed':
      fillSquare(context, square);
      return isFine ? cross(context, square, thin, surface) : hole(context, square, surface);
    case 'barred':
      fillSquare(context, square);
      context.fillStyle = surface;
      return context.fillRect(x + thin, y + middle - Math.floor(thin / 2), size - 2 * thin, thin);
    case 'frame':
      return frame(context, square, thin);
    case 'dotted': {
      frame(context, square, thin);
      const dot = Math.max(2, Math.round(size / 4));
      return context.fillRect(x + Math.round((size - dot) / 2), y + Math.round((size - dot) / 2), dot, dot);
    }
    case 'lower':
      frame(context, square, thin);
      return context.fillRect(x, y + middle, size, size - middle);
    case 'upper':
      frame(context, square, thin);
      return context.fillRect(x, y, size, middle);
    case 'disc':
      return disc(context, square);
    case 'speck': {
      const speck = Math.max(2, Math.round(size / 2.4));
      return context.fillRect(x + Math.floor((size - speck) / 2), y + Math.floor((size - speck) / 2), speck, speck);
    }
    default:
      return assertNever(shape);
  }
}

function fillSquare(context: CellContext, { x, y, size, isFine }: CellSquare): void {
  if (!isFine) return context.fillRect(x, y, size, size);
  context.beginPath();
  context.roundRect(x, y, size, size, size / 7);
  return context.fill();
}

function disc(context: CellContext, { x, y, size, isFine }: CellSquare): void {
  if (isFine) {
    context.beginPath();
    context.arc(x + size / 2, y + size / 2, size / 2, 0, 2 * Math.PI);
    return context.fill();
  }
  const corner = Math.max(1, Math.round(size / 4));
  context.fillRect(x + corner, y, size - 2 * corner, size);
  return context.fillRect(x, y + corner, size, size - 2 * corner);
}

function frame(context: CellContext, { x, y, size }: CellSquare, thin: number): void {
  context.fillRect(x, y, size, thin);
  context.fillRect(x, y + size - thin, size, thin);
  context.fillRect(x, y, thin, size);
  context.fillRect(x + size - thin, y, thin, size);
}

function cross(context: CellContext, { x, y, size }: CellSquare, thin: number, surface: string): void {
  const inset = size * 0.2;
  context.strokeStyle = surface;
  context.lineWidth = thin;
  context.beginPath();
  context.moveTo(x + inset, y + inset);
  context.lineTo(x + size - inset, y + size - inset);
  context.moveTo(x + size - inset, y + inset);
  context.lineTo(x + inset, y + size - inset);
  context.stroke();
}

/** Instead of a cross, of which too little would be left. */
function hole(context: CellContext, { x, y, size }: CellSquare, surface: string): void {
  const wide = Math.max(2, Math.round(size / 3));
  context.fillStyle = surface;
  context.fillRect(x + Math.floor((size - wide) / 2), y + Math.floor((size - wide) / 2), wide, wide);
}

function cutCorner(context: CellContext, { x, y, size, isFine }: CellSquare, surface: string): void {
  const cut = Math.ceil(size * 0.55);
  const right = x + size;
  context.fillStyle = surface;
  if (!isFine) {
    const step = Math.ceil(cut / STEPS);
    for (let done = 0; done < cut; done += step) {
      context.fillRect(right - cut + done, y + done, cut - done, Math.min(step, cut - done));
    }
    return;
  }
  context.beginPath();
  context.moveTo(right - cut, y);
  context.lineTo(right, y);
  context.lineTo(right, y + cut);
  context.fill();
}
