import { parseAllDocuments } from 'yaml';
import type { Document, ParsedNode } from 'yaml';
import type { AppErrorData, ErrorCause } from '../errors/app-error.ts';
import { daemonSetFinding } from './daemonset-kind.ts';
import { DIALECT } from './dialect.ts';
import { refuseDeepFlow } from './flow-depth.ts';
import { refuseForbiddenCharacter } from './forbidden-character.ts';
import { isJsonObject } from './json-value.ts';
import type { JsonObject } from './json-value.ts';
import { causeAt, ManifestFinding, TextLines } from './manifest-finding.ts';
import { NodeReader } from './node-reader.ts';
import type { ReadLimits } from './node-reader.ts';

export const MANIFEST_LIMIT_BYTES = 3_000_000;

const READ_LIMITS: ReadLimits = { aliases: 100, depth: 100, nodes: 200_000 };
/** More findings of the parser than these help nobody. */
const MAX_CAUSES = 50;

export type ReadManifest =
  | { readonly ok: true; readonly manifest: JsonObject }
  /** Reason ManifestSyntax; every cause has a line. */
  | { readonly ok: false; readonly error: AppErrorData };

type ParsedDocument = Document.Parsed<ParsedNode>;

/** Reads the one DaemonSet of a YAML or JSON text, as the API server would. `limitBytes` counts UTF-8 bytes. */
export function readManifest(
  text: string,
  { limitBytes = MANIFEST_LIMIT_BYTES }: { readonly limitBytes?: number } = {},
): ReadManifest {
  const lines = new TextLines(text);
  try {
    refuseSize(text, limitBytes);
    refuseForbiddenCharacter(text);
    refuseDeepFlow(text, READ_LIMITS.depth);
    const document = onlyDocument(text, lines);
    if ('causes' in document) return refused(document.causes);
    const manifest = new NodeReader(READ_LIMITS, text).read(document.parsed.contents);
    const finding = daemonSetFinding(manifest, document.parsed.contents);
    if (finding) throw finding;
    if (!isJsonObject(manifest)) throw new ManifestFinding('this is not a DaemonSet', 0);
    return { ok: true, manifest };
  } catch (error) {
    if (error instanceof ManifestFinding) return refused([causeAt(error.message, lines.positionOf(error.offset))]);
    throw error;
  }
}

/** Bytes of the text in UTF-8. */
export function manifestBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

function refuseSize(text: string, limitBytes: number): void {
  if (text.length <= limitBytes / 3) return;
  const bytes = manifestBytes(text);
  if (bytes <= limitBytes) return;
  const [size, limit] = [bytes, limitBytes].map((value) => (value / 1e6).toFixed(1));
  throw new ManifestFinding(`the text has ${size} MB, and the API server takes at most ${limit} MB`, 0);
}

type OnlyDocument = { readonly parsed: ParsedDocument } | { readonly causes: readonly ErrorCause[] };

function onlyDocument(text: string, lines: TextLines): OnlyDocument {
  const documents = parse(text);
  const findings = documents.flatMap((document) => [...document.errors, ...document.warnings]);
  if (findings.length > 0) {
    const causes = findings
      .slice(0, MAX_CAUSES)
      .map((each) => causeAt(wordedFinding(each.message), lines.positionOf(each.pos[0])));
    return { causes };
  }
  const filled = documents.filter((document) => !isEmpty(document));
  const [first, second] = filled;
  if (!first) throw new ManifestFinding('the text is empty: no DaemonSet in it', 0);
  if (second) {
    const { line } = lines.positionOf(contentOffset(second));
    throw new ManifestFinding(
      `${filled.length} documents, and one DaemonSet is created at a time: the second begins at line ${line}`,
      contentOffset(second),
    );
  }
  refuseDirective(first);
  return { parsed: first };
}

function parse(text: string): readonly ParsedDocument[] {
  const documents = parseAllDocuments(text, DIALECT);
  return 'empty' in documents ? [] : documents;
}

/** Block collections of some thousand levels end the library's stack, which it reports as a finding like any other. */
function wordedFinding(message: string): string {
  return /call stack|too much recursion/i.test(message) ? `nested deeper than ${READ_LIMITS.depth} levels` : message;
}

function isEmpty(document: ParsedDocument): boolean {
  const { contents } = document;
  return contents === null || (contents.range[0] === contents.range[1] && contents.tag === undefined);
}

function contentOffset(document: ParsedDocument): number {
  return document.contents?.range[0] ?? document.range[0];
}

function refuseDirective(document: ParsedDocument): void {
  const { explicit, version } = document.directives.yaml;
  if (explicit && version !== '1.1') {
    throw new ManifestFinding(`the API server refuses the directive %YAML ${version}`, 0);
  }
}

function refused(causes: readonly ErrorCause[]): ReadManifest {
  const [first] = causes;
  const more = causes.length > 1 ? ` (and ${causes.length - 1} more)` : '';
  const message = `Line ${first?.line ?? 1}: ${first?.message ?? 'this cannot be read'}${more}.`;
  return { ok: false, error: { reason: 'ManifestSyntax', message, causes } };
}
