import { readManifest } from '../../../shared/manifest/read-manifest.ts';
import type { CheckAnswer, CheckQuestion } from './manifest-checker.ts';

// Reading 3 MB of YAML takes a second or two: here it holds up nobody's typing.
globalThis.addEventListener('message', (event: MessageEvent<CheckQuestion>) => {
  const { id, text } = event.data;
  const read = readManifest(text);
  const answer: CheckAnswer = { id, causes: read.ok ? [] : (read.error.causes ?? []) };
  globalThis.postMessage(answer);
});
