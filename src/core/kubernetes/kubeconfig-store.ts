import { dirname, join } from 'node:path';
import type { ContextsView, KubeconfigSourceRow } from '../../shared/contract/context.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock, Timer } from '../../shared/clock.ts';
import { nodeFiles } from './file-reader.ts';
import type { FileReader } from './file-reader.ts';
import { FolderWatch } from './folder-watch.ts';
import { KeptKubeconfigs, safeName } from './kept-kubeconfigs.ts';
import { mergeKubeconfigs } from './kubeconfig-merge.ts';
import type { KubeContext, MergedKubeconfig } from './kubeconfig-merge.ts';
import { readSource } from './kubeconfig-reading.ts';
import type { Reading } from './kubeconfig-reading.ts';
import { fileSource, joinedSources } from './kubeconfig-sources.ts';
import type { KubeconfigSource, TextSource } from './kubeconfig-sources.ts';
import { NamedFiles } from './named-files.ts';
import type { Environment } from './proxy-environment.ts';
import type { ResolvedContext } from './resolved-context.ts';

export interface KubeconfigStoreOptions {
  readonly clock: Clock;
  /** For KUBECONFIG. */
  readonly env: Environment;
  readonly home: string;
  /** `--kubeconfig`. */
  readonly argumentPaths: readonly string[];
  /** Files that were added in the app, as the settings remember them. */
  readonly addedPaths: readonly string[];
  /** Uploaded texts are kept in its folder "kubeconfigs". */
  readonly dataDir: string;
  readonly files?: FileReader;
}

export type StoredContext = KubeContext & { readonly sourceId: string };

/** All that the kubeconfigs say now. */
export interface KubeconfigState extends Pick<ContextsView, 'currentContext' | 'sources' | 'problems' | 'shadowed'> {
  readonly contexts: readonly StoredContext[];
}

export const POLL_MS = 2000;
export const DEBOUNCE_MS = 100;

/**
 * The kubeconfigs of the app, followed on disk. The files of --kubeconfig, KUBECONFIG or the default one are joined by kubectl's
 * rule; each added file and uploaded text is a configuration of its own.
 */
export class KubeconfigStore {
  readonly #options: KubeconfigStoreOptions;
  readonly #files: FileReader;
  readonly #kept: KeptKubeconfigs;
  readonly #listeners = new Set<(state: KubeconfigState) => void>();
  readonly #watch = new FolderWatch(() => this.#soon(DEBOUNCE_MS));
  #sources: readonly KubeconfigSource[] = [];
  #readings = new Map<string, Reading>();
  #named: NamedFiles;
  #state: KubeconfigState = { contexts: [], sources: [], problems: [], shadowed: [] };
  #work: Promise<void> = Promise.resolve();
  #debounce: Timer | undefined;
  #poll: Timer | undefined;
  #uploads = 0;
  #disposed = false;

  private constructor(options: KubeconfigStoreOptions) {
    this.#options = options;
    this.#files = options.files ?? nodeFiles;
    this.#kept = new KeptKubeconfigs(join(options.dataDir, 'kubeconfigs'));
    this.#named = new NamedFiles(this.#files);
  }

  /** Reads every source once, then follows them until `dispose`. */
  static async open(options: KubeconfigStoreOptions): Promise<KubeconfigStore> {
    const store = new KubeconfigStore(options);
    const added = options.addedPaths.map((path) => fileSource('added', path, options.home));
    // With --kubeconfig only those count, as with kubectl.
    const listed = options.argumentPaths.length > 0 ? [] : await store.#kept.list();
    const kept = listed.map(({ file, path }) => keptSource(file, path));
    store.#sources = withoutRepeats([...joinedSources(options), ...added, ...kept]);
    await store.refresh();
    store.#schedulePoll();
    return store;
  }

  get state(): KubeconfigState {
    return this.#state;
  }

  /** What the settings have to remember. */
  get addedPaths(): readonly string[] {
    return this.#sources.filter((source) => source.kind === 'added').map((source) => source.file);
  }

