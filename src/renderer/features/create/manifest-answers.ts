import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import { type ReadForm, snapshotOf } from '../../../shared/form/form-snapshot.ts';
import { ruleProblems } from '../../../shared/form/form-rules.ts';
import { type OpenedForm, openForm } from '../../../shared/form/open-form.ts';
import { daemonSetFinding } from '../../../shared/manifest/daemonset-kind.ts';
import { pathFinder } from '../../../shared/manifest/line-of-path.ts';
import type { TextPosition } from '../../../shared/manifest/manifest-finding.ts';
import { isEmptyDocument } from '../../../shared/manifest/manifest-text.ts';
import { readManifest } from '../../../shared/manifest/read-manifest.ts';

/** What is asked about a text. */
export type ManifestQuestion =
  | { readonly ask: 'check'; readonly text: string }
  | { readonly ask: 'open'; readonly text: string }
  | { readonly ask: 'place'; readonly text: string; readonly paths: readonly string[] };

export interface ManifestAnswer {
  /** Why it cannot be sent; none when it is one DaemonSet. */
  readonly check: readonly ErrorCause[];
  readonly open: ReadForm;
  /** Of each field path. */
  readonly place: readonly (TextPosition | undefined)[];
}

/** Answers about texts, and parses one that several questions are about once. */
export class ManifestAnswers {
  readonly #opened = lastOf(openForm);
  readonly #finder = lastOf(pathFinder);

  answer(question: ManifestQuestion): ManifestAnswer[ManifestQuestion['ask']] {
    const { ask, text } = question;
    if (ask === 'check') return this.check(text);
    return ask === 'open' ? this.open(text) : this.place(text, question.paths);
  }

  check(text: string): ManifestAnswer['check'] {
    if (isOneDaemonSet(this.#opened(text))) return [];
    const read = readManifest(text);
    return read.ok ? [] : (read.error.causes ?? []);
  }

  open(text: string): ManifestAnswer['open'] {
    const opened = this.#opened(text);
    if (!opened.ok) return opened;
    return { ok: true, snapshot: snapshotOf(opened.form), problems: ruleProblems(opened.form.manifest) };
  }

  place(text: string, paths: readonly string[]): ManifestAnswer['place'] {
    const find = this.#finder(text);
    return paths.map((path) => find(path));
  }
}

function isOneDaemonSet(opened: OpenedForm): boolean {
  if (!opened.ok) return false;
  const { parsed, document } = opened.form.source();
  const { content, tree } = document;
  if (!content.readable || daemonSetFinding(content.value, tree.contents)) return false;
  return parsed.documents.every((each) => each === document || (each.content.readable && isEmptyDocument(each)));
}

function lastOf<T>(read: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, value: read(text) };
    return last.value;
  };
}
