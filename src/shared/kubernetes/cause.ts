import { isRecentlyChanged, YOUNG_MS } from './daemonset.ts';
import { type CauseEvent, podTrouble, type PodTrouble } from './pod-trouble.ts';
import type { DaemonSetRow, PodRow } from './rows.ts';

export interface Cause {
  /** For the second line: "waits for node-041: crash loop"; absent when nothing stands out. */
  readonly text?: string;
  /** Whether every missing pod is younger than 10 minutes and not failing. */
  readonly missingPodsAreYoung: boolean;
}

interface TroubledPod {
  readonly pod: PodRow;
  readonly trouble: PodTrouble;
}

/** The worst first: what needs a person before what only needs time. */
const ORDER: readonly PodTrouble['kind'][] = [
  'failing',
  'pending',
  'notReady',
  'starting',
  'waitingMinReady',
  'terminating',
];
const MAX_TEXT = 120;

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT - 1)}…`;
}

/** Where a daemon pod belongs: its node, or the node that the controller's affinity names, which a row does not keep. */
function placeOf({ pod }: TroubledPod): string {
  return pod.nodeName ?? pod.name;
}

function groupText(group: readonly TroubledPod[]): string | undefined {
  const sorted = group.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const [first] = sorted;
  if (first === undefined) return undefined;
  if (first.trouble.kind === 'pending') return `${sorted.length} Pending: ${first.trouble.words}`;
  const more = sorted.length > 1 ? ` and ${sorted.length - 1} more` : '';
  return `waits for ${placeOf(first)}${more}: ${first.trouble.words}`;
}

/** The largest group of the worst kind; of equal groups the first by words, so that the line does not flicker. */
function worstGroup(troubled: readonly TroubledPod[]): readonly TroubledPod[] {
  for (const kind of ORDER) {
    const groups = Map.groupBy(
      troubled.filter(({ trouble }) => trouble.kind === kind),
      ({ trouble }) => trouble.words,
    );
    const [best] = [...groups].toSorted((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
    if (best !== undefined) return best[1];
  }
  return [];
}

function failedCreate(row: DaemonSetRow, events: readonly CauseEvent[], now: number): CauseEvent | undefined {
  return (
    events
      .filter((event) => event.reason === 'FailedCreate' && event.involvedName === row.name)
      // The controller tries again at most 16 minutes apart (workqueue's rate limit), so an older one is over.
      .filter((event) => now - event.lastSeen < 20 * 60_000)
      .toSorted((a, b) => b.lastSeen - a.lastSeen)[0]
  );
}

function isYoung(pod: PodRow, now: number): boolean {
  return now - Date.parse(pod.creationTimestamp) < YOUNG_MS;
}

/** Nodes with no pod at all are young only while a rollout plainly runs: the controller fills a gap within seconds. */
function gapsAreYoung(row: DaemonSetRow, pods: readonly PodRow[], gaps: number, now: number): boolean {
  const leaving = pods.filter((pod) => pod.deletionTimestamp !== undefined).length;
  return gaps <= leaving || isRecentlyChanged(row, now) || pods.some((pod) => isYoung(pod, now));
}

/**
 * Why a DaemonSet is not rolled out, from its own pods and the warning events about it and them. Pods that another owner controls are
 * passed over. `now` in milliseconds since 1970.
 */
export function causeOf(row: DaemonSetRow, pods: readonly PodRow[], events: readonly CauseEvent[], now: number): Cause {
  const own = pods.filter((pod) => pod.ownerUid === undefined || pod.ownerUid === row.uid);
  const troubled = own.flatMap((pod): TroubledPod[] => {
    const trouble = podTrouble(pod, events, row.minReadySeconds, now);
    return trouble === undefined ? [] : [{ pod, trouble }];
  });
  const staying = own.filter((pod) => pod.deletionTimestamp === undefined);
  const gaps = Math.max(0, row.desired - staying.length);
  const refused = gaps > 0 ? failedCreate(row, events, now) : undefined;
  const stuck = troubled.some(
    ({ pod, trouble }) => trouble.kind === 'failing' || (trouble.kind !== 'terminating' && !isYoung(pod, now)),
  );
  const missingPodsAreYoung = !stuck && refused === undefined && (gaps === 0 || gapsAreYoung(row, own, gaps, now));
  const text =
    refused === undefined ? groupText(worstGroup(troubled)) : refused.message.replace(/^Error creating: /, '');
  return text === undefined ? { missingPodsAreYoung } : { text: shorten(text), missingPodsAreYoung };
}
