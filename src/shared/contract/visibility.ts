// Beside page.ts, so that the page itself does without the checks of its inputs.

/** How long the core believes a page that said it is visible. */
export const VISIBLE_FOR_MS = 60_000;
/** A visible page says so again this often; its timers run on time as long as it is visible. */
export const VISIBLE_AGAIN_MS = 20_000;
