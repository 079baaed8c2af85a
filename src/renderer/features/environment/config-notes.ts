import type { ConfigAnswers, NotRead } from '../../../shared/kubernetes/config-read.ts';
import type { ConfigNames } from './use-config-answers.ts';

/** One line for each ConfigMap and Secret that is not there or cannot be read. */
export function configNotes(names: ConfigNames, answers: ConfigAnswers, namespace: string): readonly string[] {
  const of = (
    kind: string,
    list: readonly string[],
    answerOf: (name: string) => { readonly state: string } | undefined,
  ) =>
    list.flatMap((name) => {
      const answer = answerOf(name);
      return isNotRead(answer) ? noteWords(`${kind} ${name}`, answer, namespace) : [];
    });
  return [
    ...of('ConfigMap', names.configMaps, (name) => answers.configMaps.get(name)),
    ...of('Secret', names.secrets, (name) => answers.secrets.get(name)),
  ];
}

function isNotRead(answer: { readonly state: string } | undefined): answer is NotRead {
  return answer?.state === 'missing' || answer?.state === 'unreadable';
}

function noteWords(what: string, answer: NotRead, namespace: string): string {
  if (answer.state === 'missing') return `${what} does not exist in namespace ${namespace}.`;
  return `${what} cannot be read: ${answer.why}`;
}
