import { type ReadForm, readForm } from '../../../shared/form/form-snapshot.ts';

/** Reads large texts for a form. */
export interface FormReader {
  /** Rejects when it cannot read at all; what is aborted needs no answer. */
  open(text: string, signal: AbortSignal): Promise<ReadForm>;
}

/** UTF-16 units; reading a larger text takes longer than a frame. */
const LARGE_UNITS = 100_000;

export function isLargeText(text: string): boolean {
  return text.length > LARGE_UNITS;
}

/** On the page's own thread. */
export const pageReader: FormReader = { open: (text) => Promise.resolve(readForm(text)) };
