import type { Page } from '@playwright/test';

const SCROLL_MS = 4_000;

export interface Frames {
  readonly fps: number;
  /** Milliseconds of each frame. */
  readonly lengths: readonly number[];
}

/** Scrolls by 90 px a frame, down and up again, and counts the frames that were drawn. */
export function scrollPods(page: Page): Promise<Frames> {
  return page.evaluate(async (durationMs) => {
    let scroller = document.querySelector('[aria-label="Pods"][role="grid"]')?.parentElement;
    while (scroller && scroller.scrollHeight <= scroller.clientHeight) scroller = scroller.parentElement;
    if (!scroller) throw new Error('the pods table does not scroll');
    const target = scroller;
    target.scrollIntoView();
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const startedAt = await nextFrame();
    let last = startedAt;
    const lengths: number[] = [];
    while (last - startedAt < durationMs) {
      target.scrollTop += last - startedAt < durationMs / 2 ? 90 : -90;
      const now = await nextFrame();
      lengths.push(now - last);
      last = now;
    }
    return { fps: (lengths.length * 1000) / (last - startedAt), lengths };
  }, SCROLL_MS);
}
