import { parentPort } from 'node:worker_threads';
import { DecodeError, decodeList, decodeWatch } from './kubernetes/decode.ts';
import type { DecodeAnswer, DecodeJob } from './kubernetes/decode-messages.ts';

function answerOf({ id, kind, resource, bytes }: DecodeJob): DecodeAnswer {
  try {
    return { id, result: kind === 'list' ? decodeList(resource, bytes) : decodeWatch(resource, bytes) };
  } catch (error) {
    if (error instanceof DecodeError) return { id, refused: error.message };
    throw error;
  }
}

parentPort?.on('message', (job: DecodeJob) => parentPort?.postMessage(answerOf(job)));