  /** Called after every change; answers the unsubscribing. */
  subscribe(listener: (state: KubeconfigState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What a connection needs. Throws AppError KubeconfigInvalid: no such context, or the reason why it cannot be opened. */
  resolve(contextName: string): ResolvedContext {
    const context = this.#state.contexts.find((candidate) => candidate.contextName === contextName);
    if (!context) throw invalid(`No kubeconfig has a context "${contextName}".`, contextName);
    if (!context.resolved) throw new AppError(context.problem);
    return context.resolved;
  }

  /** Opens a file where it lies. Answers its contexts' names; throws AppError KubeconfigInvalid when nothing can be read from it. */
  async addFile(path: string): Promise<readonly string[]> {
    const source = fileSource('added', path, this.#options.home);
    const known = this.#sources.find((other) => other.kind !== 'uploaded' && other.file === source.file);
    if (known && this.#readings.get(known.sourceId)?.found) return this.#namesOf(known.sourceId);
    return this.#add(known ?? source);
  }

  /** Opens an uploaded or pasted text: in memory until the end, or kept in the data folder. */
  async addText(fileName: string, text: string, keep: boolean): Promise<readonly string[]> {
    const bytes = new TextEncoder().encode(text);
    const file = safeName(fileName);
    this.#uploads++;
    const inMemory: TextSource = {
      sourceId: `uploaded:${this.#uploads}:${file}`,
      kind: 'uploaded',
      file,
      path: undefined,
      bytes,
    };
    if (!keep) return this.#add(inMemory);
    await this.#check(inMemory);
    const kept = await this.#kept.write(file, bytes);
    return this.#add(keptSource(kept.file, kept.path));
  }

  /** Takes an added file out of the list, or a text out of memory and the data folder. The file itself is not touched. */
  async remove(sourceId: string): Promise<void> {
    const source = this.#sources.find((candidate) => candidate.sourceId === sourceId);
    if (!source || (source.kind !== 'added' && source.kind !== 'uploaded')) {
      throw invalid(
        'Only files and texts that were added here can be removed; the others come from the command line or KUBECONFIG.',
      );
    }
    if (source.kind === 'uploaded' && source.path !== undefined) await this.#kept.remove(source.path);
    this.#sources = this.#sources.filter((candidate) => candidate !== source);
    await this.refresh();
  }

  /** Reads what changed on disk, now. */
  refresh(): Promise<void> {
    const next = this.#work.then(() => this.#read());
    this.#work = next.catch(() => undefined);
    return next;
  }

  dispose(): void {
    this.#disposed = true;
    this.#watch.dispose();
    this.#listeners.clear();
    for (const timer of [this.#poll, this.#debounce]) {
      if (timer !== undefined) this.#options.clock.clearTimeout(timer);
    }
  }

  async #add(source: KubeconfigSource): Promise<readonly string[]> {
    await this.#check(source);
    if (!this.#sources.includes(source)) this.#sources = [...this.#sources, source];
    await this.refresh();
    return this.#namesOf(source.sourceId);
  }

  async #check(source: KubeconfigSource): Promise<void> {
    const { content } = await readSource(source, undefined, this.#files, this.#options.clock.now());
    const whole = content.problems.find((problem) => problem.entry === undefined);
    if (whole) throw invalid(`${source.file}: ${whole.message}`);
    if (content.contexts.length === 0) {
      const causes = content.problems.map((problem) => ({ path: problem.entry ?? '', message: problem.message }));
      throw new AppError({
        reason: 'KubeconfigInvalid',
        message: `${source.file} has no context that can be read.`,
        causes,
      });
    }
  }

  #namesOf(sourceId: string): readonly string[] {
    return this.#state.contexts
      .filter((context) => context.sourceId === sourceId)
      .map((context) => context.contextName);
  }

  async #read(): Promise<void> {
    const now = this.#options.clock.now();
    const readings = new Map<string, Reading>();
    for (const source of this.#sources) {
      readings.set(source.sourceId, await readSource(source, this.#readings.get(source.sourceId), this.#files, now));
    }
    const filesChanged = await this.#named.changed();
    if (this.#disposed) return;
    const same =
      readings.size === this.#readings.size &&
      [...readings].every(([id, reading]) => this.#readings.get(id) === reading);
    this.#readings = readings;
    this.#watch.follow(foldersOf(this.#sources));
    if ([...readings.values()].some((reading) => reading.missingSince !== undefined)) this.#soon(DEBOUNCE_MS * 5);
    if (same && !filesChanged) return;
    const named = new NamedFiles(this.#files);
    const state = await stateOf([...readings.values()], named);
    if (this.#disposed) return;
    this.#named = named;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }

  #soon(delayMs: number): void {
    if (this.#disposed) return;
    if (this.#debounce !== undefined) this.#options.clock.clearTimeout(this.#debounce);
    this.#debounce = this.#options.clock.setTimeout(() => {
      this.#debounce = undefined;
      void this.refresh();
    }, delayMs);
  }

  #schedulePoll(): void {
    if (this.#disposed) return;
    this.#poll = this.#options.clock.setTimeout(() => {
      void this.refresh().finally(() => this.#schedulePoll());
    }, POLL_MS);
  }
}

async function stateOf(readings: readonly Reading[], named: NamedFiles): Promise<KubeconfigState> {
  const own = readings.filter(({ source }) => source.kind === 'added' || source.kind === 'uploaded');
  const joined = readings.filter((reading) => !own.includes(reading));
  const taken = new Set<string>();
  const merged: MergedKubeconfig[] = [];
  const contexts: StoredContext[] = [];
  for (const group of [joined, ...own.map((reading) => [reading])]) {
    const result = mergeKubeconfigs(
      group.map(({ content }) => content),
      taken,
    );
    merged.push(result);
    for (const context of result.contexts) {
      taken.add(context.contextName);
      const sourceId = group.find(({ content }) => content.file === context.file)?.source.sourceId ?? '';
      contexts.push({ ...(await named.check(context)), sourceId });
    }
  }
  const currentContext = merged[0]?.currentContext;
  return {
    ...(currentContext === undefined ? {} : { currentContext }),
    contexts,
    sources: readings.map(sourceRow),
    problems: merged.flatMap((result) => result.problems),
    shadowed: merged.flatMap((result) => result.shadowed),
  };
}

function sourceRow({ source, found }: Reading): KubeconfigSourceRow {
  const { sourceId, kind, file } = source;
  return { sourceId, kind, file, found, ...(source.kind === 'uploaded' ? { kept: source.path !== undefined } : {}) };
}

function keptSource(file: string, path: string): TextSource {
  return { sourceId: `uploaded:${path}`, kind: 'uploaded', file, path, bytes: undefined };
}

function withoutRepeats(sources: readonly KubeconfigSource[]): readonly KubeconfigSource[] {
  const seen = new Set<string>();
  return sources.filter((source) => {
    const key = source.kind === 'uploaded' ? source.sourceId : source.file;
    return seen.has(key) ? false : seen.add(key);
  });
}

function foldersOf(sources: readonly KubeconfigSource[]): ReadonlySet<string> {
  return new Set(sources.flatMap((source) => (source.kind === 'uploaded' ? [] : [dirname(source.file)])));
}

function invalid(message: string, contextName?: string): AppError {
  return new AppError({ reason: 'KubeconfigInvalid', message, ...(contextName === undefined ? {} : { contextName }) });
}
