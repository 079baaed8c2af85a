import { assertNever } from '../errors/assert-never.ts';
import { editsFor } from './edits-for.ts';
import { isJsonList } from './json-value.ts';
import type { JsonValue } from './json-value.ts';
import { locate, PathProblem } from './locate.ts';
import type { Located } from './locate.ts';
import type {
  InsertEdit,
  ManifestEdit,
  ManifestProblem,
  SetEdit,
  TextEdit,
  TransferEdit,
  WriteStyle,
} from './manifest-edit.ts';
import type { EditPlan } from './edit-plan.ts';
import { formatManifestPath } from './manifest-path.ts';
import type { ManifestPath } from './manifest-path.ts';
import { openManifest } from './manifest-text.ts';
import type { ManifestDocument, ManifestText } from './manifest-text.ts';
import { createAt, insertAt, moveAt, removeAt, renameAt, replaceAt } from './primitive-edit.ts';
import type { PrimitiveEdit } from './primitive-edit.ts';
import { refuseSharedAnchors } from './shared-anchors.ts';
import { planTermination } from './terminate.ts';
import { applyTextEdits, EditHistory, sortedEdits } from './text-edit.ts';
import { valueAt } from './value-edit.ts';
import { isInBrackets, refuseCommentLoss, refuseExpansion, transferAt, transferOf } from './transfer.ts';
import { verifyEdit } from './verify-edit.ts';
import { writeContextOf } from './write-context.ts';
import { NotWritable } from './yaml-scalar.ts';

export type EditedManifest =
  | {
      readonly ok: true;
      readonly text: string;
      /** From the old text to the new one. */
      readonly textEdits: readonly TextEdit[];
      /** From the new text to the old one, byte for byte. */
      readonly inverse: readonly TextEdit[];
      /** The new text, already parsed: the next edit takes it. */
      readonly manifest: ManifestText;
    }
  | { readonly ok: false; readonly problem: ManifestProblem };

/** `editManifest` for a text that is not parsed yet. */
export function applyManifestEdits(
  text: string,
  documentIndex: number,
  edits: readonly ManifestEdit[],
): EditedManifest {
  const opened = openManifest(text);
  if (opened.ok) return editManifest(opened.manifest, documentIndex, edits);
  const { line } = opened.lines.positionOf(opened.finding.offset);
  return { ok: false, problem: { reason: 'Unreadable', path: [], line, message: opened.finding.message } };
}

/**
 * Does edits one after the other, all or none: a later path is about the document that the earlier ones led to. Each
 * one is read again before the next (`verifyEdit`), which costs a parse. Nothing is printed anew: what an edit does not
 * touch keeps every byte.
 */
export function editManifest(
  manifest: ManifestText,
  documentIndex: number,
  edits: readonly ManifestEdit[],
): EditedManifest {
  const session = new EditSession(manifest, documentIndex);
  for (const edit of edits) {
    const problem = session.attempt(edit);
    if (problem) return { ok: false, problem };
  }
  return session.result();
}

/** A map or list with more changes than these is written as a whole: each change costs a parse. */
const MAX_CHANGES = 100;

class EditSession {
  readonly #documentIndex: number;
  readonly #history: EditHistory;
  #manifest: ManifestText;

  constructor(manifest: ManifestText, documentIndex: number) {
    this.#manifest = manifest;
    this.#documentIndex = documentIndex;
    this.#history = new EditHistory(manifest.source.text);
  }

  result(): EditedManifest {
    return { ok: true, text: this.#manifest.source.text, manifest: this.#manifest, ...this.#history.edits() };
  }

  attempt(edit: ManifestEdit): ManifestProblem | undefined {
    try {
      this.#edit(edit);
      return undefined;
    } catch (error) {
      const isExpected = error instanceof PathProblem || error instanceof NotWritable;
      if (!isExpected) throw error;
      const [reason, offset] =
        error instanceof PathProblem ? [error.reason, error.offset] : ['NotWritable' as const, 0];
      const { line } = this.#manifest.source.lines.positionOf(offset);
      return { reason, path: edit.path, line, message: error.message };
    }
  }

  #document(): ManifestDocument {
    const document = this.#manifest.documents[this.#documentIndex];
    if (document) return document;
    throw new PathProblem('NoDocument', `the text has no document ${this.#documentIndex}`, 0);
  }

