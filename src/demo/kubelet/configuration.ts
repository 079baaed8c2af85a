import type {
  ConfigMap,
  ConfigReference,
  ConfigSource,
  Container,
  PodSpec,
  Secret,
  StringMap,
  Volume,
} from '../objects.ts';

/** The ConfigMaps and Secrets of a pod's namespace, as its node reads them. */
export interface ConfigReader {
  readonly namespace: string;
  configMap(name: string): ConfigMap | undefined;
  secret(name: string): Secret | undefined;
}

interface Found {
  readonly keys: StringMap;
  /** As in `couldn't find key a in ConfigMap default/b`. */
  readonly kind: 'ConfigMap' | 'Secret';
}

type Lookup = Found | { readonly missing: string };

function configMapAt(config: ConfigReader, name: string, withBinary: boolean): Lookup {
  const found = config.configMap(name);
  if (found === undefined) return { missing: `configmap "${name}" not found` };
  return { keys: { ...found.data, ...(withBinary ? found.binaryData : {}) }, kind: 'ConfigMap' };
}

function secretAt(config: ConfigReader, name: string): Lookup {
  const found = config.secret(name);
  return found === undefined ? { missing: `secret "${name}" not found` } : { keys: found.data ?? {}, kind: 'Secret' };
}

function problemOfReference(config: ConfigReader, found: Lookup, { name, key, optional }: ConfigReference): string {
  if (optional === true) return '';
  if ('missing' in found) return found.missing;
  if (key === undefined || Object.hasOwn(found.keys, key)) return '';
  return `couldn't find key ${key} in ${found.kind} ${config.namespace}/${name ?? ''}`;
}

function problemOfVariables(
  config: ConfigReader,
  map: ConfigReference | undefined,
  secret: ConfigReference | undefined,
): string {
  if (map !== undefined) return problemOfReference(config, configMapAt(config, map.name ?? '', false), map);
  return secret === undefined ? '' : problemOfReference(config, secretAt(config, secret.name ?? ''), secret);
}

/** Why a container's environment cannot be made: the first reason, in the kubelet's order and words (kubelet_pods.go, 1.37); '' where it can. */
export function environmentProblem(container: Container, config: ConfigReader): string {
  for (const { configMapRef, secretRef } of container.envFrom ?? []) {
    const problem = problemOfVariables(config, configMapRef, secretRef);
    if (problem !== '') return problem;
  }
  for (const { valueFrom } of container.env ?? []) {
    const problem = problemOfVariables(config, valueFrom?.configMapKeyRef, valueFrom?.secretKeyRef);
    if (problem !== '') return problem;
  }
  return '';
}

/** MakePayload of pkg/volume/configmap and pkg/volume/secret, 1.37. */
function problemOfFiles(found: Lookup, { items = [], optional }: ConfigSource): string {
  if (optional === true) return '';
  if ('missing' in found) return found.missing;
  const absent = items.find(({ key }) => !Object.hasOwn(found.keys, key));
  if (absent === undefined) return '';
  return found.kind === 'ConfigMap'
    ? `configmap references non-existent config key: ${absent.key}`
    : `references non-existent secret key: ${absent.key}`;
}

function problemsOfSources(config: ConfigReader, { configMap, secret }: Omit<Volume, 'name'>): readonly string[] {
  const problems = [
    configMap === undefined ? '' : problemOfFiles(configMapAt(config, configMap.name ?? '', true), configMap),
    secret === undefined ? '' : problemOfFiles(secretAt(config, secret.secretName ?? secret.name ?? ''), secret),
  ];
  return problems.filter((problem) => problem !== '');
}

/** The volumes that cannot be mounted, each with the reason. A volume that no container mounts is not looked at. */
export function volumeProblems(spec: PodSpec, config: ConfigReader): readonly string[] {
  const { volumes = [], initContainers = [], containers } = spec;
  const suspects = volumes.filter(({ configMap, secret, projected }) => configMap ?? secret ?? projected);
  if (suspects.length === 0) return [];
  const mounts = [...initContainers, ...containers].flatMap(({ volumeMounts = [] }) => volumeMounts);
  const mounted = new Set(mounts.map(({ name }) => name));
  return suspects.flatMap(({ name, projected, ...own }) => {
    if (!mounted.has(name)) return [];
    const problems = [own, ...(projected?.sources ?? [])].flatMap((source) => problemsOfSources(config, source));
    if (problems.length === 0) return [];
    const text = problems.length === 1 ? problems.join('') : `[${problems.join(', ')}]`;
    return [`MountVolume.SetUp failed for volume "${name}" : ${text}`];
  });
}

/** Names of the pull secrets that are not there. */
export function missingPullSecrets(spec: PodSpec, config: ConfigReader): readonly string[] {
  return (spec.imagePullSecrets ?? []).flatMap(({ name = '' }) => (config.secret(name) === undefined ? [name] : []));
}
