import { afterAll } from 'vitest';
import { whyNoRealNodes } from '../cluster/real-nodes/availability.ts';
import { describeKubelet } from './kubelet/describe-kubelet.ts';
import type { Answer } from './kubelet/kubelet-lab.ts';
import { ASKED_OF_BOTH, ASKED_OF_REAL_NODES } from './kubelet/kubelet-questions.ts';
import { RECORD_VARIABLE, type RecordedAnswers, writeRecordedAnswers } from './kubelet/recorded-answers.ts';
import { startRealNodesLab } from './kubelet/start-real-nodes-lab.ts';

const answers = process.env[RECORD_VARIABLE] === '1' ? new Map<string, Answer>() : undefined;
let versions: Omit<RecordedAnswers, 'answers'> | undefined;

async function start() {
  const lab = await startRealNodesLab();
  ({ versions } = lab);
  return lab;
}

afterAll(async () => {
  if (answers === undefined || versions === undefined) return;
  await writeRecordedAnswers({ ...versions, answers: Object.fromEntries(answers) });
});

// Where they cannot run, their recorded answers judge the demo cluster all the same: kubelet.test.ts.
describeKubelet(
  'a kubelet and containerd answer as they are on record',
  start,
  [...ASKED_OF_BOTH, ...ASKED_OF_REAL_NODES],
  {
    record: answers,
    whyNot: whyNoRealNodes(),
  },
);
