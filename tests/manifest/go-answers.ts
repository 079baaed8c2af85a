import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { awkwardFiles } from './awkward-files.ts';
import { DIALECT_SCALARS, DIALECT_TEXTS } from './dialect-texts.ts';
import type { GoAnswer, GoYaml } from './go-yaml.ts';

/** What Go answered when the record was made: texts with their JSON, null where it refuses. */
export interface GoAnswers {
  readonly module: string;
  readonly scalars: readonly (readonly [scalar: string, answer: GoAnswer])[];
  readonly texts: readonly (readonly [text: string, answer: GoAnswer])[];
  /** Of the awkward files with one document. */
  readonly files: readonly (readonly [name: string, answer: GoAnswer])[];
}

export const ANSWERS_FILE = fileURLToPath(new URL('../fixtures/manifests/go-answers.json', import.meta.url));

export function recordedAnswers(): GoAnswers {
  return JSON.parse(readFileSync(ANSWERS_FILE, 'utf8')) as GoAnswers;
}

export function askForAnswers(go: GoYaml): GoAnswers {
  const files = awkwardFiles().filter(({ text }) => text.split(/^---/m).length <= 2);
  const pairs = (names: readonly string[], texts: readonly string[]) => {
    const answers = go.read(texts);
    return names.map((name, index) => [name, answers[index] ?? null] as const);
  };
  return {
    module: 'sigs.k8s.io/yaml v1.6.0 over go.yaml.in/yaml/v2 v2.4.2',
    scalars: pairs(
      DIALECT_SCALARS,
      DIALECT_SCALARS.map((scalar) => `a: ${scalar}\n`),
    ),
    texts: pairs(DIALECT_TEXTS, DIALECT_TEXTS),
    files: pairs(
      files.map(({ name }) => name),
      files.map(({ text }) => text),
    ),
  };
}
