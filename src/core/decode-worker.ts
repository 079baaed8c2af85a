import { parentPort } from 'node:worker_threads';
import type { RowOf, RowResource } from '../shared/kubernetes/rows.ts';
import { type DecodedList, DecodeError, decodeList, decodeWatch } from './kubernetes/decode.ts';
import type { DecodeAnswer, DecodeJob, PackedList } from './kubernetes/decode-messages.ts';
import { packRows, type PackedRows } from './kubernetes/row-packing.ts';

/** About 1 ms to unpack. A page has more when the server takes no notice of `limit`. */
const PART_ROWS = 500;

function packList<R extends RowResource>(resource: R, { rows, ...head }: DecodedList<RowOf[R]>): PackedList {
  const parts: PackedRows[] = [];
  for (let from = 0; from < rows.length; from += PART_ROWS) {
    parts.push(packRows(resource, rows.slice(from, from + PART_ROWS)));
  }
  return { ...head, parts };
}

function answerOf({ id, kind, resource, bytes }: DecodeJob): DecodeAnswer {
  try {
    if (kind === 'list') return { id, list: packList(resource, decodeList(resource, bytes)) };
    return { id, watch: JSON.stringify(decodeWatch(resource, bytes)) };
  } catch (error) {
    if (error instanceof DecodeError) return { id, refused: error.message };
    throw error;
  }
}

parentPort?.on('message', (job: DecodeJob) => parentPort?.postMessage(answerOf(job)));
