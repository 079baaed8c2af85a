import { basename } from 'node:path';
import type { KubeconfigProblem, ShadowedEntry } from '../../shared/contract/context.ts';
import type { AppErrorData } from '../../shared/errors/app-error.ts';
import { Credentials } from './credentials.ts';
import type { KubeconfigFile, NamedCluster, NamedContext, NamedUser } from './kubeconfig-entries.ts';
import type { ResolvedContext } from './resolved-context.ts';

/** A context as it is listed: one that can be opened, or one with the reason why not. */
export type KubeContext = KubeContextFacts &
  (
    | { readonly resolved: ResolvedContext; readonly problem?: undefined }
    | { readonly resolved?: undefined; readonly problem: AppErrorData }
  );

export interface KubeContextFacts {
  /** Unique among all contexts: the name, or "name (file)" for one that is shadowed or came later. */
  readonly contextName: string;
  readonly name: string;
  readonly file: string;
  readonly namespace?: string;
  readonly userName?: string;
  readonly server?: string;
  readonly insecureSkipTlsVerify: boolean;
  /** The file whose definition of this name is the one that counts. */
  readonly shadowedBy?: string;
}

export interface MergedKubeconfig {
  readonly currentContext?: string;
  readonly contexts: readonly KubeContext[];
  readonly shadowed: readonly ShadowedEntry[];
  readonly problems: readonly KubeconfigProblem[];
}

interface Placed<T> {
  readonly entry: T;
  readonly file: string;
  /** Index of the file, for the lookups of a shadowed context. */
  readonly at: number;
}

/**
 * Joins files as kubectl does (client-go tools/clientcmd/loader.go, 1.37): the first definition of a name wins, references cross
 * files, current-context is that of the first file that sets one. A shadowed context resolves as if its own file came first.
 * `taken` are the context names that other configurations of the app use already.
 */
export function mergeKubeconfigs(
  files: readonly KubeconfigFile[],
  taken: ReadonlySet<string> = new Set(),
): MergedKubeconfig {
  const shadowed: ShadowedEntry[] = [];
  const clusters = place(files, 'cluster', (file) => file.clusters, shadowed);
  const users = place(files, 'user', (file) => file.users, shadowed);
  const contexts = place(files, 'context', (file) => file.contexts, shadowed);
  const names = new Set(taken);
  const listed = new Map<Placed<NamedContext>, KubeContext>();
  const ordered = contexts.toSorted((a, b) => Number(isShadowed(contexts, a)) - Number(isShadowed(contexts, b)));
  for (const context of ordered) {
    const winner = contexts.find((other) => other.entry.name === context.entry.name) ?? context;
    const contextName = uniqueName(context.entry.name, context.file, winner !== context, names);
    names.add(contextName);
    const shadowedBy = winner === context ? undefined : winner.file;
    listed.set(context, resolve(context, contextName, shadowedBy, clusters, users));
  }
  const currentName = files.find((file) => file.currentContext !== undefined)?.currentContext;
  const current = contexts.find((context) => context.entry.name === currentName);
  const currentContext = current && listed.get(current)?.contextName;
  return {
    ...(currentContext === undefined ? {} : { currentContext }),
    contexts: contexts.map((context) => listed.get(context)).filter((context) => context !== undefined),
    shadowed,
    problems: files.flatMap((file) => file.problems),
  };
}

/** All entries of a kind in the order that decides; those behind the first of their name are noted as shadowed. */
function place<T extends { readonly name: string }>(
  files: readonly KubeconfigFile[],
  kind: ShadowedEntry['kind'],
  entries: (file: KubeconfigFile) => readonly T[],
  shadowed: ShadowedEntry[],
): readonly Placed<T>[] {
  const placed = files.flatMap((file, at) => entries(file).map((entry) => ({ entry, file: file.file, at })));
  const first = new Map<string, Placed<T>>();
  for (const item of placed) {
    const winner = first.get(item.entry.name);
    if (!winner) first.set(item.entry.name, item);
    else shadowed.push({ kind, name: item.entry.name, file: item.file, shadowedBy: winner.file });
  }
  return placed;
}

function isShadowed(all: readonly Placed<NamedContext>[], context: Placed<NamedContext>): boolean {
  return all.find((other) => other.entry.name === context.entry.name) !== context;
}

/** "name", else "name (file)", else with the whole path, else with a number. */
function uniqueName(name: string, file: string, isShadow: boolean, names: ReadonlySet<string>): string {
  const candidates = [...(isShadow ? [] : [name]), `${name} (${basename(file)})`, `${name} (${file})`];
  const free = candidates.find((candidate) => !names.has(candidate));
  if (free !== undefined) return free;
  let number = 2;
  while (names.has(`${name} (${file}, ${number})`)) number++;
  return `${name} (${file}, ${number})`;
}

/** What a context that was placed in file `at` means by a name: its own file first when it is shadowed, else kubectl's rule. */
function lookUp<T extends { readonly name: string }>(
  all: readonly Placed<T>[],
  name: string,
  ownFile: number | undefined,
): T | undefined {
  const own = ownFile === undefined ? undefined : all.find((item) => item.at === ownFile && item.entry.name === name);
  return (own ?? all.find((item) => item.entry.name === name))?.entry;
}

function resolve(
  context: Placed<NamedContext>,
  contextName: string,
  shadowedBy: string | undefined,
  clusters: readonly Placed<NamedCluster>[],
  users: readonly Placed<NamedUser>[],
): KubeContext {
  const { name, clusterName, userName, namespace } = context.entry;
  const ownFile = shadowedBy === undefined ? undefined : context.at;
  const cluster = clusterName === undefined ? undefined : lookUp(clusters, clusterName, ownFile)?.cluster;
  const user = userName === undefined ? undefined : lookUp(users, userName, ownFile)?.user;
  const facts: KubeContextFacts = {
    contextName,
    name,
    file: context.file,
    insecureSkipTlsVerify: cluster?.insecureSkipTlsVerify ?? false,
    ...(namespace === undefined ? {} : { namespace }),
    ...(userName === undefined ? {} : { userName }),
    ...(cluster ? { server: cluster.server } : {}),
    ...(shadowedBy === undefined ? {} : { shadowedBy }),
  };
  const lacks = whatIsMissing(context.entry, cluster !== undefined, user !== undefined);
  if (!cluster || lacks !== undefined) {
    return { ...facts, problem: { reason: 'KubeconfigInvalid', message: lacks ?? 'It has no cluster.', contextName } };
  }
  const { insecureSkipTlsVerify: _, shadowedBy: __, ...rest } = facts;
  const credentials = user ? new Credentials(user) : Credentials.anonymous;
  return { ...facts, resolved: { ...rest, server: cluster.server, cluster, credentials } };
}

/** A context without a user is anonymous, one that names a user who does not exist is a mistake. */
function whatIsMissing(context: NamedContext, hasCluster: boolean, hasUser: boolean): string | undefined {
  if (context.clusterName === undefined) return 'The context names no cluster.';
  if (!hasCluster) return `The cluster "${context.clusterName}" of the context is not defined.`;
  if (context.userName !== undefined && !hasUser)
    return `The user "${context.userName}" of the context is not defined.`;
  return undefined;
}
