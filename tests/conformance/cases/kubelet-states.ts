import { at } from '../json-path.ts';
import { type Answer, type KubeletLab, type LabPod, stateOf, stateText } from '../kubelet/kubelet-lab.ts';
import { type KubeletQuestions, aQuestion } from '../kubelet/kubelet-question.ts';
import { PLOTS, type Plot } from '../kubelet/plot.ts';
import { conditionsOf, eventsOf, momentOf, tellStory } from '../kubelet/pod-story.ts';

function waitsFor(pod: LabPod, reason: string): Promise<unknown> {
  return pod.until((current) => stateText(stateOf(current, 'main')).startsWith(`waiting ${reason}`), reason);
}

/** What is said while a container waits, and to one who asks for its log. */
async function whileWaiting(lab: KubeletLab, plot: Plot, reason: string): Promise<Answer> {
  const pod = await lab.start(plot);
  const found = await waitsFor(pod, reason);
  const { restartCount, ready, lastState } = momentOf(found, 'main');
  return {
    restartCount,
    ready,
    lastState,
    conditions: conditionsOf(found),
    log: pod.said(await pod.log()),
    followed: pod.said(await pod.log('follow=true')),
    previous: pod.said(await pod.log('previous=true')),
  };
}

/** Both logs while a crashed container waits. A new life may begin between the two answers, before any status says so: then the next wait is looked at. */
async function logsWhileWaiting(pod: LabPod, looks = 3): Promise<Answer> {
  const { restartCount } = momentOf(await waitsFor(pod, 'CrashLoopBackOff'), 'main');
  const [log, previous] = await Promise.all([pod.log(), pod.log('previous=true')]);
  const same = log.body === previous.body && log.body !== '';
  if (!same && looks > 1) {
    await pod.until((current) => momentOf(current, 'main').restartCount > restartCount, 'another life');
    return logsWhileWaiting(pod, looks - 1);
  }
  return { codes: [log.code, previous.code], same };
}

export const KUBELET_STATES: KubeletQuestions = {
  name: 'a container',
  questions: [
    aQuestion('of a pod on no node has no log yet', async (lab) => {
      const pod = await lab.start(PLOTS.huge);
      return {
        log: pod.said(await pod.log()),
        followed: pod.said(await pod.log('follow=true')),
        previous: pod.said(await pod.log('previous=true')),
        absent: pod.said(await pod.log('container=absent')),
      };
    }),
    aQuestion('whose ConfigMap is not there', (lab) => whileWaiting(lab, PLOTS.unmounted, 'ContainerCreating')),
    aQuestion('whose environment names a ConfigMap that is not there', async (lab) => {
      const pod = await lab.start(PLOTS.unconfigured);
      const found = await waitsFor(pod, 'CreateContainerConfigError');
      return { state: momentOf(found, 'main').state, log: pod.said(await pod.log()) };
    }),
    aQuestion('whose image is not there and may not be fetched', async (lab) => {
      const pod = await lab.start(PLOTS.imageless);
      const found = await waitsFor(pod, 'ErrImageNeverPull');
      const events = await eventsOf(lab, pod);
      return {
        state: pod.anonymizer.text(stateText(stateOf(found, 'main'))),
        log: pod.said(await pod.log()),
        event: events.filter((event) => event.includes('ErrImageNeverPull')),
      };
    }),
    aQuestion('whose image cannot be fetched', async (lab) => {
      const pod = await lab.start(PLOTS.unpullable);
      await waitsFor(pod, 'ErrImagePull');
      const found = await waitsFor(pod, 'ImagePullBackOff');
      const log = pod.said(await pod.log());
      return { conditions: conditionsOf(found), log };
    }),
    aQuestion('that runs', async (lab) => {
      const pod = await lab.standing(PLOTS.steady);
      const found = await pod.until((current) => momentOf(current, 'main').ready, 'ready');
      const status = momentOf(found, 'main');
      return { ...status, conditions: conditionsOf(found), idOf: idShape(found) };
    }),
    aQuestion('that crashes again and again', async (lab) => {
      const pod = await lab.start(PLOTS.crashing);
      const story = await tellStory(lab, pod, 'main', ({ restartCount, state }) => {
        return restartCount === 2 && state.startsWith('waiting');
      });
      return { story };
    }),
    aQuestion('that crashed and waits: its log is its last life’s, and so is the previous one', async (lab) => {
      return logsWhileWaiting(await lab.start(PLOTS.crashing));
    }),
    aQuestion('that was restarted: the previous log is the former life’s', async (lab) => {
      const pod = await lab.start(PLOTS.crashing);
      await pod.until((current) => momentOf(current, 'main').restartCount === 1, 'a restart');
      const previous = await pod.lines('previous=true&timestamps=true');
      const [first] = await pod.lines('timestamps=true');
      return { lines: previous.length > 0, before: (previous.at(-1) ?? '') < (first ?? '') };
    }),
    aQuestion('that is followed to its end: the log ends with it', async (lab) => {
      const pod = await lab.start(PLOTS.crashing);
      await pod.untilRunning();
      const lines: string[] = [];
      for await (const line of pod.follow('', AbortSignal.timeout(60_000))) lines.push(line);
      await pod.until((current) => momentOf(current, 'main').restartCount > 0 || !isRunning(current), 'an end');
      return { ends: true, lines: lines.length > 1 };
    }),
    aQuestion('that takes more memory than it may', async (lab) => {
      const pod = await lab.start(PLOTS.hungry);
      const story = await tellStory(lab, pod, 'main', ({ restartCount, state }) => {
        return restartCount === 1 && state.startsWith('waiting');
      });
      return { story };
    }),
    aQuestion('beside another, after an init container', async (lab) => {
      const pod = await lab.standing(PLOTS.several, 'one');
      const found = await pod.until((current) => momentOf(current, 'two').ready, 'two is ready');
      return {
        first: { ...momentOf(found, 'first') },
        one: { ...momentOf(found, 'one') },
        conditions: conditionsOf(found),
      };
    }),
    aQuestion('with a sidecar', async (lab) => {
      const pod = await lab.standing(PLOTS.accompanied);
      const found = await pod.until((current) => momentOf(current, 'main').ready, 'main is ready');
      return { sidecar: { ...momentOf(found, 'sidecar') }, conditions: conditionsOf(found) };
    }),
  ],
};

function isRunning(pod: unknown): boolean {
  return momentOf(pod, 'main').state === 'running';
}

/** Container ids name their runtime. */
function idShape(pod: unknown): Answer {
  const id = JSON.stringify(at(pod, 'status.containerStatuses.0.containerID') ?? '');
  return id.replace(/[0-9a-f]{64}/u, '<id>');
}
