import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubeletUnderTest } from './kubelet/describe-kubelet.ts';
import { openKubeletLab } from './kubelet/kubelet-lab.ts';
import { KUBELET_MUTATIONS, type KubeletMutation, mutatedKubelet } from './kubelet/kubelet-mutations.ts';
import { ASKED_OF_BOTH } from './kubelet/kubelet-questions.ts';
import { keyOf, readRecordedAnswers } from './kubelet/recorded-answers.ts';
import { startDemoLab } from './kubelet/start-demo-lab.ts';

describe('a kubelet that does one thing wrong is found out when it', () => {
  let cluster: KubeletUnderTest;

  beforeAll(async () => {
    cluster = await startDemoLab();
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  async function ask(mutation: KubeletMutation): Promise<unknown> {
    const question = ASKED_OF_BOTH.flatMap((group) =>
      group.questions.filter((each) => keyOf(group, each) === mutation.by),
    )[0];
    if (question === undefined) throw new Error(`nothing is asked by the name of ${mutation.by}`);
    return question.ask(await openKubeletLab({ ...cluster, api: mutatedKubelet(cluster.api, mutation) }));
  }

  it.concurrent.each(KUBELET_MUTATIONS)('$what ($by)', { timeout: 60_000 }, async (mutation) => {
    const { answers } = await readRecordedAnswers();
    const { what, by } = mutation;
    expect(await ask({ what, by }), 'without the mutation').toEqual(answers[by]);
    expect(await ask(mutation), 'with the mutation').not.toEqual(answers[by]);
  });
});
