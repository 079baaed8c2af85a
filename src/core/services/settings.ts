import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { GUARD_LEVELS, PLUGIN_POLICIES } from '../../shared/contract/context.ts';
import { replaceFile } from '../kubernetes/replace-file.ts';

const contextSettings = z.object({
  displayName: z.string().max(200).optional(),
  color: z.string().max(20).optional(),
  hidden: z.boolean().optional(),
  guardLevel: z.enum(GUARD_LEVELS).optional(),
});
const settingsSchema = z.looseObject({
  /** Kubeconfig files opened by their path. */
  addedFiles: z.array(z.string().max(4096)).default([]),
  contexts: z.record(z.string(), contextSettings).default({}),
  /** Whether registries may be asked for images, on a click. */
  imageSearch: z.boolean().default(true),
  execPlugins: z
    .object({
      policy: z.enum(PLUGIN_POLICIES).default('Allowlist'),
      /** Fingerprints of the plugins that the user has approved. */
      approved: z.array(z.string().max(64)).default([]),
    })
    .default({ policy: 'Allowlist', approved: [] }),
});

export type ContextSettings = z.infer<typeof contextSettings>;
export type Settings = z.infer<typeof settingsSchema>;

export interface SettingsStore {
  readonly current: Settings;
  /** Why the file could not be used, with where the bad one was kept; defaults hold meanwhile. */
  readonly problem: string | undefined;
  /** Changes and writes; writes follow one another, each whole. */
  update(change: (settings: Settings) => Settings): Promise<void>;
}

/** One JSON file (0600), schema-checked on reading, written to a temporary name and renamed. A bad file is kept as `path.bad`. */
export async function openSettings(path: string): Promise<SettingsStore> {
  let problem: string | undefined;
  let current: Settings = settingsSchema.parse({});
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') problem = `The settings file cannot be read: ${error.message}`;
    return undefined;
  });
  if (text !== undefined) {
    const read = readSettings(text);
    if ('settings' in read) current = read.settings;
    else {
      await rename(path, `${path}.bad`);
      problem = `The settings file was not usable (${read.problem}); it is kept as ${path}.bad and the defaults hold.`;
    }
  }
  let tail: Promise<void> = Promise.resolve();
  return {
    get current() {
      return current;
    },
    get problem() {
      return problem;
    },
    update(change) {
      current = change(current);
      const written = tail.then(() => writeWhole(path, `${JSON.stringify(current, null, 2)}\n`));
      tail = written.catch(() => undefined);
      return written;
    },
  };
}

function readSettings(text: string): { readonly settings: Settings } | { readonly problem: string } {
  try {
    const parsed = settingsSchema.safeParse(JSON.parse(text));
    if (parsed.success) return { settings: parsed.data };
    const [issue] = parsed.error.issues;
    return { problem: issue ? `${issue.path.join('.')}: ${issue.message}` : 'it does not fit its schema' };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Written whole or not at all: a temporary file beside it, renamed over it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  await writeFile(temporary, text, { mode: 0o600 });
  await replaceFile(temporary, path);
}
