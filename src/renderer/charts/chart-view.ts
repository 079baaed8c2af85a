import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ChartData, ChartLine } from './chart-lines.ts';

export interface ChartViewOptions {
  readonly element: HTMLElement;
  readonly words: (value: number) => string;
  /** Steps of the axis: round numbers, or powers of two for bytes. */
  readonly base: 10 | 2;
}

const HEIGHT_PX = 160;
const AXIS_PX = 56;
const TIME_AXIS_PX = 28;
const TIME_SPACE_PX = 90;
/** So that the words of the last time have room. */
const RIGHT_PX = 34;
const LEAST_SECONDS = 60;
const BINARY_STEPS = Array.from({ length: 50 }, (_, exponent) => 2 ** exponent);
const MS = 1000;

const COLOURS: Readonly<Record<ChartLine['look'], string>> = {
  main: '--ev-accent',
  middle: '--ev-bar-ready',
  thin: '--ev-text-muted',
  request: '--ev-dot-wait',
  limit: '--ev-danger',
};

/** A chart over time. Made anew when its lines or the colour scheme change; new points are put in. */
export class ChartView {
  readonly #options: ChartViewOptions;
  #plot: uPlot | undefined;
  #shape = '';

  constructor(options: ChartViewOptions) {
    this.#options = options;
  }

  show(data: ChartData, scheme: string): void {
    const shape = JSON.stringify([scheme, data.lines.map(({ label, look }) => [label, look])]);
    const aligned: uPlot.AlignedData = [
      data.times.map((time) => time / MS),
      ...data.lines.map(({ values }) => [...values]),
    ];
    if (this.#plot !== undefined && shape === this.#shape) {
      this.#plot.setData(aligned);
      return;
    }
    this.#plot?.destroy();
    this.#shape = shape;
    this.#plot = new uPlot(this.#plotOptions(data.lines), aligned, this.#options.element);
  }

  fit(): void {
    this.#plot?.setSize({ width: this.#options.element.clientWidth, height: HEIGHT_PX });
  }

  dispose(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #plotOptions(lines: readonly ChartLine[]): uPlot.Options {
    const { element, words, base } = this.#options;
    const style = getComputedStyle(element);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const axis = {
      stroke: colour('--ev-text-muted'),
      grid: { stroke: colour('--ev-border'), width: 1 },
      ticks: { show: false },
    };
    return {
      width: element.clientWidth,
      height: HEIGHT_PX,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { show: false } },
      padding: [8, RIGHT_PX, 0, 0],
      scales: {
        x: { range: timeRange },
        y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.1 : 1] },
      },
      axes: [
        { ...axis, size: TIME_AXIS_PX, space: TIME_SPACE_PX, values: (_plot, splits) => splits.map(timeWords) },
        {
          ...axis,
          size: AXIS_PX,
          values: (_plot, splits) => splits.map((value) => words(value)),
          ...(base === 2 && { incrs: BINARY_STEPS }),
        },
      ],
      series: [{}, ...lines.map((line) => seriesOf(line, colour(COLOURS[line.look])))],
    };
  }
}

/** From the times themselves: of a single one uPlot would make a day. */
function timeRange({ data: [times] }: uPlot): [number, number] {
  const [first = 0] = times;
  const last = times.at(-1) ?? first;
  return [Math.min(first, last - LEAST_SECONDS), last];
}

function timeWords(seconds: number): string {
  return new Date(seconds * MS).toLocaleTimeString();
}

function seriesOf({ label, look, values }: ChartLine, stroke: string): uPlot.Series {
  const isBound = look === 'request' || look === 'limit';
  return {
    label,
    stroke,
    width: look === 'main' || look === 'middle' ? 2 : 1,
    ...(look === 'thin' && { alpha: 0.45 }),
    ...(isBound && { dash: [6, 4] }),
    points: { show: !isBound && values.length === 1 },
  };
}
