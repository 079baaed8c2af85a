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
  for (const [look, alike] of squares) drawCells(context, look, alike, palette);
}

/** Cells that look alike: first what has ink, then what is cut out of it, since a change of colour costs as much as a rectangle. */
export function drawCells(
  context: CellContext,
  look: NodeLook,
  squares: readonly CellSquare[],
  palette: Palette,
): void {
  const { state, isOld } = partsOf(look);
  const { shape, ink } = STATE_VIEW[state];
  context.fillStyle = palette[isOld && state === 'ready' ? 'old' : ink];
  for (const square of squares) drawInk(context, shape, square);
  if (!isOld && shape !== 'crossed' && shape !== 'barred') return;
  context.fillStyle = palette.surface;
  context.strokeStyle = palette.surface;
  for (const square of squares) {
    if (shape === 'crossed') cutCross(context, square);
    if (shape === 'barred') cutBar(context, square);
    if (isOld) cutCorner(context, square);
  }
}

function drawInk(context: CellContext, shape: CellShape, square: CellSquare): void {
  const { x, y, size } = square;
  const middle = Math.floor(size / 2);
  switch (shape) {
    case 'full':
    case 'crossed':
    case 'barred':
      return fillSquare(context, square);
    case 'frame':
      return frame(context, square);
    case 'dotted': {
      frame(context, square);
      return fillMiddle(context, square, Math.max(2, Math.round(size / 4)));
    }
    case 'lower':
      frame(context, square);
      return context.fillRect(x, y + middle, size, size - middle);
    case 'upper':
      frame(context, square);
      return context.fillRect(x, y, size, middle);
    case 'disc':
      return disc(context, square);
    case 'speck':
      return fillMiddle(context, square, Math.max(2, Math.round(size / 2.4)));
    default:
      return assertNever(shape);
  }
}

function fillMiddle(context: CellContext, { x, y, size }: CellSquare, wide: number): void {
  const edge = Math.floor((size - wide) / 2);
  context.fillRect(x + edge, y + edge, wide, wide);
}

/** Of a line in a cell. */
function thinOf({ size }: CellSquare): number {
  return Math.max(1, Math.round(size / 7));
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

function frame(context: CellContext, square: CellSquare): void {
  const { x, y, size } = square;
  const thin = thinOf(square);
  context.fillRect(x, y, size, thin);
  context.fillRect(x, y + size - thin, size, thin);
  context.fillRect(x, y, thin, size);
  context.fillRect(x + size - thin, y, thin, size);
}

function cutBar(context: CellContext, square: CellSquare): void {
  const { x, y, size } = square;
  const thin = thinOf(square);
  context.fillRect(x + thin, y + Math.floor((size - thin) / 2), size - 2 * thin, thin);
}

/** A hole where too little would be left of a cross. */
function cutCross(context: CellContext, square: CellSquare): void {
  const { x, y, size, isFine } = square;
  if (!isFine) return fillMiddle(context, square, Math.max(2, Math.round(size / 3)));
  const inset = size * 0.2;
  context.lineWidth = thinOf(square);
  context.beginPath();
  context.moveTo(x + inset, y + inset);
  context.lineTo(x + size - inset, y + size - inset);
  context.moveTo(x + size - inset, y + inset);
  context.lineTo(x + inset, y + size - inset);
  return context.stroke();
}

function cutCorner(context: CellContext, { x, y, size, isFine }: CellSquare): void {
  const cut = Math.ceil(size * 0.55);
  const right = x + size;
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
