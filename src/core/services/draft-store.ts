import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Clock } from '../../shared/clock.ts';
import {
  type DraftInput,
  draftInput,
  type DraftList,
  type DraftRow,
  type StoredDraft,
} from '../../shared/contract/drafts.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { at, text } from '../../shared/kubernetes/json-fields.ts';
import { readManifest } from '../../shared/manifest/read-manifest.ts';
import type { Session } from '../session.ts';
import { writeWhole } from './settings.ts';

const storedDraft = draftInput.extend({ createdAt: z.number(), savedAt: z.number() });
const SUFFIX = '.json';
const LEFTOVER_MS = 3_600_000;

/** Who writes a draft: a page, as long as it is there. */
export type DraftHolder = Pick<Session, 'id' | 'signal'>;

interface Writing {
  /** Resolves when the file says what `waiting` said last. */
  readonly done: Promise<void>;
  waiting: StoredDraft | undefined;
}

/** Drafts on disk, so that what one wrote outlives a crash. Each file is written whole; one write of a draft at a time. */
export class DraftStore {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #writing = new Map<string, Writing>();
  readonly #createdAt = new Map<string, Promise<number>>();
  readonly #holders = new Map<string, DraftHolder>();

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** @throws AppError InternalError when the disk does not take it */
  async save(input: DraftInput, holder: DraftHolder): Promise<{ readonly savedAt: number }> {
    const { draftId } = input;
    this.#holders.set(draftId, holder);
    const savedAt = this.#clock.now();
    const createdAt = await this.#whenCreated(draftId, savedAt);
    await this.#write({ ...input, createdAt, savedAt });
    return { savedAt };
  }

  /** All saves of a draft wait for the same answer, so that they go on in the order in which they came. */
  #whenCreated(draftId: string, now: number): Promise<number> {
    const known = this.#createdAt.get(draftId);
    if (known) return known;
    const found = this.#find(draftId).then((draft) => draft?.createdAt ?? now);
    this.#createdAt.set(draftId, found);
    found.catch(() => this.#createdAt.delete(draftId));
    return found;
  }

  async list(holder: DraftHolder): Promise<DraftList> {
    const drafts: DraftRow[] = [];
    const unreadable: DraftList['unreadable'][number][] = [];
    for (const name of await this.#fileNames()) {
      const found = await this.#readFile(name);
      if (found === undefined) continue;
      if ('why' in found) unreadable.push({ file: join(this.#folder, name), why: found.why });
      else drafts.push(this.#row(found, holder));
    }
    return { drafts: drafts.toSorted((a, b) => b.savedAt - a.savedAt), unreadable };
  }

  /** The draft is open in this page from now on. @throws AppError NotFound */
  async read(draftId: string, holder: DraftHolder): Promise<StoredDraft> {
    const found = await this.#find(draftId);
    if (!found) throw new AppError({ reason: 'NotFound', message: 'This draft is not there any more.' });
    this.#holders.set(draftId, holder);
    return found;
  }

  async remove(draftId: string): Promise<void> {
    const writing = this.#writing.get(draftId);
    if (writing) writing.waiting = undefined;
    await writing?.done.catch(ignoreForGone);
    this.#createdAt.delete(draftId);
    this.#holders.delete(draftId);
    await rm(this.#path(draftId), { force: true });
  }

  /** Texts of all drafts that can be read. */
  async texts(): Promise<readonly string[]> {
    const found = await Promise.all((await this.#fileNames()).map((name) => this.#readFile(name)));
    return found.flatMap((draft) => (draft && 'text' in draft ? [draft.text] : []));
  }

  /** Resolves when everything that was saved is on disk. */
  async flush(): Promise<void> {
    await Promise.allSettled([...this.#writing.values()].map(({ done }) => done));
  }

  /** A draft that is being written takes the newer one after itself; what waited before that is not written. */
  #write(draft: StoredDraft): Promise<void> {
    const running = this.#writing.get(draft.draftId);
    if (running) {
      running.waiting = draft;
      return running.done;
    }
    const { promise: done, resolve, reject } = Promise.withResolvers<void>();
    const writing: Writing = { done, waiting: draft };
    this.#writing.set(draft.draftId, writing);
    void this.#writeAll(draft.draftId, writing).then(resolve, reject);
    return done;
  }

  async #writeAll(draftId: string, writing: Writing): Promise<void> {
    try {
      for (let draft = writing.waiting; draft; draft = writing.waiting) {
        writing.waiting = undefined;
        await writeWhole(this.#path(draftId), JSON.stringify(draft));
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new AppError(
        { reason: 'InternalError', message: `The draft cannot be kept on disk: ${why}` },
        { cause: error },
      );
    } finally {
      this.#writing.delete(draftId);
    }
  }

  async #find(draftId: string): Promise<StoredDraft | undefined> {
    const found = await this.#readFile(`${draftId}${SUFFIX}`);
    return found && 'text' in found ? found : undefined;
  }

  async #readFile(name: string): Promise<StoredDraft | { readonly why: string } | undefined> {
    try {
      const parsed = storedDraft.safeParse(JSON.parse(await readFile(join(this.#folder, name), 'utf8')));
      return parsed.success ? parsed.data : { why: 'it is not a draft of Everynode' };
    } catch (error) {
      if (isMissing(error)) return undefined;
      return { why: error instanceof SyntaxError ? 'it is not whole JSON' : String(error) };
    }
  }

  async #fileNames(): Promise<readonly string[]> {
    try {
      const names = await readdir(this.#folder);
      await Promise.all(names.filter((name) => name.endsWith('.tmp')).map((name) => this.#removeLeftover(name)));
      return names.filter((name) => name.endsWith(SUFFIX));
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  /** What a killed host was writing. A young one may be that of another host on the same folder. */
  async #removeLeftover(name: string): Promise<void> {
    const path = join(this.#folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && this.#clock.now() - found.mtimeMs > LEFTOVER_MS) await rm(path, { force: true });
  }

  #row({ text: manifestText, ...rest }: StoredDraft, holder: DraftHolder): DraftRow {
    const read = readManifest(manifestText);
    const other = this.#holders.get(rest.draftId);
    return {
      ...rest,
      name: read.ok ? text(at(read.manifest, 'metadata', 'name')) : '',
      characters: manifestText.length,
      isOpenElsewhere: other !== undefined && other.id !== holder.id && !other.signal.aborted,
    };
  }

  #path(draftId: string): string {
    return join(this.#folder, `${draftId}${SUFFIX}`);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function ignoreForGone(): void {
  // Whoever saved it was told; here it goes in any case.
}
