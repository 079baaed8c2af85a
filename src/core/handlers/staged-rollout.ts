import type { StagedRollouts } from '../services/staged/staged-rollouts.ts';
import { latestStream } from '../streams/latest-stream.ts';
import { callSignal, os } from './os.ts';

export function stagedRolloutHandlers(staged: StagedRollouts) {
  return {
    watch: os.stagedRollout.watch.handler(({ input, signal, context }) =>
      latestStream(staged.view(input), callSignal(signal, context)),
    ),
    watchOpen: os.stagedRollout.watchOpen.handler(({ input, signal, context }) =>
      latestStream(staged.open(input.contextName), callSignal(signal, context)),
    ),
    start: os.stagedRollout.start.handler(({ input }) => staged.start(input)),
    hold: os.stagedRollout.hold.handler(({ input }) => staged.hold(input)),
    continue: os.stagedRollout.continue.handler(({ input }) => staged.continue(input)),
    stop: os.stagedRollout.stop.handler(({ input }) => staged.stop(input)),
    discard: os.stagedRollout.discard.handler(({ input }) => staged.discard(input)),
  };
}
