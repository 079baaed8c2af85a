import { delimiter, dirname, join, resolve } from 'node:path';
import type { KubeconfigSourceRow } from '../../shared/contract/context.ts';
import type { Environment } from './proxy-environment.ts';

export interface FileSource {
  readonly sourceId: string;
  readonly kind: Exclude<KubeconfigSourceRow['kind'], 'uploaded' | 'demo'>;
  readonly file: string;
  readonly folder: string;
}

/** A text that was uploaded or pasted: in memory, or kept under `path` in the data folder. It has no folder for relative paths. */
export interface TextSource {
  readonly sourceId: string;
  readonly kind: 'uploaded';
  readonly file: string;
  readonly path: string | undefined;
  readonly bytes: Uint8Array | undefined;
}

export type KubeconfigSource = FileSource | TextSource;

export interface SourceWish {
  /** `--kubeconfig`: when there is one, only these count. */
  readonly argumentPaths: readonly string[];
  readonly env: Environment;
  readonly home: string;
}

/**
 * The files that are joined into one configuration: those of `--kubeconfig`, else of KUBECONFIG (several, empty and repeated parts
 * dropped), else ~/.kube/config. Rule: client-go tools/clientcmd/loader.go (1.37), NewDefaultClientConfigLoadingRules.
 */
export function joinedSources(wish: SourceWish): readonly FileSource[] {
  if (wish.argumentPaths.length > 0)
    return unique(wish.argumentPaths).map((path) => fileSource('argument', path, wish.home));
  const listed = unique((wish.env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== ''));
  if (listed.length > 0) return listed.map((path) => fileSource('environment', path, wish.home));
  return [fileSource('default', join(wish.home, '.kube', 'config'), wish.home)];
}

/** `~/` is the home folder, as a shell would have made it. */
export function fileSource(kind: FileSource['kind'], path: string, home: string): FileSource {
  const file = resolve(path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : path);
  return { sourceId: `${kind}:${file}`, kind, file, folder: dirname(file) };
}

function unique(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)];
}
