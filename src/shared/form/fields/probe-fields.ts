import { isJsonObject } from '../../manifest/json-value.ts';
import type { JsonObject, JsonValue } from '../../manifest/json-value.ts';
import type { ManifestEdit } from '../../manifest/manifest-edit.ts';
import type { ManifestPath } from '../../manifest/manifest-path.ts';
import { choiceCodec, integerCodec, intOrStringCodec, textCodec, textListCodec } from '../codec.ts';
import type { Field } from '../field.ts';
import { type FormDocument, valueAt } from '../form-document.ts';

export const PROBE_KINDS = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
export type ProbeKind = (typeof PROBE_KINDS)[number];

/** How a probe asks. */
export const PROBE_HANDLERS = ['httpGet', 'tcpSocket', 'exec', 'grpc'] as const;
export type ProbeHandler = (typeof PROBE_HANDLERS)[number];

export const HTTP_SCHEMES = ['HTTP', 'HTTPS'] as const;

/** The timings of a probe, with the API's default and least value (SetDefaults_Probe, pkg/apis/core/v1/defaults.go, 1.37). */
export const PROBE_TIMINGS = [
  { name: 'initialDelaySeconds', default: 0, min: 0 },
  { name: 'periodSeconds', default: 10, min: 1 },
  { name: 'timeoutSeconds', default: 1, min: 1 },
  { name: 'successThreshold', default: 1, min: 1 },
  { name: 'failureThreshold', default: 3, min: 1 },
] as const;
export type ProbeTiming = (typeof PROBE_TIMINGS)[number]['name'];

/** A probe of the container at this path. */
export function probePath(container: ManifestPath, kind: ProbeKind): ManifestPath {
  return [...container, kind];
}

/**
 * How the probe at this path asks: `off` when there is none, `unknown` for a way that the form does not know or more
 * than one, which it leaves alone.
 */
export function probeHandler({ manifest }: FormDocument, probe: ManifestPath): ProbeHandler | 'off' | 'unknown' {
  const value = valueAt(manifest, probe);
  if (value === undefined || value === null) return 'off';
  if (!isJsonObject(value)) return 'unknown';
  const found = PROBE_HANDLERS.filter((handler) => value[handler] !== undefined && value[handler] !== null);
  const [first] = found;
  return first !== undefined && found.length === 1 ? first : 'unknown';
}

/** Turns a probe off, on, or to another way of asking: its timings stay. */
export function probeHandlerEdits(
  document: FormDocument,
  probe: ManifestPath,
  handler: ProbeHandler | 'off',
): readonly ManifestEdit[] {
  const before = probeHandler(document, probe);
  if (before === handler || before === 'unknown') return [];
  if (handler === 'off') return [{ op: 'remove', path: probe }];
  const removed: readonly ManifestEdit[] = before === 'off' ? [] : [{ op: 'remove', path: [...probe, before] }];
  const port = before === 'off' ? undefined : valueAt(document.manifest, [...probe, before, 'port']);
  return [...removed, { op: 'set', path: [...probe, handler], value: newHandler(handler, port) }];
}

/** A port is taken along to another way of asking; without one it is left for the user to name. */
function newHandler(handler: ProbeHandler, port: JsonValue | undefined): JsonObject {
  const kept = port === undefined || (handler === 'grpc' && typeof port !== 'number') ? {} : { port };
  switch (handler) {
    case 'httpGet':
      return { path: '/', ...kept };
    case 'exec':
      return { command: [] };
    case 'tcpSocket':
    case 'grpc':
      return kept;
  }
}

export function timingField(probe: ManifestPath, name: ProbeTiming | 'terminationGracePeriodSeconds'): Field<number> {
  return { path: [...probe, name], codec: integerCodec };
}

export function probePortField(probe: ManifestPath, handler: 'httpGet' | 'tcpSocket' | 'grpc'): Field<number | string> {
  return { path: [...probe, handler, 'port'], codec: intOrStringCodec };
}

export function httpPathField(probe: ManifestPath): Field<string> {
  return { path: [...probe, 'httpGet', 'path'], codec: textCodec };
}

export function httpSchemeField(probe: ManifestPath): Field<(typeof HTTP_SCHEMES)[number]> {
  return { path: [...probe, 'httpGet', 'scheme'], codec: choiceCodec(HTTP_SCHEMES) };
}

export function probeHostField(probe: ManifestPath, handler: 'httpGet' | 'tcpSocket'): Field<string> {
  return { path: [...probe, handler, 'host'], codec: textCodec };
}

export function execCommandField(probe: ManifestPath): Field<readonly string[]> {
  return { path: [...probe, 'exec', 'command'], codec: textListCodec };
}

export function grpcServiceField(probe: ManifestPath): Field<string> {
  return { path: [...probe, 'grpc', 'service'], codec: textCodec };
}

/** A port as it is typed: a number is written as a number, anything else as the name of a port. */
export function parsePort(written: string): number | string | undefined {
  const text = written.trim();
  if (text === '') return undefined;
  return /^[0-9]{1,6}$/.test(text) ? Number(text) : text;
}
