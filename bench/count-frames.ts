import type { Page } from '@playwright/test';

/** Counts the frames of a page that nobody touches. */
export function countFrames(
  page: Page,
  durationMs: number,
): Promise<{ readonly fps: number; readonly longestMs: number }> {
  return page.evaluate(async (untilMs) => {
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const startedAt = await nextFrame();
    let [last, frames, longestMs] = [startedAt, 0, 0];
    while (last - startedAt < untilMs) {
      const now = await nextFrame();
      longestMs = Math.max(longestMs, now - last);
      frames += 1;
      last = now;
    }
    return { fps: (frames * 1000) / (last - startedAt), longestMs };
  }, durationMs);
}
