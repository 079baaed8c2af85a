import { EventEmitter } from 'node:events';
import { answer } from './host-channel.ts';
import type { Bounds } from './wire.ts';

interface Display {
  readonly id: number;
  readonly workArea: Bounds;
}

const FIRST: Display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };

/** electronjs.org docs: api/screen. One display of 1920 × 1080, until a test plugs in others. */
class Screen extends EventEmitter {
  #displays: readonly Display[] = [FIRST];

  /** "screen.getAllDisplays()": in no order that is documented. */
  getAllDisplays(): readonly Display[] {
    return this.#displays.toReversed();
  }

  /** "screen.getPrimaryDisplay()". */
  getPrimaryDisplay(): Display {
    return this.#displays[0] ?? FIRST;
  }

  /** Events `display-added` and `display-removed`, each with the display. */
  plug(workAreas: readonly Bounds[]): void {
    const before = this.#displays;
    this.#displays = workAreas.map((workArea, index) => ({ id: index + 1, workArea }));
    for (const display of before.slice(this.#displays.length)) this.emit('display-removed', {}, display);
    for (const display of this.#displays.slice(before.length)) this.emit('display-added', {}, display);
  }
}

export const screen = new Screen();

answer('displays', ({ workAreas }) => screen.plug(workAreas));
