import { readFile, writeFile } from 'node:fs/promises';
import type { Answer } from './kubelet-lab.ts';
import type { KubeletQuestions } from './kubelet-question.ts';

/** What real nodes said, and what they were. */
export interface RecordedAnswers {
  readonly kubernetes: string;
  /** `nodeInfo` of the node: versions of kubelet, runtime and kernel. */
  readonly node: Readonly<Record<string, string>>;
  /** File names of the Debian packages. */
  readonly packages: readonly string[];
  /** By `<group>: <question>`. */
  readonly answers: Readonly<Record<string, Answer>>;
}

const FILE = new URL('../../fixtures/kubelet-1.37.2.json', import.meta.url);

/** Set to `1`, real nodes' answers are written to the fixture and not compared with it. */
export const RECORD_VARIABLE = 'EVERYNODE_RECORD_KUBELET';

export function keyOf(group: KubeletQuestions, question: { readonly name: string }): string {
  return `${group.name}: ${question.name}`;
}

export async function readRecordedAnswers(): Promise<RecordedAnswers> {
  return JSON.parse(await readFile(FILE, 'utf8')) as RecordedAnswers;
}

/** Writes them by name, so that two records differ in what was said alone. */
export async function writeRecordedAnswers(recorded: RecordedAnswers): Promise<void> {
  const answers = Object.fromEntries(
    Object.entries(recorded.answers).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
  await writeFile(FILE, `${JSON.stringify({ ...recorded, answers }, null, 2)}\n`);
}
