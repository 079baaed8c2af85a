import type { ChartView, ChartViewOptions } from './chart-view.ts';

/** uPlot comes with the first chart. */
export async function loadChartView(options: ChartViewOptions): Promise<ChartView> {
  const { ChartView: View } = await import('./chart-view.ts');
  return new View(options);
}
