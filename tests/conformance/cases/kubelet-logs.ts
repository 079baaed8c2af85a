import type { Answer, LabPod } from '../kubelet/kubelet-lab.ts';
import { type KubeletQuestion, type KubeletQuestions, aQuestion } from '../kubelet/kubelet-question.ts';
import { PLOTS } from '../kubelet/plot.ts';

const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z /u;
const LEAST_LINES = 8;

function about(name: string, ask: (pod: LabPod) => Promise<Answer>): KubeletQuestion {
  return aQuestion(name, async (lab) => {
    const pod = await lab.standing(PLOTS.steady);
    while ((await pod.lines()).length < LEAST_LINES) await pod.get();
    return ask(pod);
  });
}

/** The length of what is a beginning, so that lines written meanwhile do not count. */
function isBeginning(part: readonly string[], whole: readonly string[]): boolean {
  return part.every((line, index) => whole[index] === line);
}

/** Where a part lies in the whole: index of its first line, or -1 when it is not one piece of it. */
function positionOf(part: readonly string[], whole: readonly string[]): number {
  const first = whole.findIndex((line) => line === part[0]);
  return first >= 0 && isBeginning(part, whole.slice(first)) ? first : -1;
}

function second(line: string | undefined): string {
  return (line ?? '').slice(0, 19);
}

const PARTS: readonly KubeletQuestion[] = [
  about('a line with its timestamp', async (pod) => {
    const lines = await pod.lines('timestamps=true');
    const stamps = lines.map((line) => line.slice(0, 30));
    const plain = await pod.lines();
    return {
      nineDigits: lines.every((line) => STAMP.test(line)),
      rising: stamps.every((stamp, index) => index === 0 || (stamps[index - 1] ?? '') < stamp),
      restIsTheLine: isBeginning(
        lines.map((line) => line.replace(STAMP, '')),
        plain,
      ),
    };
  }),
  about('tailLines', async (pod) => {
    const tail = await pod.lines('tailLines=3');
    const whole = await pod.lines();
    const most = await pod.lines('tailLines=1000000');
    return {
      lines: tail.length,
      onePiece: positionOf(tail, whole) > 0,
      none: await pod.lines('tailLines=0'),
      moreThanThereAre: isBeginning(whole, most),
    };
  }),
  about('limitBytes', async (pod) => {
    const whole = (await pod.lines()).join('\n');
    const stamped = (await pod.lines('timestamps=true')).join('\n');
    const [plain, withStamp, tail] = await Promise.all(
      ['limitBytes=10', 'limitBytes=40&timestamps=true', 'limitBytes=4&tailLines=2'].map(async (query) =>
        String((await pod.log(query)).body),
      ),
    );
    return {
      cutInTheLine: plain === whole.slice(0, 10),
      stampsCount: withStamp === stamped.slice(0, 40),
      ofTheTail: tail?.length ?? 0,
      moreThanThereIs: String((await pod.log('limitBytes=1000000000')).body).startsWith(whole),
    };
  }),
  about('sinceTime', async (pod) => {
    const whole = await pod.lines('timestamps=true');
    const stamp = (whole[5] ?? '').slice(0, 30);
    const since = await pod.lines(`timestamps=true&sinceTime=${stamp}`);
    const ofTheSecond = whole.findIndex((line) => second(line) === second(stamp));
    return {
      beginsWithItsSecond: positionOf(since, await pod.lines('timestamps=true')) === ofTheSecond,
      future: await pod.lines('sinceTime=2100-01-01T00:00:00Z'),
      past: isBeginning(whole, await pod.lines('timestamps=true&sinceTime=2000-01-01T00:00:00Z')),
      withOffset: (await pod.lines(`timestamps=true&sinceTime=${second(stamp)}%2B00:00`))[0] === since[0],
    };
  }),
  about('sinceSeconds', async (pod) => {
    const whole = await pod.lines();
    const long = await pod.lines('sinceSeconds=1000000');
    return { longAgo: isBeginning(whole, long) };
  }),
  about('sinceTime and tailLines together', async (pod) => {
    const whole = await pod.lines('timestamps=true');
    const since = `sinceTime=${second(whole[2])}Z`;
    const both = await pod.lines(`timestamps=true&${since}&tailLines=2`);
    return { lines: both.length, isTail: positionOf(both, await pod.lines('timestamps=true')) > 2 };
  }),
  about('insecureSkipTLSVerifyBackend', async (pod) => {
    const { code } = await pod.log('insecureSkipTLSVerifyBackend=true&tailLines=1');
    return { code };
  }),
  about('follow brings lines as they are written', async (pod) => {
    const ended = new AbortController();
    const lines: string[] = [];
    for await (const line of pod.follow('tailLines=1', ended.signal)) {
      lines.push(line);
      if (lines.length === 4) break;
    }
    ended.abort();
    return { lines: lines.length, onePiece: positionOf(lines, await pod.lines()) > 0 };
  }),
];

