import type { Answer, KubeletLab } from './kubelet-lab.ts';

/** Something that only a kubelet knows the answer to. Real nodes give it; what they said is on record. */
export interface KubeletQuestion {
  readonly name: string;
  readonly ask: (lab: KubeletLab) => Promise<Answer>;
}

export interface KubeletQuestions {
  readonly name: string;
  readonly questions: readonly KubeletQuestion[];
}

export function aQuestion(name: string, ask: KubeletQuestion['ask']): KubeletQuestion {
  return { name, ask };
}
