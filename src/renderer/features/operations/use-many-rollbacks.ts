import { useEffect, useState, useSyncExternalStore } from 'react';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { Batch, type BatchItem } from '../../live/batch.ts';
import { useServices } from '../../live/services.ts';
import { type ManyRollback, readManyRollback } from './rollback-of-many.ts';

/** What each rollback would do, by uid: read a few at a time while the dialog is open. */
export function useManyRollbacks(
  contextName: string,
  rows: readonly DaemonSetRow[],
): (uid: string) => BatchItem<ManyRollback> | undefined {
  const { client } = useServices();
  const [batch, setBatch] = useState(() => new Batch<ManyRollback>());
  useSyncExternalStore(batch.subscribe, batch.getVersion);
  useEffect(() => {
    const ended = new AbortController();
    const own = new Batch<ManyRollback>();
    const byUid = new Map(rows.map((row) => [row.uid, row]));
    const perform = async (uid: string): Promise<ManyRollback> => {
      const row = byUid.get(uid);
      if (row === undefined) throw new TypeError(`${uid} is not among the chosen`);
      const { namespace, name } = row;
      return readManyRollback(client, { contextName, namespace, name, uid }, ended.signal);
    };
    setBatch(own);
    void own.run([...byUid.keys()], { perform });
    return () => {
      own.stop();
      ended.abort();
    };
  }, [client, contextName, rows]);
  return (uid) => batch.itemOf(uid);
}
