import { isJsonObject } from '../manifest/json-value.ts';
import { editManifest } from '../manifest/edit-manifest.ts';
import type { ManifestEdit, ManifestProblem, TextEdit } from '../manifest/manifest-edit.ts';
import { type ManifestDocument, type ManifestText, openManifest } from '../manifest/manifest-text.ts';
import { readField } from '../manifest/read-field.ts';
import type { FormDocument } from './form-document.ts';

/** The one DaemonSet of a text, as the form looks at it. Immutable: an edit answers another one. */
export interface OpenForm extends FormDocument {
  readonly text: string;
  /** What edits are made of. */
  readonly source: () => FormSource;
}

/** A parsed text, and which of its documents is the form's. */
export interface FormSource {
  readonly parsed: ManifestText;
  readonly document: ManifestDocument;
}

/** Why a text cannot be shown as a form: it is edited as YAML until it can. */
export interface FormRefusal {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

export type OpenedForm =
  | { readonly ok: true; readonly form: OpenForm }
  | { readonly ok: false; readonly refusal: FormRefusal };

/** Opens the first DaemonSet of a text; other documents are left as they are. */
export function openForm(text: string): OpenedForm {
  const opened = openManifest(text);
  if (!opened.ok) {
    const { finding, lines } = opened;
    return { ok: false, refusal: { line: lines.positionOf(finding.offset).line, message: finding.message } };
  }
  return formOf(opened.manifest);
}

function formOf(parsed: ManifestText): OpenedForm {
  const found = parsed.documents.find(isDaemonSet);
  if (found?.content.readable && isJsonObject(found.content.value)) {
    const manifest = found.content.value;
    const read: FormDocument['read'] = (path) => readField(found, path);
    const source = { parsed, document: found };
    return { ok: true, form: { text: parsed.source.text, source: () => source, manifest, read } };
  }
  return { ok: false, refusal: refusalOf(parsed) };
}

function isDaemonSet({ content }: ManifestDocument): boolean {
  return content.readable && isJsonObject(content.value) && content.value['kind'] === 'DaemonSet';
}

function refusalOf(parsed: ManifestText): FormRefusal {
  for (const { content } of parsed.documents) {
    const [finding] = content.readable ? [] : content.findings;
    if (finding) return { line: parsed.source.lines.positionOf(finding.offset).line, message: finding.message };
  }
  return { line: 1, message: 'there is no DaemonSet in this text' };
}

export type EditedForm =
  | { readonly ok: true; readonly form: OpenForm; readonly textEdits: readonly TextEdit[] }
  | { readonly ok: false; readonly problem: ManifestProblem };

/** Applies edits, all or none. The problem says why nothing was changed. */
export function editForm(form: OpenForm, edits: readonly ManifestEdit[]): EditedForm {
  if (edits.length === 0) return { ok: true, form, textEdits: [] };
  const { parsed, document } = form.source();
  const edited = editManifest(parsed, document.index, edits);
  if (!edited.ok) return edited;
  const next = formOf(edited.manifest);
  if (next.ok) return { ok: true, form: next.form, textEdits: edited.textEdits };
  const { line, message } = next.refusal;
  return { ok: false, problem: { reason: 'NotVerified', path: [], line, message } };
}
