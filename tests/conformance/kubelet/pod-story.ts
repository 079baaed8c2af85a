import { at, itemsAt, numberAt, textAt } from '../json-path.ts';
import { type Answer, type KubeletLab, type LabPod, stateText, statusOf } from './kubelet-lab.ts';

/** What a container's status said at one moment. */
export interface Moment {
  readonly restartCount: number;
  readonly ready: boolean;
  readonly state: string;
  readonly lastState: string;
}

/** A container's status as a moment. */
export function momentOf(pod: unknown, container: string): Moment {
  const status = statusOf(pod, container);
  return {
    restartCount: numberAt(status, 'restartCount'),
    ready: at(status, 'ready') === true,
    state: stateText(at(status, 'state')),
    lastState: stateText(at(status, 'lastState')),
  };
}

/**
 * The moments of a container from its first run on, up to and with the first that is wanted; two alike in a row are one. An end is left
 * out: a kubelet that starts the next life at once may never have written it, and what it was stands in the next moment's last state.
 */
export async function tellStory(
  lab: KubeletLab,
  pod: LabPod,
  container: string,
  isLast: (moment: Moment) => boolean,
): Promise<readonly Answer[]> {
  using watch = lab.watch(pod);
  const moments: Moment[] = [];
  for (;;) {
    const event = await watch.next();
    if (event === undefined) throw new Error(`the watch of ${pod.name} ended after ${JSON.stringify(moments)}`);
    const moment = momentOf(event.object, container);
    if (moments.length === 0 && moment.state !== 'running') continue;
    if (moment.state.startsWith('terminated')) continue;
    if (JSON.stringify(moments.at(-1)) !== JSON.stringify(moment)) moments.push(moment);
    if (isLast(moment)) return moments.map((each) => anonymous(pod, each));
  }
}

function anonymous(pod: LabPod, { restartCount, ready, state, lastState }: Moment): Answer {
  return { restartCount, ready, state: pod.anonymizer.text(state), lastState: pod.anonymizer.text(lastState) };
}

/** Conditions that a kubelet writes, each as `Ready False ContainersNotReady`, and the phase. */
export function conditionsOf(pod: unknown): Answer {
  const conditions = itemsAt(pod, 'status.conditions').map((condition) =>
    ['type', 'status', 'reason', 'message']
      .map((field) => textAt(condition, field))
      .join(' ')
      .trim(),
  );
  return { phase: textAt(pod, 'status.phase'), conditions: conditions.toSorted() };
}

/** Reasons and messages of the events about a pod, each once, by name. */
export async function eventsOf(lab: KubeletLab, pod: LabPod): Promise<readonly string[]> {
  const path = pod.path.replace(/pods\/.*/u, 'events');
  const field = encodeURIComponent(`involvedObject.name=${pod.name}`);
  const { body } = await lab.api.send({ method: 'GET', path: `${path}?fieldSelector=${field}` });
  const said = itemsAt(body, 'items').map(
    (event) => `${textAt(event, 'type')} ${textAt(event, 'reason')}: ${textAt(event, 'message')}`,
  );
  return [...new Set(said.map((text) => pod.anonymizer.text(text)))].toSorted();
}
