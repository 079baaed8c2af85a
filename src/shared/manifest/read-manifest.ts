import type { AppErrorData, ErrorCause } from '../errors/app-error.ts';
import { daemonSetFinding } from './daemonset-kind.ts';
import { isJsonObject } from './json-value.ts';
import type { JsonObject } from './json-value.ts';
import { causeAt, ManifestFinding } from './manifest-finding.ts';
import type { TextLines } from './manifest-finding.ts';
import { isEmptyDocument, MANIFEST_LIMIT_BYTES, openManifest } from './manifest-text.ts';
import type { ManifestDocument } from './manifest-text.ts';

/** More findings of the parser than these help nobody. */
const MAX_CAUSES = 50;

export type ReadManifest =
  | { readonly ok: true; readonly manifest: JsonObject }
  /** Reason ManifestSyntax; every cause has a line. */
  | { readonly ok: false; readonly error: AppErrorData };

/** Reads the one DaemonSet of a YAML or JSON text, as the API server would. `limitBytes` counts UTF-8 bytes. */
export function readManifest(
  text: string,
  { limitBytes = MANIFEST_LIMIT_BYTES }: { readonly limitBytes?: number } = {},
): ReadManifest {
  const opened = openManifest(text, limitBytes);
  if (!opened.ok) return refused([opened.finding], opened.lines);
  const { documents, source } = opened.manifest;
  const only = onlyDocument(documents, source.lines);
  if (Array.isArray(only)) return refused(only, source.lines);
  return daemonSetOf(only, source.lines);
}

function daemonSetOf({ content, tree }: ManifestDocument, lines: TextLines): ReadManifest {
  if (!content.readable) return refused(content.findings, lines);
  const finding = daemonSetFinding(content.value, tree.contents);
  if (finding) return refused([finding], lines);
  if (!isJsonObject(content.value)) return refused([new ManifestFinding('this is not a DaemonSet', 0)], lines);
  return { ok: true, manifest: content.value };
}

/** What does not parse is said of all documents together. */
function onlyDocument(documents: readonly ManifestDocument[], lines: TextLines): ManifestDocument | ManifestFinding[] {
  const broken = documents.filter(({ tree }) => tree.errors.length + tree.warnings.length > 0);
  if (broken.length > 0) {
    return broken.flatMap(({ content }) => (content.readable ? [] : content.findings)).slice(0, MAX_CAUSES);
  }
  const [first, second, ...others] = documents.filter((document) => !isEmptyDocument(document));
  if (!first) return [new ManifestFinding('the text is empty: no DaemonSet in it', 0)];
  if (!second) return first;
  const { line } = lines.positionOf(contentOffset(second));
  const count = others.length + 2;
  const message = `${count} documents, and one DaemonSet is created at a time: the second begins at line ${line}`;
  return [new ManifestFinding(message, contentOffset(second))];
}

function contentOffset({ tree }: ManifestDocument): number {
  return tree.contents?.range[0] ?? tree.range[0];
}

function refused(findings: readonly ManifestFinding[], lines: TextLines): ReadManifest {
  const causes: readonly ErrorCause[] = findings.map((each) => causeAt(each.message, lines.positionOf(each.offset)));
  const [first] = causes;
  const more = causes.length > 1 ? ` (and ${causes.length - 1} more)` : '';
  const message = `Line ${first?.line ?? 1}: ${first?.message ?? 'this cannot be read'}${more}.`;
  return { ok: false, error: { reason: 'ManifestSyntax', message, causes } };
}
