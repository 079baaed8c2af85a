import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import { choiceCodec, integerCodec, intOrStringCodec } from '../codec.ts';
import { type Field, presentValue, writeField } from '../field.ts';
import type { FormDocument } from '../form-document.ts';

export const UPDATE_STRATEGIES = ['RollingUpdate', 'OnDelete'] as const;
export type UpdateStrategy = (typeof UPDATE_STRATEGIES)[number];

const ROLLING = ['spec', 'updateStrategy', 'rollingUpdate'] as const;

/** A switch touches the type only: what stands in rollingUpdate is used again when it is switched back. */
export const STRATEGY_TYPE: Field<UpdateStrategy> = {
  path: ['spec', 'updateStrategy', 'type'],
  codec: choiceCodec(UPDATE_STRATEGIES),
  pruneEmpty: 1,
};
export const MAX_UNAVAILABLE: Field<number | string> = {
  path: [...ROLLING, 'maxUnavailable'],
  codec: intOrStringCodec,
  pruneEmpty: 1,
};
export const MAX_SURGE: Field<number | string> = {
  path: [...ROLLING, 'maxSurge'],
  codec: intOrStringCodec,
  pruneEmpty: 1,
};
export const MIN_READY_SECONDS: Field<number> = { path: ['spec', 'minReadySeconds'], codec: integerCodec };
export const REVISION_HISTORY_LIMIT: Field<number> = { path: ['spec', 'revisionHistoryLimit'], codec: integerCodec };

/** `20%` stays a text and `2` becomes a number: the server refuses a number in quotes. Undefined for neither. */
export function parseShare(written: string): number | string | undefined {
  const text = written.trim();
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  return /^[0-9]+%$/.test(text) ? text : undefined;
}

/** A surge needs maxUnavailable 0, which left out counts as 1; without a surge the budget is maxUnavailable again. */
export function maxSurgeEdits(document: FormDocument, value: number | string | undefined): readonly ManifestEdit[] {
  const edits = writeField(document, MAX_SURGE, value);
  const isZero = value === undefined || value === 0 || value === '0%';
  const maxUnavailable = presentValue(document, MAX_UNAVAILABLE);
  const hasUnavailable = maxUnavailable !== 0 && maxUnavailable !== '0%';
  if (isZero) return hasUnavailable ? edits : [...edits, ...writeField(document, MAX_UNAVAILABLE, 1)];
  return hasUnavailable ? [...edits, ...writeField(document, MAX_UNAVAILABLE, 0)] : edits;
}
