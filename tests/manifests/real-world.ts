import { readdir, readFile } from 'node:fs/promises';
import { isAlias, isScalar, parseAllDocuments, visit } from 'yaml';
import type { Document } from 'yaml';
import { at, isObject, records, text } from '../../src/shared/kubernetes/json-fields.ts';
import { DIALECT } from '../../src/shared/manifest/dialect.ts';

const FOLDER = new URL('../fixtures/manifests/real-world/', import.meta.url);

export const MANIFEST_FEATURES = [
  'projectedVolume',
  'grpcProbe',
  'downwardApi',
  'severalMountsOfOneVolume',
  'hostPort',
  'sidecar',
  'extendedResource',
  'blockScalar',
  'alias',
  'comment',
  'newerField',
  'severalDocuments',
] as const;
export type ManifestFeature = (typeof MANIFEST_FEATURES)[number];

/** One line of index.json. */
export interface RealWorldEntry {
  readonly file: string;
  /** `Warn` for those with fields that the server of the tests does not know yet. */
  readonly fieldValidation: 'Strict' | 'Warn';
  /** Paths of those fields. */
  readonly newerFields: readonly string[];
}

export interface RealWorldManifest extends RealWorldEntry {
  readonly text: string;
}

/** The manifests of tests/fixtures/manifests/real-world, in the order of their index. */
export async function realWorldManifests(): Promise<readonly RealWorldManifest[]> {
  const index = JSON.parse(await readFile(new URL('index.json', FOLDER), 'utf8')) as readonly RealWorldEntry[];
  return Promise.all(
    index.map(async (entry) => ({ ...entry, text: await readFile(new URL(entry.file, FOLDER), 'utf8') })),
  );
}

export async function realWorldFiles(): Promise<readonly string[]> {
  return (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml')).toSorted();
}

/** The YAML documents that hold something. */
export function documentsOf(manifest: string): readonly Document.Parsed[] {
  const documents = parseAllDocuments(manifest, { ...DIALECT, keepSourceTokens: true });
  return 'empty' in documents ? [] : documents.filter((each) => each.contents !== null);
}

export function daemonSetOf(manifest: string): unknown {
  return documentsOf(manifest)
    .map((document): unknown => document.toJS())
    .find((object) => at(object, 'kind') === 'DaemonSet');
}

/** Which of the awkward things the manifest has. */
export function featuresOf({ text: source, newerFields }: RealWorldManifest): ReadonlySet<ManifestFeature> {
  const documents = documentsOf(source);
  const podSpec = at(daemonSetOf(source), 'spec', 'template', 'spec');
  const containers = [...records(at(podSpec, 'initContainers')), ...records(at(podSpec, 'containers'))];
  const has: Record<ManifestFeature, boolean> = {
    projectedVolume: records(at(podSpec, 'volumes')).some((volume) => isObject(volume['projected'])),
    grpcProbe: containers.some((container) => holdsKey(container, 'grpc')),
    downwardApi: holdsKey(podSpec, 'fieldRef') || holdsKey(podSpec, 'resourceFieldRef'),
    severalMountsOfOneVolume: containers.some((container) => mountsTwice(records(container['volumeMounts']))),
    hostPort: containers.some((container) => holdsKey(container, 'hostPort')),
    sidecar: records(at(podSpec, 'initContainers')).some((container) => container['restartPolicy'] === 'Always'),
    extendedResource: containers.some((container) =>
      Object.keys(at(container, 'resources', 'limits') ?? {}).some((name) => /\/|^hugepages-/.test(name)),
    ),
    blockScalar: documents.some((document) => visits(document, isBlockScalar)),
    alias: documents.some((document) => visits(document, isAlias)),
    comment: /^\s+#/m.test(source),
    newerField: newerFields.length > 0,
    severalDocuments: documents.length > 1,
  };
  return new Set(MANIFEST_FEATURES.filter((feature) => has[feature]));
}

function mountsTwice(mounts: readonly Readonly<Record<string, unknown>>[]): boolean {
  const names = mounts.map((mount) => text(mount['name']));
  return new Set(names).size < names.length;
}

function holdsKey(value: unknown, key: string): boolean {
  if (Array.isArray(value)) return value.some((each) => holdsKey(each, key));
  return isObject(value) && (key in value || Object.values(value).some((each) => holdsKey(each, key)));
}

function isBlockScalar(node: unknown): boolean {
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
}

function visits(document: Document.Parsed, matches: (node: unknown) => boolean): boolean {
  let found = false;
  visit(document, (_key, node) => {
    found ||= matches(node);
    return found ? visit.BREAK : undefined;
  });
  return found;
}
