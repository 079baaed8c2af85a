import type { Page } from '@playwright/test';
import { SOURCES } from './source-modules.ts';

type MapLayoutModule = typeof import('../src/renderer/features/node-map/map-layout.ts');
type DrawMapModule = typeof import('../src/renderer/features/node-map/draw-map.ts');
type NodeLook = import('../src/renderer/features/node-map/node-looks.ts').NodeLook;

export interface PaintOptions {
  readonly looks: readonly NodeLook[];
  readonly zones: number;
  readonly width: number;
  readonly ratio: number;
  readonly times: number;
}

export interface Paints {
  /** Milliseconds of each layout and paint, until the pixels are there. */
  readonly lengths: readonly number[];
  /** Cells with ink on the last one. */
  readonly cells: number;
}

/** Paints the node map with the renderer's own modules, on a page that can import them. */
export function paintNodes(page: Page, options: PaintOptions): Promise<Paints> {
  return page.evaluate(
    async ({ looks, zones, width, ratio, times, folder }) => {
      const load = async (file: string): Promise<unknown> => import(`${folder}${file}`);
      const { layoutMap, cellPlace } = (await load('map-layout.ts')) as MapLayoutModule;
      const { drawMap } = (await load('draw-map.ts')) as DrawMapModule;
      const perZone = Math.ceil(looks.length / zones);
      const groups = Array.from({ length: zones }, (_, index) => ({
        label: `zone ${index}`,
        count: Math.min(perZone, looks.length - index * perZone),
      }));
      const layout = layoutMap(groups, width);
      const canvas = document.createElement('canvas');
      canvas.width = Math.ceil(layout.width * ratio);
      canvas.height = Math.ceil(layout.height * ratio);
      document.body.append(canvas);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('this browser has no canvas');
      const palette = {
        ready: '#2b8a3e',
        old: '#1971c2',
        bad: '#c92a2a',
        wait: '#c26a00',
        off: '#8b93a1',
        surface: '#fff',
      };
      const lengths: number[] = [];
      for (let time = 0; time < times; time += 1) {
        const startedAt = performance.now();
        drawMap(context, { layout: layoutMap(groups, width), looks, palette, ratio });
        // What is drawn is only noted until somebody looks.
        context.getImageData(0, 0, 1, 1);
        lengths.push(performance.now() - startedAt);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const size = Math.round(layout.size * ratio);
      const hasInk = (index: number) => {
        const { x = 0, y = 0 } = cellPlace(layout, index) ?? {};
        for (let row = 0; row < size; row += 1) {
          const from = (Math.round(y * ratio) + row) * canvas.width + Math.round(x * ratio);
          for (let column = 0; column < size; column += 1) if (data[(from + column) * 4 + 3] !== 0) return true;
        }
        return false;
      };
      return { lengths, cells: looks.filter((_, index) => hasInk(index)).length };
    },
    { ...options, folder: `${SOURCES}src/renderer/features/node-map/` },
  );
}
