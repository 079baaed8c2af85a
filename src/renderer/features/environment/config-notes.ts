import type { ConfigAnswers, NotRead } from '../../../shared/kubernetes/config-read.ts';
import type { ConfigNames } from './use-config-answers.ts';

/** One line for each ConfigMap and Secret that cannot be read, or is not there and must be. */
export function configNotes(
  names: ConfigNames,
  required: ConfigNames,
  answers: ConfigAnswers,
  namespace: string,
): readonly string[] {
  const of = (kind: string, part: keyof ConfigNames) =>
    names[part].flatMap((name) => {
      const answer = answers[part].get(name);
      if (!isNotRead(answer)) return [];
      const isNoTrouble = answer.state === 'missing' && !required[part].includes(name);
      return isNoTrouble ? [] : noteWords(`${kind} ${name}`, answer, namespace);
    });
  return [...of('ConfigMap', 'configMaps'), ...of('Secret', 'secrets')];
}

function isNotRead(answer: { readonly state: string } | undefined): answer is NotRead {
  return answer?.state === 'missing' || answer?.state === 'unreadable';
}

function noteWords(what: string, answer: NotRead, namespace: string): string {
  if (answer.state === 'missing') return `${what} does not exist in namespace ${namespace}.`;
  return `${what} cannot be read: ${answer.why}`;
}
