import { setTimeout as wait } from 'node:timers/promises';
import { at, itemsAt, numberAt, textAt } from '../json-path.ts';
import { type ExecEnd, type ExecRequest, ExecSession } from '../kubelet/exec-session.ts';
import type { Answer, KubeletLab, LabPod } from '../kubelet/kubelet-lab.ts';
import { type KubeletQuestions, aQuestion } from '../kubelet/kubelet-question.ts';
import { PLOTS } from '../kubelet/plot.ts';

const ASK_AGAIN_MS = 300;

type Wanted = Omit<ExecRequest, 'path'>;

async function open(lab: KubeletLab, pod: LabPod, wanted: Wanted): Promise<ExecSession> {
  const opened = await ExecSession.open(lab.endpoint, { path: pod.path, ...wanted });
  if ('code' in opened) throw new Error(`exec was refused: ${opened.code} ${opened.body}`);
  return opened;
}

/** Runs a command to its end. */
async function run(lab: KubeletLab, wanted: Wanted, during?: (session: ExecSession) => Promise<void> | void) {
  const pod = await lab.standing(PLOTS.steady);
  using session = await open(lab, pod, wanted);
  await during?.(session);
  return told(pod, await session.end());
}

function told(pod: LabPod, { stdout, stderr, status, protocol }: ExecEnd): Answer {
  return { stdout, stderr, protocol, status: statusAnswer(pod, status) };
}

/** A Status of channel 3; its cause `ExitCode` has the exit code. */
function statusAnswer(pod: LabPod, status: unknown): Answer {
  if (status === undefined) return null;
  const causes = itemsAt(status, 'details.causes').map(
    (cause) => `${textAt(cause, 'reason')}=${textAt(cause, 'message')}`,
  );
  return {
    status: textAt(status, 'status'),
    reason: textAt(status, 'reason'),
    code: numberAt(status, 'code'),
    message: pod.anonymizer.text(textAt(status, 'message')),
    causes: causes.map((cause) => pod.anonymizer.text(cause)),
    kind: at(status, 'kind') === undefined ? '' : textAt(status, 'kind'),
  };
}

async function refused(lab: KubeletLab, pod: LabPod, wanted: Wanted): Promise<Answer> {
  const opened = await ExecSession.open(lab.endpoint, { path: pod.path, ...wanted });
  if (!('code' in opened)) {
    using session = opened;
    return told(pod, await session.end());
  }
  const body: unknown = opened.body.startsWith('{') ? JSON.parse(opened.body) : opened.body;
  return pod.said({ code: opened.code, warnings: [], body });
}

export const KUBELET_EXEC: KubeletQuestions = {
  name: 'exec',
  questions: [
    aQuestion('of a command that ends well', (lab) => run(lab, { command: ['echo', 'hello', 'two words'] })),
    aQuestion('gives the exit code on channel 3', (lab) => run(lab, { command: ['sh', '-c', 'echo bad >&2; exit 3'] })),
    aQuestion('of a command that is killed', (lab) => run(lab, { command: ['sh', '-c', 'kill -9 $$'] })),
    aQuestion('of a command that is not there', (lab) => run(lab, { command: ['nothing-like-it'] })),
    aQuestion('reads standard input to its end', (lab) =>
      run(lab, { command: ['cat'], stdin: true }, (session) => {
        session.stdin('one\n');
        session.stdin('zwölf\n');
        session.closeStdin();
      }),
    ),
    aQuestion('has a terminal of the size that is told', (lab) =>
      run(lab, { command: ['sh'], stdin: true, tty: true }, async (session) => {
        session.resize(97, 31);
        await untilSize(session, '31 97');
        session.stdin('exit 4\n');
      }).then(withoutPrompt),
    ),
    aQuestion('follows a terminal that changes its size', (lab) =>
      run(lab, { command: ['sh'], stdin: true, tty: true }, async (session) => {
        session.resize(80, 24);
        await untilSize(session, '24 80');
        session.resize(132, 50);
        await untilSize(session, '50 132');
        session.stdin('exit\n');
      }).then(withoutPrompt),
    ),
    aQuestion('over v4', (lab) => run(lab, { command: ['sh', '-c', 'exit 5'], protocol: 'v4.channel.k8s.io' })),
    aQuestion('in a container that is not there', async (lab) => {
      return refused(lab, await lab.standing(PLOTS.steady), { command: ['true'], container: 'absent' });
    }),
    aQuestion('in none of several', async (lab) => {
      return refused(lab, await lab.standing(PLOTS.several, 'one'), { command: ['true'] });
    }),
    aQuestion('in one of several', async (lab) => {
      const pod = await lab.standing(PLOTS.several, 'one');
      using session = await open(lab, pod, { command: ['echo', 'in two'], container: 'two' });
      return told(pod, await session.end());
    }),
    aQuestion('in a pod on no node', async (lab) => refused(lab, await lab.start(PLOTS.huge), { command: ['true'] })),
    aQuestion('in a container that waits', async (lab) => {
      const pod = await lab.start(PLOTS.imageless);
      await pod.until((current) => JSON.stringify(current).includes('ErrImageNeverPull'), 'waiting');
      return refused(lab, pod, { command: ['true'] });
    }),
    aQuestion('in a container that has ended', async (lab) => {
      return refused(lab, await lab.standing(PLOTS.several, 'one'), { command: ['true'], container: 'first' });
    }),
    aQuestion('without a WebSocket', async (lab) => {
      const pod = await lab.standing(PLOTS.steady);
      return pod.said(await lab.api.send({ method: 'GET', path: `${pod.path}/exec?command=true&stdout=true` }));
    }),
    aQuestion('without a command', async (lab) => refused(lab, await lab.standing(PLOTS.steady), { command: [] })),
  ],
};

/** What the shell echoes is the shell's; the sizes and the status are the kubelet's. */
/** A size and what is typed reach the terminal on two ways, in either order: it is asked until it says so. */
async function untilSize(session: ExecSession, size: string): Promise<void> {
  let isTold = false;
  const told = session.untilStdout(size).then(() => {
    isTold = true;
  });
  while (!isTold) {
    session.stdin('stty size\n');
    await Promise.race([told, wait(ASK_AGAIN_MS)]);
  }
}

/** The sizes that the terminal came to have, each once; `0 0` is what it has before it is told. */
function withoutPrompt(answer: Answer): Answer {
  if (typeof answer !== 'object' || answer === null || !('stdout' in answer)) return answer;
  const sizes = String(answer['stdout']).match(/^\d+ \d+\r?$/gmu) ?? [];
  const had = new Set(sizes.map((size) => size.trim()));
  had.delete('0 0');
  return { ...answer, stdout: [...had] };
}
