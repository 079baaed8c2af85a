import { isJsonObject } from '../../manifest/json-value.ts';
import type { JsonObject } from '../../manifest/json-value.ts';
import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { integerCodec } from '../codec.ts';
import type { Field } from '../field.ts';
import { type FormDocument, valueAt } from '../form-document.ts';

export const HOOKS = ['postStart', 'preStop'] as const;
export const HOOK_HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'sleep'] as const;
export type HookHandler = (typeof HOOK_HANDLERS)[number];

/** A lifecycle hook of the container at this path. */
export function hookPath(container: ManifestPath, hook: (typeof HOOKS)[number]): ManifestPath {
  return [...container, 'lifecycle', hook];
}

/** What the hook does; `unknown` for what the form does not know, or more than one thing. */
export function hookHandler({ manifest }: FormDocument, hook: ManifestPath): HookHandler | 'off' | 'unknown' {
  const value = valueAt(manifest, hook);
  if (value === undefined || value === null) return 'off';
  if (!isJsonObject(value)) return 'unknown';
  const keys = Object.keys(value).filter((key) => value[key] !== null);
  const found = HOOK_HANDLERS.find((handler) => handler === keys[0]);
  return found !== undefined && keys.length === 1 ? found : 'unknown';
}

const NEW: Readonly<Record<HookHandler, JsonObject>> = {
  exec: { command: [] },
  httpGet: { path: '/' },
  tcpSocket: {},
  sleep: { seconds: 5 },
};

export function hookEdits(
  document: FormDocument,
  hook: ManifestPath,
  handler: HookHandler | 'off',
): readonly ManifestEdit[] {
  const before = hookHandler(document, hook);
  if (before === handler || before === 'unknown') return [];
  if (handler === 'off') return [{ op: 'remove', path: hook, pruneEmpty: 1 }];
  const removed: readonly ManifestEdit[] = before === 'off' ? [] : [{ op: 'remove', path: [...hook, before] }];
  return [...removed, { op: 'set', path: [...hook, handler], value: NEW[handler] }];
}

export function sleepSecondsField(hook: ManifestPath): Field<number> {
  return { path: [...hook, 'sleep', 'seconds'], codec: integerCodec };
}
