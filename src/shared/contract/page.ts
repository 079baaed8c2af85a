import { oc, type } from '@orpc/contract';
import * as z from 'zod';

export const pageContract = {
  /**
   * document.visibilityState of the page that asks: while it is visible, what it reads is watched for a peer that fell silent. Said at
   * each change, at each new connection, and every VISIBLE_AGAIN_MS while visible.
   */
  setVisibility: oc.input(z.object({ visibility: z.enum(['visible', 'hidden']) })).output(type<void>()),
};
