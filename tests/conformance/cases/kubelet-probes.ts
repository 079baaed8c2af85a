import { at, numberAt, textAt } from '../json-path.ts';
import { type Answer, type KubeletLab, type LabPod, stateOf, statusOf } from '../kubelet/kubelet-lab.ts';
import { type KubeletQuestions, aQuestion } from '../kubelet/kubelet-question.ts';
import { type Plot, aShell } from '../kubelet/plot.ts';
import { conditionsOf, eventsOf, momentOf, tellStory } from '../kubelet/pod-story.ts';

const FOREVER = 'trap "exit 0" TERM; while :; do sleep 0.1; done';

function aPlot(name: string, container: ReturnType<typeof aShell>, more: Plot['pod'] = {}): Plot {
  return { name, pod: { containers: [container], ...more } };
}

function probe(script: string, more: Record<string, number> = {}) {
  return { exec: { command: ['sh', '-c', script] }, periodSeconds: 1, failureThreshold: 2, ...more };
}

function terminated(pod: unknown): unknown {
  return at(stateOf(pod, 'main'), 'terminated') ?? at(statusOf(pod, 'main'), 'lastState.terminated');
}

export const KUBELET_PROBES: KubeletQuestions = {
  name: 'a probe',
  questions: [
    aQuestion('of readiness that fails', async (lab) => {
      const container = aShell(FOREVER, { readinessProbe: probe('echo not yet; exit 1') });
      const pod = await lab.start(aPlot('unready', container));
      const found = await pod.untilRunning();
      const unhealthy = await untilEvents(lab, pod, /Unhealthy/u, 1);
      return { ...momentOf(found, 'main'), conditions: conditionsOf(found), started: startedOf(found), unhealthy };
    }),
    aQuestion('of liveness that fails restarts the container', async (lab) => {
      const container = aShell(FOREVER, { livenessProbe: probe('echo dead; exit 1', { initialDelaySeconds: 1 }) });
      const pod = await lab.start(aPlot('dead', container, { terminationGracePeriodSeconds: 5 }));
      const story = await tellStory(lab, pod, 'main', ({ restartCount, ready }) => restartCount === 1 && ready);
      const events = await untilEvents(lab, pod, /Unhealthy|Killing/u, 2);
      return { story, events };
    }),
    aQuestion('of startup that fails keeps the container from being started', async (lab) => {
      const container = aShell(FOREVER, { startupProbe: probe('exit 1', { failureThreshold: 60 }) });
      const pod = await lab.start(aPlot('unstarted', container));
      const found = await pod.untilRunning();
      return { ...momentOf(found, 'main'), started: startedOf(found) };
    }),
    aQuestion('of readiness over HTTP that succeeds', async (lab) => {
      const container = aShell('mkdir /tmp/w; echo ok > /tmp/w/index.html; exec httpd -f -p 8080 -h /tmp/w', {
        readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
      });
      const pod = await lab.start(aPlot('served', container));
      const found = await pod.until((current) => momentOf(current, 'main').ready, 'ready');
      return { ...momentOf(found, 'main') };
    }),
  ],
};

/** Events are written a moment after what they tell of. */
async function untilEvents(lab: KubeletLab, pod: LabPod, which: RegExp, count: number): Promise<readonly string[]> {
  for (;;) {
    const found = (await eventsOf(lab, pod)).filter((event) => which.test(event));
    if (found.length >= count) return found;
  }
}

function startedOf(pod: unknown): boolean {
  return at(statusOf(pod, 'main'), 'started') === true;
}

export const KUBELET_ENDS: KubeletQuestions = {
  name: 'an end',
  questions: [
    aQuestion('with a message in the file', async (lab) => {
      const pod = await lab.start(aPlot('message', aShell('echo no disk > /dev/termination-log; exit 7')));
      return ending(await pod.until((current) => terminated(current) !== undefined, 'an end'));
    }),
    aQuestion('with a message from the log', async (lab) => {
      const more = { terminationMessagePolicy: 'FallbackToLogsOnError' };
      const pod = await lab.start(aPlot('fallback', aShell('echo last words; exit 7', more)));
      return ending(await pod.until((current) => terminated(current) !== undefined, 'an end'));
    }),
    aQuestion('of a container that has done its work', async (lab) => {
      const pod = await lab.start(aPlot('done', aShell('sleep 1; exit 0')));
      const story = await tellStory(lab, pod, 'main', ({ restartCount, state }) => {
        return restartCount === 1 && state.startsWith('waiting');
      });
      return { story };
    }),
    aQuestion('of a container whose command is not there', async (lab) => {
      const pod = await lab.start(aPlot('commandless', aShell('', { command: ['nothing-like-it'] })));
      const found = await pod.until(
        (current) =>
          textAt(stateOf(current, 'main'), 'waiting.reason') === 'RunContainerError' ||
          momentOf(current, 'main').restartCount > 0,
        'no start',
      );
      const { lastState } = momentOf(found, 'main');
      return { lastState, log: (await pod.log()).code };
    }),
    aQuestion('of an init container that fails', async (lab) => {
      const init = aShell('echo cannot; exit 9', { name: 'first' });
      const pod = await lab.start(aPlot('uninitialized', aShell(FOREVER), { initContainers: [init] }));
      const found = await pod.until(
        (current) => momentOf(current, 'first').state.startsWith('waiting CrashLoopBackOff'),
        'init backs off',
      );
      const log = await pod.log('container=first');
      return {
        main: { ...momentOf(found, 'main') },
        conditions: conditionsOf(found),
        log: pod.said(log),
        ofMain: pod.said(await pod.log()),
      };
    }),
    aQuestion('never comes to an ephemeral container that is followed', async (lab) => {
      const pod = await lab.start(aPlot('debugged', aShell(FOREVER)));
      await pod.untilRunning();
      const body = { spec: { ephemeralContainers: [aShell('echo inside; sleep 1000', { name: 'debugger' })] } };
      const path = `${pod.path}/ephemeralcontainers`;
      const type = 'application/strategic-merge-patch+json';
      const { code } = await lab.api.send({ method: 'PATCH', path, body, type });
      await pod.untilRunning('debugger');
      const ended = new AbortController();
      for await (const line of pod.follow('container=debugger', ended.signal)) return { code, line };
      return { code };
    }),
  ],
};

function ending(pod: unknown): Answer {
  const state = terminated(pod);
  return {
    exitCode: numberAt(state, 'exitCode'),
    reason: textAt(state, 'reason'),
    message: textAt(state, 'message'),
    signal: numberAt(state, 'signal'),
  };
}
