import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { MakeReflector } from './fault-world.ts';

const SOURCE = resolve(import.meta.dirname, '../../src/core/kubernetes');
/** Ignored by git and by every runner. */
const FOLDER = resolve(import.meta.dirname, '../../.cache/mutants');
/** The rules of a live read. Everything else is the application's own. */
const FILES = [
  'backoff.ts',
  'list-pages.ts',
  'reflector.ts',
  'row-store.ts',
  'silence-timer.ts',
  'watch-lines.ts',
  'watch-once.ts',
] as const;

/** A rule of the reflector taken away, by an edit of its source. */
export interface Mutant {
  readonly rule: string;
  readonly file: (typeof FILES)[number];
  readonly from: string;
  readonly to: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    rule: 'a relist removes what is gone',
    file: 'row-store.ts',
    from: 'this.retain(new Set(rows.map((row) => row.uid)));',
    to: '',
  },
  {
    rule: 'a relist is told whole to its readers',
    file: 'reflector.ts',
    from: "else this.#emit({ type: 'reset' });",
    to: "else this.#emit({ type: 'state' });",
  },
  {
    rule: 'a deletion removes the row',
    file: 'reflector.ts',
    from: 'this.#store.delete(event.row.uid);',
    to: '',
  },
  {
    rule: 'a namesake takes the place of the one before it',
    file: 'row-store.ts',
    from: 'if (previousUid !== undefined && previousUid !== row.uid) this.delete(previousUid);',
    to: '',
  },
  {
    rule: 'a watch is resumed after the last event',
    file: 'reflector.ts',
    from: "this.#store.upsert(event.row);\n          this.#plan = { do: 'watch', version: event.row.resourceVersion };",
    to: 'this.#store.upsert(event.row);',
  },
  {
    rule: 'a bookmark is no event to come later',
    file: 'reflector.ts',
    from: "this.#plan = { do: 'watch', version: event.resourceVersion };",
    to: "this.#plan = { do: 'watch', version: String(Number(event.resourceVersion) + 1) };",
  },
  {
    rule: 'a line that cannot be read is not skipped',
    file: 'watch-once.ts',
    from: 'if (unparsable > 0) {',
    to: 'if (unparsable > 1_000_000) {',
  },
  {
    rule: 'an expired version is listed anew',
    file: 'reflector.ts',
    from: "case 'expired':\n",
    to: "case 'expired':\n        if (end.error.message !== '') return this.#failed(end.error);\n",
  },
  {
    rule: 'a watch begins where its list ended',
    file: 'reflector.ts',
    from: "this.#plan = { do: 'watch', version };",
    to: "this.#plan = { do: 'watch', version: String(Number(version) + 1) };",
  },
  {
    rule: 'a list is all of its pages',
    file: 'list-pages.ts',
    from: 'if (page.continueToken === undefined) return;',
    to: 'return;',
  },
  {
    rule: 'silence ends a watch',
    file: 'silence-timer.ts',
    from: 'else if (now - lastHeard >= limitMs) options.onSilent();',
    to: '',
  },
  {
    rule: 'what has failed is not called live',
    file: 'reflector.ts',
    from: 'if (this.#listedOnce || this.#store.rows.size > 0) this.#stale(error, retryAt);\n    else',
    to: 'if (!this.#listedOnce && this.#store.rows.size === 0)',
  },
  {
    rule: 'a watch is asked for again after it failed',
    file: 'reflector.ts',
    from: "case 'failed':\n        return this.#failed(end.error);",
    to: "case 'failed':\n        this.#failed(end.error);\n        return 24 * 3_600_000;",
  },
  {
    rule: 'waiting grows to half a minute and no further',
    file: 'backoff.ts',
    from: 'Math.min(maxMs, initialMs * 2 ** failures)',
    to: 'initialMs * 2 ** (failures * 4)',
  },
  {
    rule: 'the end of a watch ends its timer',
    file: 'watch-once.ts',
    from: '    silence.stop();\n',
    to: '',
  },
  {
    rule: 'a stopped reflector ends its watch',
    file: 'reflector.ts',
    from: 'signal: AbortSignal.any([this.#stopping.signal, this.#attempt.signal]),',
    to: 'signal: this.#attempt.signal,',
  },
  {
    rule: 'a line is whole before it is read',
    file: 'watch-lines.ts',
    from: 'const block = pending.length === 0 ? head : joinBytes([...pending, head]);',
    to: 'const block = head;',
  },
];

/** Writes the reflector's modules with one of them changed, and loads them. */
export async function loadMutant({ rule, file, from, to }: Mutant): Promise<MakeReflector> {
  const folder = join(FOLDER, `${process.pid}-${rule.replaceAll(/\W+/g, '-')}`);
  await mkdir(folder, { recursive: true });
  for (const name of FILES) {
    const source = await readFile(join(SOURCE, name), 'utf8');
    const isHere = name === file;
    if (isHere && source.split(from).length !== 2) throw new Error(`${file} has no place, or several, for: ${rule}`);
    await writeFile(join(folder, name), withOwnImports(isHere ? source.replace(from, to) : source));
  }
  const module: unknown = await import(join(folder, 'reflector.ts'));
  // The module is the reflector's own, but for one edit.
  return (module as { readonly createReflector: MakeReflector }).createReflector;
}

export async function removeMutants(): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
}

/** Modules of the set import each other; what they import else is the application's, by its own path. */
function withOwnImports(source: string): string {
  return source.replaceAll(/(from ')(\.[^']+)'/g, (whole, lead: string, target: string) => {
    const path = resolve(SOURCE, target);
    const isOfSet = dirname(path) === SOURCE && FILES.some((name) => path.endsWith(`/${name}`));
    return isOfSet ? whole : `${lead}${path}'`;
  });
}
