import type { ConfigAnswers, ConfigMapRead, SecretKeysRead } from './config-read.ts';
import { expandReferences, type ValuePart } from './env-expansion.ts';
import { type AllocatableRead, isUnsetLimit, limitInstead, podLimit } from './env-limits.ts';
import { dividedAmount, podFieldValue, resourceFieldValue } from './env-pod-fields.ts';
import type { ConfigKind, ContainerEnvironment, EnvFromSource, EnvSource } from './env-source.ts';

/** What becomes of one declaration. `why` is a sentence. */
export type EnvOutcome =
  | {
      readonly state: 'set';
      readonly parts: readonly ValuePart[];
      readonly unresolved: readonly string[];
      /** A sentence about where the value is from, when the source alone does not say it. */
      readonly note?: string;
    }
  /** Optional, and not there: the variable is not set, or keeps what was declared before. */
  | { readonly state: 'leftOut'; readonly why: string }
  /** Not optional, and not there: the kubelet does not start the container (CreateContainerConfigError). */
  | { readonly state: 'fails'; readonly why: string }
  | { readonly state: 'unreadable'; readonly why: string }
  | { readonly state: 'reading' };

export interface EnvRow {
  /** Its place among all declarations, from 0: envFrom first, then env. */
  readonly index: number;
  /** Of a whole ConfigMap or Secret whose keys are not known: the prefix and "*". */
  readonly name: string;
  readonly source: EnvSource;
  /** With the prefix, for what comes from a whole ConfigMap or Secret. */
  readonly envFrom?: EnvFromSource;
  readonly outcome: EnvOutcome;
  /** The row that sets this name in its place. */
  readonly overriddenBy?: number;
}

export interface EnvInput {
  readonly container: ContainerEnvironment;
  /** For resourceFieldRef of another container. */
  readonly containers: readonly ContainerEnvironment[];
  readonly answers: ConfigAnswers;
  /** The pod that was chosen, as parsed JSON: without it, fields of a pod stay references. */
  readonly pod?: unknown;
  /** Of the pod's node, for limits that are not set; absent while the pod is on none. */
  readonly allocatable?: AllocatableRead | undefined;
  /** spec.enableServiceLinks; the API's default is true. */
  readonly enableServiceLinks?: boolean;
}

/**
 * The environment of a container as the kubelet makes it (pkg/kubelet/kubelet_pods.go makeEnvironmentVariables, 1.37): envFrom in order,
 * then env in order; a later declaration of a name wins, and `$(NAME)` sees what was declared before it.
 */
export function resolveEnvironment(input: EnvInput): readonly EnvRow[] {
  const rows: EnvRow[] = [];
  const valueByName = new Map<string, readonly ValuePart[]>();
  const add = (row: Omit<EnvRow, 'index'>) => {
    rows.push({ index: rows.length, ...row });
    const parts = partsOf(row.outcome, row.name);
    if (parts !== undefined) valueByName.set(row.name, parts);
  };
  for (const envFrom of input.container.envFrom) bulkRows(envFrom, input.answers).forEach(add);
  const valueOf = (name: string) => valueByName.get(name) ?? serviceVariable(name, input.enableServiceLinks ?? true);
  for (const { name, source } of input.container.env) add({ name, source, outcome: outcomeOf(source, input, valueOf) });
  return withWinners(rows);
}

/** Those that are not the whole of what was declared: what is hidden in the rows of a name that is set again. */
function withWinners(rows: readonly EnvRow[]): readonly EnvRow[] {
  const winner = new Map<string, number>();
  for (const { name, index, outcome } of rows) if (setsName(outcome)) winner.set(name, index);
  return rows.map((row) => {
    const by = winner.get(row.name);
    return by === undefined || by <= row.index || isWhole(row) ? row : { ...row, overriddenBy: by };
  });
}

function setsName({ state }: EnvOutcome): boolean {
  return state !== 'leftOut';
}

/** One row for a whole object whose keys are not known. */
function isWhole({ envFrom, source }: EnvRow): boolean {
  return envFrom !== undefined && source.type === 'unknown';
}

