import { useEffect, useRef } from 'react';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import type { Batch } from '../../live/batch.ts';
import { useBatch } from '../../live/use-batch.ts';
import { notify } from '../../stores/notices.ts';
import { batchWords, failureWords, type LeftOut } from './batch-words.ts';
import type { ManyAct, ManyOutcome } from './many-act.ts';

export interface Many {
  readonly batch: Batch<ManyOutcome>;
  /** The rows that the act can be done to. */
  readonly acting: readonly DaemonSetRow[];
  readonly leftOut: LeftOut;
  /** What is not done yet, of all or of these. */
  readonly run: (rows?: readonly DaemonSetRow[]) => Promise<void>;
}

/** Runs an act on several rows. A dialog that goes, however it goes, stops what is not sent; what came of the rest is said as a notice. */
export function useMany(act: ManyAct, rows: readonly DaemonSetRow[], onWhole: () => void): Many {
  const batch = useBatch<ManyOutcome>();
  const isGone = useStopAtEnd(batch);
  const acting = rows.filter((row) => act.whyNot?.(row) === undefined);
  const leftOut = { count: rows.length - acting.length, why: act.leftOutWords ?? 'left out' };
  const byUid = new Map(acting.map((row) => [row.uid, row]));
  const rowOf = (uid: string): DaemonSetRow => {
    const row = byUid.get(uid);
    if (row === undefined) throw new TypeError(`${uid} is not among the chosen`);
    return row;
  };
  const run = async (wanted: readonly DaemonSetRow[] = acting) => {
    await batch.run(
      wanted.map(({ uid }) => uid),
      { perform: (uid) => act.perform(rowOf(uid)), lookBack: (uid) => act.lookBack(rowOf(uid)) },
    );
    const isWhole = batch.counts().done === acting.length;
    // The open dialog says itself, row by row, what did not go well.
    if (isWhole || isGone.current) {
      const title = `${act.verb}: ${batchWords(batch, 'done', leftOut)}`;
      notify({ title, message: troubles(acting, batch).join('\n'), tone: isWhole ? 'good' : 'warn' });
    }
    if (isWhole && troubles(acting, batch).length === 0) onWhole();
  };
  return { batch, acting, leftOut, run };
}

/** Stops what is not sent when the component goes. Answers whether it is gone. */
export function useStopAtEnd(batch: Pick<Batch<unknown>, 'stop'>): { readonly current: boolean } {
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      batch.stop();
    };
  }, [batch]);
  return isGone;
}

const MOST_TROUBLES = 5;

/** Failures and warnings, each with its object; the first of them. */
function troubles(rows: readonly DaemonSetRow[], batch: Batch<ManyOutcome>): readonly string[] {
  const all = rows.flatMap(({ uid, namespace, name }) => {
    const item = batch.itemOf(uid);
    if (item?.phase === 'failed' || item?.phase === 'unknown') {
      return [`${namespace}/${name}: ${failureWords(item.error)}`];
    }
    return item?.phase === 'done' ? item.result.warnings.map((warning) => `${namespace}/${name}: ${warning}`) : [];
  });
  const more = all.length - MOST_TROUBLES;
  return more > 0 ? [...all.slice(0, MOST_TROUBLES), `and ${more} more`] : all;
}
