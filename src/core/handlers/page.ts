import type { Clock } from '../../shared/clock.ts';
import { os } from './os.ts';

export function pageHandlers(clock: Clock) {
  return {
    setVisibility: os.page.setVisibility.handler(({ input, context }) => {
      context.session.attention.report(input.visibility === 'visible', clock);
    }),
  };
}
