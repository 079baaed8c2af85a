import { ManifestAnswers } from './manifest-answers.ts';
import type { SentAnswer, SentQuestion } from './manifest-checker.ts';

const answers = new ManifestAnswers();

// Reading 3 MB of YAML takes a second or two: here it holds up nobody's typing.
globalThis.addEventListener('message', (event: MessageEvent<SentQuestion>) => {
  const { id, question } = event.data;
  const sent: SentAnswer = { id, answer: answers.answer(question) };
  globalThis.postMessage(sent);
});
