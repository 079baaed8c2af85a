import { useEffect, useRef } from 'react';
import type { DaemonSetView } from '../../../shared/contract/daemonset.ts';
import { currentRevision } from '../../../shared/kubernetes/revision.ts';
import {
  lookAtRollout,
  type RolloutLook,
  type RolloutNews,
  rolloutNews,
} from '../../../shared/kubernetes/rollout-news.ts';
import type { PodRow } from '../../../shared/kubernetes/rows.ts';
import { type DesktopNotifier, useNotifier } from '../../live/notifier.ts';
import { useNow } from '../../live/use-now.ts';
import { useRevisions } from '../../live/use-revisions.ts';
import { useRows } from '../../live/use-rows.ts';
import { useStagedRollout } from '../../live/use-staged-rollout.ts';
import { useValue } from '../../live/use-value.ts';
import { notify } from '../../stores/notices.ts';
import { navigate } from '../../stores/use-route.ts';
import { unwatch, type Watched } from '../../stores/watched.ts';

const LOOK_EVERY_MS = 10_000;

/** Follows one watched rollout and tells its news. */
export function WatchedRollout({ target }: { readonly target: Watched }) {
  const { contextName, namespace, name, uid } = target;
  const notifier = useNotifier();
  const now = useNow(LOOK_EVERY_MS);
  const own = useValue<DaemonSetView>(['daemonSet', contextName, namespace, name], (client, signal) =>
    client.daemonSet.watchOne({ contextName, namespace, name }, { signal }),
  );
  const pods = useRows<PodRow>(['pods', contextName, namespace, name, uid], (client, signal) =>
    client.daemonSet.watchPods({ contextName, namespace, name, uid }, { signal }),
  );
  const revisions = useRevisions(contextName, target);
  const staged = useStagedRollout(contextName, target);
  const before = useRef<RolloutLook>(undefined);
  const { value } = own;
  const isGone = value !== undefined && (value.gone || value.row?.uid !== uid);
  const isLive = [own, pods, revisions].every(({ state }) => state.phase === 'live') && staged.value !== undefined;
  useEffect(() => {
    if (isGone) {
      unwatch(target);
      notify({
        title: `${name} is watched no longer`,
        message: 'It was deleted, or another one has its name.',
        tone: 'info',
      });
      return;
    }
    const row = value?.row;
    // What is not live may be old: it is no news.
    if (!isLive || row === undefined) return;
    const current = currentRevision(revisions.value ?? []);
    const after = lookAtRollout({ row, pods: pods.rows, current, staged: staged.value?.plan, now }, before.current);
    const news = before.current === undefined ? [] : rolloutNews(before.current, after);
    before.current = after;
    for (const each of news) tell(each, target, notifier);
  }, [isGone, isLive, value, pods.rows, revisions.value, staged.value, now, target, name, notifier]);
  return null;
}

function tell({ kind, title, words }: RolloutNews, target: Watched, notifier: DesktopNotifier): void {
  const { contextName, namespace, name, uid } = target;
  notify({ title, message: words, tone: kind === 'ended' ? 'good' : 'bad' });
  if (notifier.permission !== 'granted') return;
  notifier.show({
    title,
    body: `${words} ${contextName}, ${namespace}`.trim(),
    tag: `${uid} ${kind}`,
    onClick: () => navigate({ page: 'daemonSet', contextName, namespace, name }),
  });
}
