import type { KubeconfigFile } from './kubeconfig-entries.ts';
import type { FileReader } from './file-reader.ts';
import { LIMIT_KUBECONFIG_BYTES, readKubeconfigFile, tooLarge } from './kubeconfig-file.ts';
import type { KubeconfigSource } from './kubeconfig-sources.ts';
import { errorCode } from './socket-failure.ts';

/** How long a file may be gone before it counts as deleted: writers that do not rename remove it for a moment. */
export const GRACE_MISSING_MS = 1000;

/** What a source said when it was last read. */
export interface Reading {
  readonly source: KubeconfigSource;
  readonly found: boolean;
  /** What the file looked like; undefined when it could not be looked at. */
  readonly version: string | undefined;
  readonly content: KubeconfigFile;
  /** When it was first seen missing, while its last content is still held. */
  readonly missingSince?: number;
}

/**
 * Reads a source, or answers `before` itself when nothing changed. A file that has become unreadable as a whole keeps its last good
 * entries and lists the reason; one that is gone keeps them for a moment.
 */
export async function readSource(
  source: KubeconfigSource,
  before: Reading | undefined,
  files: FileReader,
  now: number,
): Promise<Reading> {
  if (source.kind === 'uploaded' && source.bytes) return before ?? fromBytes(source, source.bytes, 'memory', undefined);
  const path = source.kind === 'uploaded' ? (source.path ?? '') : source.file;
  let version: string;
  try {
    version = await files.version(path);
    if (before?.version === version && before.missingSince === undefined) return before;
    const size = await files.size(path);
    if (size > LIMIT_KUBECONFIG_BYTES) return unreadable(source, tooLarge(size), version, before);
    return fromBytes(source, await files.read(path), version, before);
  } catch (error) {
    return notReadable(source, error, before, now);
  }
}

function fromBytes(source: KubeconfigSource, bytes: Uint8Array, version: string, before: Reading | undefined): Reading {
  const content = readKubeconfigFile(bytes, {
    file: source.file,
    folder: source.kind === 'uploaded' ? undefined : source.folder,
  });
  const whole = content.problems.find((problem) => problem.entry === undefined);
  if (whole) return unreadable(source, whole.message, version, before);
  return { source, found: true, version, content };
}

function notReadable(source: KubeconfigSource, error: unknown, before: Reading | undefined, now: number): Reading {
  const code = errorCode(error) ?? (error instanceof Error ? error.message : String(error));
  if (code !== 'ENOENT' && code !== 'ENOTDIR')
    return unreadable(source, `The file cannot be read (${code}).`, undefined, before);
  const since = before?.missingSince ?? now;
  if (before?.found && now - since < GRACE_MISSING_MS)
    return before.missingSince === undefined ? { ...before, missingSince: now } : before;
  if (before && !before.found) return before;
  // Nobody named the default file: that it does not exist is no mistake.
  const problems = source.kind === 'default' ? [] : [{ file: source.file, message: 'The file does not exist.' }];
  return { source, found: false, version: undefined, content: { ...nothing(source.file), problems } };
}

function unreadable(
  source: KubeconfigSource,
  message: string,
  version: string | undefined,
  before: Reading | undefined,
): Reading {
  const kept = before?.content;
  const holds = kept !== undefined && kept.contexts.length + kept.clusters.length + kept.users.length > 0;
  const words = holds ? `${message} What it said before is still used.` : message;
  if (before?.found && before.version === version && kept?.problems[0]?.message === words) return before;
  const problems = [{ file: source.file, message: words }];
  return { source, found: true, version, content: { ...(holds ? kept : nothing(source.file)), problems } };
}

function nothing(file: string): KubeconfigFile {
  return { file, currentContext: undefined, clusters: [], users: [], contexts: [], problems: [] };
}