function partsOf(outcome: EnvOutcome, name: string): readonly ValuePart[] | undefined {
  if (outcome.state === 'leftOut') return undefined;
  return outcome.state === 'set' ? outcome.parts : [{ type: 'unknown', words: `value of ${name}` }];
}

function bulkRows(envFrom: EnvFromSource, answers: ConfigAnswers): readonly Omit<EnvRow, 'index'>[] {
  const { kind, name, prefix, optional } = envFrom;
  const whole = (outcome: EnvOutcome) => [
    { name: `${prefix}*`, source: { type: 'unknown' } as const, envFrom, outcome },
  ];
  if (kind === undefined)
    return whole({ state: 'unreadable', why: 'This source is of a kind that is not known here.' });
  const answer = kind === 'ConfigMap' ? answers.configMaps.get(name) : answers.secrets.get(name);
  if (answer?.state !== 'read') return whole(notRead(answer, { kind, name, optional }));
  const keys = 'keys' in answer ? answer.keys : Object.keys(answer.values);
  if (keys.length === 0) return whole({ state: 'leftOut', why: `${kind} ${name} has no key that becomes a variable.` });
  return keys.toSorted().map((key) => {
    const source = { type: 'key', kind, name, key, optional } as const;
    const parts = 'keys' in answer ? [secretPart(name, key)] : textParts(answer.values[key] ?? '');
    return { name: `${prefix}${key}`, source, envFrom, outcome: set(parts) };
  });
}

function outcomeOf(
  source: EnvSource,
  input: EnvInput,
  valueOf: (name: string) => readonly ValuePart[] | undefined,
): EnvOutcome {
  switch (source.type) {
    case 'value':
      return { state: 'set', ...expandReferences(source.value, valueOf) };
    case 'key':
      return keyOutcome(source, input.answers);
    case 'fieldRef':
      return podOutcome(input.pod, () => podFieldValue(input.pod, source.fieldPath), 'The pod does not have it yet.');
    case 'resourceFieldRef':
      return resourceOutcome(source, input);
    case 'fileKeyRef':
      return set([{ type: 'unknown', words: 'read by the kubelet when the container starts' }]);
    default:
      return { state: 'unreadable', why: 'This source is of a kind that is not known here.' };
  }
}

function resourceOutcome(source: Extract<EnvSource, { type: 'resourceFieldRef' }>, input: EnvInput): EnvOutcome {
  const { containerName, resource, divisor } = source;
  const { pod, allocatable, container, containers } = input;
  const about = containerName === '' ? container : containers.find(({ name }) => name === containerName);
  // The kubelet fills in no limit of an init container that another one asks for by name.
  const isFilledIn = containerName === '' || about?.kind === 'worker';
  if (pod === undefined || about === undefined || !isFilledIn || !isUnsetLimit(about, resource))
    return podOutcome(pod, () => about && resourceFieldValue(about, resource, divisor), 'The pod has no such amount.');
  const instead = limitInstead(pod, resource, allocatable);
  if ('isReading' in instead) return { state: 'reading' };
  if ('why' in instead) return { state: 'unreadable', why: instead.why };
  const value = dividedAmount(resource, instead.amount, divisor);
  if (value === undefined) return { state: 'unreadable', why: 'The divisor is not one that the API takes.' };
  return { state: 'set', parts: textParts(value), unresolved: [], note: instead.words };
}

/** The pod's node has to be read: a variable is a limit that its container does not have, nor the pod. */
export function needsAllocatable(containers: readonly ContainerEnvironment[], pod: unknown): boolean {
  return containers.some((container) =>
    container.env.some(({ source }) => {
      if (source.type !== 'resourceFieldRef') return false;
      const { containerName, resource } = source;
      const about = containerName === '' ? container : containers.find(({ name }) => name === containerName);
      return about !== undefined && isUnsetLimit(about, resource) && podLimit(pod, resource) === undefined;
    }),
  );
}

function podOutcome(pod: unknown, read: () => string | undefined, otherwise: string): EnvOutcome {
  if (pod === undefined) return set([{ type: 'unknown', words: 'set for each pod' }]);
  const value = read();
  return value === undefined ? { state: 'unreadable', why: otherwise } : set(textParts(value));
}

