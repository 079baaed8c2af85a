import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type KubeletLab, type LabCluster, openKubeletLab } from './kubelet-lab.ts';
import type { KubeletQuestions } from './kubelet-question.ts';
import { keyOf, readRecordedAnswers } from './recorded-answers.ts';

const START_MS = 20 * 60_000;
const QUESTION_MS = 120_000;

export interface KubeletUnderTest extends LabCluster, AsyncDisposable {}

export interface DescribeOptions {
  /** Where the answers go, by their keys; then they are not compared. */
  readonly record?: Map<string, Answer> | undefined;
  /** Why nothing is asked here; stands in the name of the skipped suite. */
  readonly whyNot?: string | undefined;
}

/** Asks every question of one cluster, several at a time, and compares with the record. */
export function describeKubelet(
  name: string,
  start: () => Promise<KubeletUnderTest>,
  groups: readonly KubeletQuestions[],
  { record, whyNot }: DescribeOptions = {},
): void {
  describe.skipIf(whyNot !== undefined)(`${name}${whyNot === undefined ? '' : ` (not asked: ${whyNot})`}`, () => {
    let cluster: KubeletUnderTest | undefined;
    let lab: KubeletLab;
    let recorded: Readonly<Record<string, Answer>> = {};

    beforeAll(async () => {
      cluster = await start();
      lab = await openKubeletLab(cluster);
      if (record === undefined) recorded = (await readRecordedAnswers()).answers;
    }, START_MS);

    afterAll(async () => {
      await cluster?.[Symbol.asyncDispose]();
    }, QUESTION_MS);

    for (const group of groups) {
      describe(`${group.name}`, () => {
        for (const question of group.questions) {
          it.concurrent(
            `${question.name}`,
            async () => {
              const answer = await question.ask(lab);
              if (record !== undefined) record.set(keyOf(group, question), answer);
              else expect(answer).toEqual(recorded[keyOf(group, question)]);
            },
            QUESTION_MS,
          );
        }
      });
    }
  });
}
