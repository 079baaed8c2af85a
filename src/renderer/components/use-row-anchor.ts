import { type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useReducer, useRef } from 'react';
import { type ShownRow, anchoredOffset } from './row-anchor.ts';

export interface RowAnchorOptions {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly ids: readonly string[];
  /** With another order the rows on screen are no place to stay at. */
  readonly order: string;
}

/** Keeps the rows on screen where they are when rows above them come or go; at the top, the top stays in sight. */
export function useRowAnchor({ scroller, virtualizer, ids, order }: RowAnchorOptions): void {
  const shown = useRef<readonly ShownRow[]>([]);
  const shownOrder = useRef(order);
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  useLayoutEffect(() => {
    const isSameOrder = shownOrder.current === order;
    shownOrder.current = order;
    const element = scroller.current;
    if (element === null || !isSameOrder || element.scrollTop === 0) return;
    const offset = anchoredOffset(shown.current, ids, (index) => virtualizer.measurementsCache[index]?.start);
    if (offset === undefined || offset === element.scrollTop) return;
    scrollNow(element, virtualizer, offset);
    drawAgain();
  }, [scroller, virtualizer, ids, order]);
  useLayoutEffect(() => {
    const top = scroller.current?.scrollTop ?? 0;
    shown.current = virtualizer
      .getVirtualItems()
      .filter(({ end }) => end > top)
      .flatMap(({ index, start }) => {
        const id = ids[index];
        return id === undefined ? [] : [{ id, index, topPx: start - top }];
      });
  });
}

/** The scroll event comes after the next paint, which must show the same rows already: so the virtualizer is told first. */
function scrollNow(element: HTMLDivElement, virtualizer: Virtualizer<HTMLDivElement, Element>, offsetPx: number): void {
  element.scrollTop = offsetPx;
  virtualizer.scrollOffset = element.scrollTop;
}