const REFUSED: readonly string[] = [
  'tailLines=-1',
  'tailLines=many',
  'tailLines=1.5',
  'limitBytes=0',
  'limitBytes=-1',
  'sinceSeconds=0',
  'sinceSeconds=-5',
  'sinceSeconds=5&sinceTime=2026-01-01T00:00:00Z',
  'sinceTime=yesterday',
  'sinceTime=2026-01-01',
  'tailLines=-1&limitBytes=0',
  'container=absent',
  'container=',
  'stream=Stdout',
  'stream=All',
  'previous=true',
  'previous=true&follow=true',
  'follow=perhaps&tailLines=0&previous=true',
];

const refusals = REFUSED.map((query) => about(`?${query}`, async (pod) => shortened(pod.said(await pod.log(query)))));

/** Where a log was given, only that it was. */
function shortened(said: Answer): Answer {
  if (typeof said !== 'object' || said === null || !('code' in said) || said['code'] !== 200) return said;
  return { code: 200 };
}

const CONTAINERS: readonly KubeletQuestion[] = [
  aQuestion('of a pod of several containers, none named', async (lab) => {
    const pod = await lab.standing(PLOTS.several, 'one');
    return pod.said(await pod.log());
  }),
  aQuestion('of a container that is none of several', async (lab) => {
    const pod = await lab.standing(PLOTS.several, 'one');
    return pod.said(await pod.log('container=absent'));
  }),
  aQuestion('of each of several', async (lab) => {
    const pod = await lab.standing(PLOTS.several, 'one');
    const codes = await Promise.all(
      ['one', 'two', 'first'].map(async (name) => (await pod.log(`container=${name}`)).code),
    );
    return { codes };
  }),
  aQuestion('of an init container that has ended, followed', async (lab) => {
    const pod = await lab.standing(PLOTS.several, 'one');
    const lines: string[] = [];
    for await (const line of pod.follow('container=first', AbortSignal.timeout(20_000))) lines.push(line);
    return { ends: true, same: positionOf(lines, await pod.lines('container=first')) === 0 };
  }),
  aQuestion('of a sidecar', async (lab) => {
    const pod = await lab.standing(PLOTS.accompanied);
    return { code: (await pod.log('container=sidecar&tailLines=0')).code };
  }),
  aQuestion('of a pod with one container and a sidecar, none named', async (lab) => {
    const pod = await lab.standing(PLOTS.accompanied);
    return { code: (await pod.log('tailLines=0')).code };
  }),
  aQuestion('of a pod that is not there', async (lab) => {
    const pod = await lab.standing(PLOTS.steady);
    const path = pod.path.replace(pod.name, 'nobody');
    return pod.said(await lab.api.send({ method: 'GET', path: `${path}/log` }));
  }),
];

export const KUBELET_LOGS: KubeletQuestions = {
  name: 'the log',
  questions: [...PARTS, ...CONTAINERS, ...refusals],
};
