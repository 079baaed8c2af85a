import { describe, expect, it } from 'vitest';
import { NODE_STATES } from '../../../shared/kubernetes/coverage.ts';
import { type CellContext, drawCells, drawMap, type Palette } from './draw-map.ts';
import { layoutMap } from './map-layout.ts';
import { lookCounts, lookOf, type NodeLook } from './node-looks.ts';

const palette: Palette = { ready: 'g', old: 'b', bad: 'r', wait: 'y', off: 'n', surface: 'w' };
/** All inks alike: what differs then is the shape alone. */
const oneInk: Palette = { ready: 'i', old: 'i', bad: 'i', wait: 'i', off: 'i', surface: 'w' };

/** A context that writes down what is drawn, with the colour of each. */
class Recorder implements CellContext {
  readonly marks: string[] = [];
  fillStyle = '';
  strokeStyle = '';
  lineWidth = 1;
  clearRect = (...area: number[]) => void this.marks.push(`clear ${area.join(' ')}`);
  fillRect = (...area: number[]) => void this.marks.push(`${this.fillStyle} rect ${area.join(' ')}`);
  roundRect = (...area: unknown[]) => void this.marks.push(`round ${area.join(' ')}`);
  beginPath = () => void this.marks.push('path');
  moveTo = (...to: number[]) => void this.marks.push(`move ${to.join(' ')}`);
  lineTo = (...to: number[]) => void this.marks.push(`line ${to.join(' ')}`);
  arc = (...circle: unknown[]) => void this.marks.push(`arc ${circle.join(' ')}`);
  fill = () => void this.marks.push(`${this.fillStyle} fill`);
  stroke = () => void this.marks.push(`${this.strokeStyle} stroke ${this.lineWidth}`);
}

function drawn(look: NodeLook, size: number, isFine: boolean): string {
  const recorder = new Recorder();
  drawCells(recorder, look, [{ x: 0, y: 0, size, isFine }], oneInk);
  return recorder.marks.join('\n');
}

describe('the drawing of the node map', () => {
  const looks = NODE_STATES.flatMap((state) => [lookOf({ state, isOld: false }), lookOf({ state, isOld: true })]);

  it.each([
    [6, false],
    [12, false],
    [16, true],
    [32, true],
  ])('gives each state and revision a shape of its own, not a colour alone, at %d px', (size, isFine) => {
    expect(new Set(looks.map((look) => drawn(look, size, isFine))).size).toBe(looks.length);
  });

  it('draws small cells with rectangles alone: thousands of paths would take longer than a frame', () => {
    const marks = looks.flatMap((look) => drawn(look, 12, false).split('\n'));
    expect(marks.filter((mark) => !/^. rect/.test(mark))).toEqual([]);
  });

  it('draws each cell at its place, in device pixels', () => {
    const recorder = new Recorder();
    const layout = layoutMap([{ label: 'a', count: 3 }], 760);
    drawMap(recorder, { layout, looks: ['excluded', 'missing', 'excluded'], palette, ratio: 2 });
    expect(recorder.marks[0]).toBe(`clear 0 0 1520 ${layout.height * 2}`);
    const specks = recorder.marks.filter((mark) => mark.startsWith('n rect'));
    expect(specks).toEqual(['n rect 13 49 18 18', 'n rect 117 49 18 18']);
    expect(recorder.marks.filter((mark) => mark.startsWith('r rect'))).toContain('r rect 52 36 44 6');
  });

  it('keeps cells on whole pixels at any zoom', () => {
    const recorder = new Recorder();
    const layout = layoutMap([{ label: 'a', count: 400 }], 300);
    drawMap(recorder, { layout, looks: Array.from({ length: 400 }, () => 'missing' as const), palette, ratio: 1.25 });
    const numbers = recorder.marks.flatMap((mark) => mark.match(/-?[\d.]+/g) ?? []).map(Number);
    expect(numbers.every(Number.isInteger)).toBe(true);
  });

  it('counts what is there for the legend, old beside new', () => {
    expect(lookCounts(['excluded', 'ready:old', 'ready', 'ready'])).toEqual([
      { look: 'ready', count: 2 },
      { look: 'ready:old', count: 1 },
      { look: 'excluded', count: 1 },
    ]);
  });
});
