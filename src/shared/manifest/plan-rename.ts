import { isScalar, Scalar } from 'yaml';
import type { EditPlan, Planning } from './edit-plan.ts';
import { replacement } from './edit-plan.ts';
import { isFlow } from './entry.ts';
import type { Entry } from './entry.ts';
import { flowContextOf } from './write-context.ts';
import { writeKey } from './yaml-scalar.ts';
import type { Quotes } from './yaml-scalar.ts';

/** Another name for a key, quoted as the old one was. */
export function planRename({ document }: Planning, { collection, key }: Entry, to: string): EditPlan {
  if (!isScalar(key)) throw new Error('a key without a name cannot be renamed');
  const isInFlow = isFlow(collection);
  const isJson = isInFlow && flowContextOf(document, collection).isJson;
  const [start, end] = key.range ?? [0, 0];
  const written = writeKey(to, { isFlow: isInFlow, isJson }, quotesOf(key));
  return { edits: [replacement({ start, end }, written)], taken: [] };
}

function quotesOf({ type }: Scalar): Quotes {
  if (type === Scalar.QUOTE_DOUBLE) return 'double';
  return type === Scalar.QUOTE_SINGLE ? 'single' : 'plain';
}
