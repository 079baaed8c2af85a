import { oc, type } from '@orpc/contract';
import * as z from 'zod';

/** How long the core believes a page that said it is visible. */
export const VISIBLE_FOR_MS = 60_000;
/** A visible page says so again this often; its timers run on time as long as it is visible. */
export const VISIBLE_AGAIN_MS = 20_000;

export const pageContract = {
  /**
   * document.visibilityState of the page that asks: while it is visible, what it reads is watched for a peer that fell silent. Said at
   * each change, at each new connection, and every VISIBLE_AGAIN_MS while visible.
   */
  setVisibility: oc.input(z.object({ visibility: z.enum(['visible', 'hidden']) })).output(type<void>()),
};
