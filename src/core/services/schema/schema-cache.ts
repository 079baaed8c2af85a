import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { ApiSchema } from '../../../shared/schema/api-schema.ts';
import { writeWhole } from '../settings.ts';

const MAX_FILES = 16;
const MAX_BYTES = 16_000_000;
/** Which schema each context had last, at most so many contexts. */
const SEEN_FILE = 'last-seen';
const MAX_SEEN = 200;

export interface SchemaKey {
  readonly serverVersion: string;
  /** As /openapi/v3 names it: another one for every change of the document. */
  readonly hash: string;
}

const schemaKey = z.object({ serverVersion: z.string(), hash: z.string() });
const lastSeen = z.array(schemaKey.extend({ contextName: z.string() }));

const kept = schemaKey.extend({
  schema: z.object({
    serverVersion: z.string(),
    root: z.string(),
    types: z.record(
      z.string(),
      z.object({ fields: z.record(z.string(), z.looseObject({ type: z.string() })) }).loose(),
    ),
  }),
});

/**
 * Schemas of clusters in a folder, one file each (0600, written whole), the least recently used removed beyond 16 files or 16 MB.
 * What cannot be read or kept is as if it were not there: the cluster is asked again.
 */
export class SchemaCache {
  readonly #folder: string;
  readonly #log: (line: string) => void;
  #problem = '';

  constructor(folder: string, log: (line: string) => void) {
    this.#folder = folder;
    this.#log = log;
  }

  async read(key: SchemaKey): Promise<ApiSchema | undefined> {
    const path = this.#path(key);
    const text = await readFile(path, 'utf8').catch(absent);
    if (text === undefined) return undefined;
    const found = parse(text);
    if (found?.serverVersion !== key.serverVersion || found.hash !== key.hash) return undefined;
    const now = new Date();
    await utimes(path, now, now).catch(absent);
    return found.schema;
  }

  /** A full disk hinders nobody from working: it is logged. */
  async write(key: SchemaKey, schema: ApiSchema): Promise<void> {
    await this.#orLog(async () => {
      await writeWhole(this.#path(key), JSON.stringify({ ...key, schema }));
      await this.#bound();
    });
  }

  /** Notes that the context's cluster has this schema now. */
  async see(contextName: string, { serverVersion, hash }: SchemaKey): Promise<void> {
    const rows = await this.#seen();
    const [first] = rows;
    if (first?.contextName === contextName && first.hash === hash && first.serverVersion === serverVersion) return;
    const others = rows.filter((row) => row.contextName !== contextName).slice(0, MAX_SEEN - 1);
    const next = [{ contextName, serverVersion, hash }, ...others];
    await this.#orLog(() => writeWhole(join(this.#folder, SEEN_FILE), JSON.stringify(next)));
  }

  /** What the context's cluster had when it was last asked, in this run or an earlier one. */
  async lastSeen(contextName: string): Promise<ApiSchema | undefined> {
    const row = (await this.#seen()).find((each) => each.contextName === contextName);
    return row && this.read(row);
  }

  async #seen(): Promise<z.infer<typeof lastSeen>> {
    const text = await readFile(join(this.#folder, SEEN_FILE), 'utf8').catch(absent);
    if (text === undefined) return [];
    try {
      return lastSeen.catch([]).parse(JSON.parse(text));
    } catch {
      // A file that was cut: the clusters are noted anew as they are asked.
      return [];
    }
  }

  /** Each problem once. */
  async #orLog(write: () => Promise<void>): Promise<void> {
    try {
      await write();
      this.#problem = '';
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem !== this.#problem) this.#log(`A cluster's schema was not kept: ${problem}`);
      this.#problem = problem;
    }
  }

  #path({ serverVersion, hash }: SchemaKey): string {
    return join(this.#folder, `${createHash('sha256').update(`${serverVersion}\n${hash}`).digest('hex')}.json`);
  }

  async #bound(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith('.json'));
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.#folder, name);
        const { size, mtimeMs } = await stat(path);
        return { path, size, mtimeMs };
      }),
    );
    let bytes = 0;
    const newest = files.toSorted((a, b) => b.mtimeMs - a.mtimeMs);
    for (const [index, { path, size }] of newest.entries()) {
      bytes += size;
      if (index > 0 && (index >= MAX_FILES || bytes > MAX_BYTES)) await rm(path, { force: true });
    }
  }
}

function parse(
  text: string,
): { readonly serverVersion: string; readonly hash: string; readonly schema: ApiSchema } | undefined {
  try {
    const parsed = kept.safeParse(JSON.parse(text));
    // Only this class writes the folder, from pruneOpenApi; the check is against a file that was cut or is of another version.
    return parsed.success
      ? (parsed.data as unknown as { serverVersion: string; hash: string; schema: ApiSchema })
      : undefined;
  } catch {
    // A file that was cut is no schema; the cluster is asked.
    return undefined;
  }
}

function absent(): undefined {
  // Not there, or not ours to read: the cluster is asked.
  return undefined;
}
