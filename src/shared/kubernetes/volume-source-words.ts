import { type JsonObject, field, isObject, objectAt, objectsAt, text } from './json-fields.ts';

type SourceWords = (source: JsonObject) => string;

const named =
  (word: string, key: string): SourceWords =>
  (source) =>
    [word, text(source[key])].filter(Boolean).join(' ');

const withMarks = (words: string, marks: readonly string[]): string =>
  marks.length === 0 ? words : `${words} (${marks.join(', ')})`;

/** Sources that a DaemonSet's pods have most; another one is named by its field alone. */
const WORDS: Readonly<Record<string, SourceWords>> = {
  hostPath: (source) => withMarks(named('host path', 'path')(source), filled(source, 'type')),
  emptyDir: (source) =>
    withMarks('empty directory', [
      ...filled(source, 'medium'),
      ...filled(source, 'sizeLimit').map((size) => `up to ${size}`),
    ]),
  configMap: (source) => withMarks(named('ConfigMap', 'name')(source), optionalMark(source)),
  secret: (source) => withMarks(named('Secret', 'secretName')(source), optionalMark(source)),
  persistentVolumeClaim: named('PersistentVolumeClaim', 'claimName'),
  csi: named('CSI driver', 'driver'),
  nfs: (source) => `NFS ${text(source['server'])}:${text(source['path'])}`,
  image: named('image', 'reference'),
  downwardAPI: () => 'downward API',
  ephemeral: () => 'a claim of its own (ephemeral)',
  projected: (source) => `projected: ${objectsAt(source, 'sources').map(projectionWords).join(', ')}`,
};

/** Where the content of a v1.Volume comes from, in one line: "host path /var/log (Directory)", "Secret tls". */
export function volumeSourceWords(volume: JsonObject): string {
  const kind = Object.keys(volume).find((key) => key !== 'name');
  // A volume without a source is an emptyDir to the server.
  if (kind === undefined) return 'empty directory';
  const source = field(volume, kind);
  return Object.hasOwn(WORDS, kind) ? (WORDS[kind]?.(isObject(source) ? source : {}) ?? kind) : kind;
}

function projectionWords(projection: JsonObject): string {
  if (isObject(projection['serviceAccountToken'])) return 'service account token';
  if (isObject(projection['downwardAPI'])) return 'downward API';
  if (isObject(projection['configMap'])) return named('ConfigMap', 'name')(objectAt(projection, 'configMap'));
  // Unlike a volume's, a projection's Secret has its name under `name`.
  if (isObject(projection['secret'])) return named('Secret', 'name')(objectAt(projection, 'secret'));
  return Object.keys(projection)[0] ?? 'nothing';
}

function filled(source: JsonObject, key: string): readonly string[] {
  const value = field(source, key);
  return value === undefined || value === '' ? [] : [String(value)];
}

function optionalMark(source: JsonObject): readonly string[] {
  return source['optional'] === true ? ['optional'] : [];
}
