import { describe, expect, it } from 'vitest';
import { describeKubelet } from './kubelet/describe-kubelet.ts';
import { ASKED_OF_BOTH, ASKED_OF_REAL_NODES } from './kubelet/kubelet-questions.ts';
import { keyOf, readRecordedAnswers } from './kubelet/recorded-answers.ts';
import { startDemoLab } from './kubelet/start-demo-lab.ts';

describeKubelet('the demo cluster answers as a kubelet does', startDemoLab, ASKED_OF_BOTH);

describe('the record of what real nodes said', () => {
  it('has an answer to each question and to no other', async () => {
    const asked = [...ASKED_OF_BOTH, ...ASKED_OF_REAL_NODES].flatMap((group) =>
      group.questions.map((question) => keyOf(group, question)),
    );
    const { answers } = await readRecordedAnswers();
    expect(Object.keys(answers)).toEqual(asked.toSorted());
  });

  it('names the versions that gave them', async () => {
    const { kubernetes, node, packages } = await readRecordedAnswers();
    expect(node['kubeletVersion']).toBe(kubernetes);
    expect(node['containerRuntimeVersion']).toMatch(/^containerd:\/\/2\./u);
    expect(packages).toHaveLength(4);
  });
});
