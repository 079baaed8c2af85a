import type { ReadState, RowsItem } from '../../src/shared/contract/live.ts';
import type { Row } from '../../src/shared/kubernetes/rows.ts';
import { LivenessJudge } from './liveness-judge.ts';
import { RowWitness } from './row-witness.ts';

/** A page's reader of one stream of rows, item by item. */
export class RowReader<R extends Row> {
  readonly witness = new RowWitness<R>();
  readonly liveness = new LivenessJudge();
  state: ReadState = { phase: 'connecting' };
  /** What ended the stream, when it was not the page. */
  error: unknown;
  readonly ended: Promise<void>;

  constructor(items: AsyncIterable<RowsItem<R>>) {
    this.ended = this.#read(items).catch((error: unknown) => {
      this.error = error;
    });
  }

  async #read(items: AsyncIterable<RowsItem<R>>): Promise<void> {
    for await (const item of items) {
      this.state = item.state;
      if (item.state.phase !== 'live') this.liveness.confess();
      if (item.type === 'full') this.witness.replaceAll(item.rows);
      else this.witness.apply(item.upserted, item.deletedUids);
    }
  }
}
