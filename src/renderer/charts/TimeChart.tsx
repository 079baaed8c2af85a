import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ChartData } from './chart-lines.ts';
import type { ChartView } from './chart-view.ts';
import { loadChartView } from './load-chart-view.ts';
import classes from './TimeChart.module.css';

export interface TimeChartProps {
  /** What it shows, in words: for those who do not see it. */
  readonly label: string;
  readonly data: ChartData;
  readonly words: (value: number) => string;
  readonly base: 10 | 2;
}

/** Lines over time; follows the element's width and the colour scheme. */
export function TimeChart({ label, data, words, base }: TimeChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<ChartView>();
  const [failure, setFailure] = useState<unknown>();
  const scheme = useComputedColorScheme('light');
  const first = useRef({ words, base });
  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    let stopped = false;
    let mounted: ChartView | undefined;
    loadChartView({ element: target, ...first.current })
      .then((loaded) => {
        if (stopped) return;
        mounted = loaded;
        setView(loaded);
      })
      .catch(setFailure);
    return () => {
      stopped = true;
      mounted?.dispose();
    };
  }, []);
  useEffect(() => {
    if (canDraw()) view?.show(data, scheme);
  }, [view, data, scheme]);
  useEffect(() => {
    const target = element.current;
    if (!view || !target) return undefined;
    const observer = new ResizeObserver(() => view.fit());
    observer.observe(target);
    return () => observer.disconnect();
  }, [view]);
  // The boundary around the page says what failed and offers to load it again.
  if (failure !== undefined) throw failure;
  return <div ref={element} className={classes.chart} role="img" aria-label={label} />;
}

/** A page without a canvas (a browser that forbids reading it back, a test) has the words and the table alone. */
function canDraw(): boolean {
  return document.createElement('canvas').getContext('2d') !== null;
}