  #edit(edit: ManifestEdit): void {
    switch (edit.op) {
      case 'set':
        return this.#set(edit);
      case 'remove':
        return this.#remove(edit.path, edit.pruneEmpty ?? 0);
      case 'insert':
        return this.#insert(edit);
      case 'move':
        return this.#do(edit.path, (located) => moveAt(existing(located, edit.path), edit.to));
      case 'transfer':
        return this.#transfer(edit);
      case 'rename':
        return this.#do(edit.path, (located) => this.#rename(existing(located, edit.path), edit.to));
      default:
        return assertNever(edit);
    }
  }

  #set({ path, value, style }: SetEdit): void {
    const located = locate(this.#document(), path);
    if (located.missing.length > 0) return this.#do(path, (each) => createAt(each, value), style);
    const changes = editsFor(located.value, value, located.path);
    const [first] = changes;
    if (!first) return undefined;
    const isWhole = first.path.length === located.path.length && first.op === 'set';
    if (isWhole || changes.length > MAX_CHANGES) return this.#do(path, (each) => replaceAt(each, value), style);
    for (const change of changes) this.#edit(withStyle(change, style));
    return undefined;
  }

  #remove(path: ManifestPath, pruneEmpty: number): void {
    if (path.length === 0) throw new PathProblem('WrongKind', 'a document as a whole is not removed', 0);
    try {
      if (locate(this.#document(), path).missing.length > 0) return;
    } catch (error) {
      if (error instanceof PathProblem && error.reason === 'NotFound') return;
      throw error;
    }
    this.#do(path, (located) => removeAt(located, pruneEmpty));
  }

  #insert({ path, at, value, style }: InsertEdit): void {
    this.#do(
      path,
      (located) => {
        const { missing, value: list } = located;
        const length = missing.length === 0 && isJsonList(list) ? list.length : 0;
        const index = at === 'end' ? length : at;
        const offset = located.trail.at(-1)?.start ?? 0;
        if (!Number.isInteger(index) || index < 0 || index > length) {
          throw new PathProblem('NotFound', `the list has no place ${index} yet`, offset);
        }
        if (missing.length > 0) return createAt({ ...located, missing: [...missing, 0] }, value);
        if (list !== null && !isJsonList(list)) {
          throw new PathProblem('WrongKind', `${formatManifestPath(path)} is not a list`, offset);
        }
        return insertAt(located, index, value);
      },
      style,
    );
  }

  /** Holds the new place with a null, and then puts the item's lines there: the place is found like any other new one. */
  #transfer(edit: TransferEdit): void {
    const document = this.#document();
    const item = existing(locate(document, edit.path), edit.path);
    const { isWithin, index, from } = transferOf(item, locate(this.#document(), edit.into), edit.at);
    if (isWithin) return this.#do(edit.path, (located) => moveAt(located, index));
    refuseSharedAnchors(document, item.trail.at(-1));
    const refuseLoss = () => refuseCommentLoss({ document, context: writeContextOf(document), style: {} }, item);
    if (isInBrackets(item)) refuseLoss();
    this.#insert({ op: 'insert', path: edit.into, at: index, value: null });
    const to = [...locate(this.#document(), edit.into).path, index];
    if (this.#moveText(from, to, edit.pruneEmpty ?? 0)) return undefined;
    refuseExpansion(item);
    refuseLoss();
    this.#do(to, (place) => replaceAt(place, item.value));
    return this.#remove(from, edit.pruneEmpty ?? 0);
  }

  /** False where the item's text cannot stand in the other place. */
  #moveText(from: ManifestPath, to: ManifestPath, pruneEmpty: number): boolean {
    try {
      this.#do(from, (located) => transferAt(located, locate(this.#document(), to), pruneEmpty));
      return true;
    } catch (error) {
      if (error instanceof PathProblem && error.reason === 'NotVerified') return false;
      throw error;
    }
  }

  #rename(located: Located, to: string): PrimitiveEdit {
    const { content } = this.#document();
    const parent = content.readable ? valueAt(content.value, located.path.slice(0, -1)) : undefined;
    return renameAt(located, parent ?? null, to);
  }

  /** Plans and verifies; with lines at the end of a text that has no final line break, that is given first. */
  #do(path: ManifestPath, primitiveOf: (located: Located) => PrimitiveEdit, style: WriteStyle = {}): void {
    const document = this.#document();
    const primitive = primitiveOf(locate(document, path));
    const expected = primitive.apply(valueOf(document));
    let refusal = '';
    let tried: string | undefined;
    for (const noBlockScalars of [false, true]) {
      const context = { ...writeContextOf(document), noBlockScalars };
      const plan = primitive.plan({ document, context, style });
      if (this.#lacksLineBreak(plan)) {
        this.#terminate(document);
        return this.#do(path, primitiveOf, style);
      }
      const text = this.#applied(plan);
      if (text === tried) break;
      tried = text;
      const why = this.#commit(plan, expected);
      if (why === undefined) return undefined;
      refusal ||= why;
    }
    const where = path.length === 0 ? 'the document' : formatManifestPath(path);
    const offset = locate(document, path).trail.at(-1)?.start ?? 0;
    throw new PathProblem('NotVerified', `${where} cannot be edited here (${refusal}): edit it in YAML`, offset);
  }

  #terminate(document: ManifestDocument): void {
    const why = this.#commit(planTermination(this.#manifest), valueOf(document));
    if (why === undefined) return;
    throw new PathProblem('NotVerified', `nothing can be added behind the text's last line (${why})`, 0);
  }

  #lacksLineBreak({ edits, needsFinalLineBreak }: EditPlan): boolean {
    const { text } = this.#manifest.source;
    if (text === '' || text.endsWith('\n')) return false;
    if (needsFinalLineBreak === true) return true;
    return edits.some((edit) => edit.offset + edit.length === text.length && edit.text.includes('\n'));
  }

  #applied({ edits }: EditPlan): string {
    return applyTextEdits(this.#manifest.source.text, sortedEdits(edits));
  }

  /** Takes the edited text when it is verified, else says why not. */
  #commit(plan: EditPlan, expected: JsonValue): string | undefined {
    const verified = verifyEdit(this.#manifest, this.#documentIndex, plan, this.#applied(plan), expected);
    if (!verified.ok) return verified.why;
    this.#history.add(sortedEdits(plan.edits));
    this.#manifest = verified.manifest;
    return undefined;
  }
}

function withStyle(edit: ManifestEdit, style: WriteStyle | undefined): ManifestEdit {
  return style !== undefined && (edit.op === 'set' || edit.op === 'insert') ? { ...edit, style } : edit;
}

function existing(located: Located, path: ManifestPath): Located {
  if (located.missing.length === 0) return located;
  throw new PathProblem('NotFound', `there is no ${formatManifestPath(path)}`, located.trail.at(-1)?.start ?? 0);
}

function valueOf({ content }: ManifestDocument): JsonValue {
  return content.readable ? content.value : null;
}