function keyOutcome(source: Extract<EnvSource, { type: 'key' }>, { configMaps, secrets }: ConfigAnswers): EnvOutcome {
  const { kind, name, key, optional } = source;
  const answer: ConfigMapRead | SecretKeysRead | undefined =
    kind === 'ConfigMap' ? configMaps.get(name) : secrets.get(name);
  if (answer?.state !== 'read') return notRead(answer, source);
  if ('keys' in answer)
    return answer.keys.includes(key) ? set([secretPart(name, key)]) : noKey(kind, name, key, optional);
  const value = Object.hasOwn(answer.values, key) ? answer.values[key] : undefined;
  if (value !== undefined) return set(textParts(value));
  if (!answer.binaryKeys.includes(key)) return noKey(kind, name, key, optional);
  return absent(`Key ${key} of ConfigMap ${name} is binary, and binary data sets no variable`, optional);
}

function notRead(
  answer: Exclude<ConfigMapRead | SecretKeysRead, { state: 'read' }> | undefined,
  { kind, name, optional }: { readonly kind: ConfigKind; readonly name: string; readonly optional: boolean },
): EnvOutcome {
  if (answer === undefined) return { state: 'reading' };
  return answer.state === 'missing' ? absent(`There is no ${kind} ${name}`, optional) : answer;
}

function noKey(kind: ConfigKind, name: string, key: string, optional: boolean): EnvOutcome {
  return absent(`${kind} ${name} has no key ${key}`, optional);
}

function absent(what: string, optional: boolean): EnvOutcome {
  return optional
    ? { state: 'leftOut', why: `${what}. It is optional: nothing is set.` }
    : { state: 'fails', why: `${what}, and it is not optional: a new container does not start.` };
}

function set(parts: readonly ValuePart[]): EnvOutcome {
  return { state: 'set', parts, unresolved: [] };
}

function textParts(text: string): readonly ValuePart[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

function secretPart(name: string, key: string): ValuePart {
  return { type: 'secret', name, key };
}

/** Names that the kubelet gives to Services (pkg/kubelet/envvars/envvars.go, 1.37). */
const OF_A_SERVICE =
  /^[A-Z0-9_]+_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$/;

/** Those of the API server's own Service are always there; those of others with enableServiceLinks. */
function serviceVariable(name: string, enableServiceLinks: boolean): readonly ValuePart[] | undefined {
  if (!OF_A_SERVICE.test(name)) return undefined;
  const isApiServer = name.startsWith('KUBERNETES_SERVICE_') || name.startsWith('KUBERNETES_PORT');
  if (!isApiServer && !enableServiceLinks) return undefined;
  return [{ type: 'unknown', words: `${name}, if a Service sets it` }];
}

export interface ReferencedConfig {
  readonly configMaps: readonly string[];
  readonly secrets: readonly string[];
}

/** Names of the ConfigMaps and Secrets that these containers take variables from, each once. */
export function referencedConfig(containers: readonly ContainerEnvironment[]): ReferencedConfig {
  return namesIn(referencesIn(containers));
}

/** Those of them without which a container does not start. */
export function requiredConfig(containers: readonly ContainerEnvironment[]): ReferencedConfig {
  return namesIn(referencesIn(containers).filter(({ optional }) => !optional));
}

interface ConfigReference {
  readonly kind?: ConfigKind;
  readonly name: string;
  readonly optional: boolean;
}

function referencesIn(containers: readonly ContainerEnvironment[]): readonly ConfigReference[] {
  return containers.flatMap(({ env, envFrom }) => [
    ...envFrom,
    ...env.flatMap(({ source }) => (source.type === 'key' ? [source] : [])),
  ]);
}

function namesIn(references: readonly ConfigReference[]): ReferencedConfig {
  const namesOf = (kind: ConfigKind) => [
    ...new Set(references.filter((reference) => reference.kind === kind).map(({ name }) => name)),
  ];
  return { configMaps: namesOf('ConfigMap'), secrets: namesOf('Secret') };
}
