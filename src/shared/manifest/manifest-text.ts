import { refuseForbiddenCharacter } from './forbidden-character.ts';
import type { JsonValue } from './json-value.ts';
import { ManifestFinding, TextLines } from './manifest-finding.ts';
import { NodeReader } from './node-reader.ts';
import type { ReadLimits } from './node-reader.ts';
import { parseYamlStream } from './yaml-stream.ts';
import type { ParsedDocument } from './yaml-stream.ts';

export const MANIFEST_LIMIT_BYTES = 3_000_000;

const READ_LIMITS: ReadLimits = { aliases: 100, depth: 100, nodes: 200_000 };

/** No manifest has as many; the library would take seconds to find nothing in them. */
const LINE_LIMIT = 200_000;
const DOCUMENT_LIMIT = 1_000;

/** A text with what is known of its lines and comments. */
export interface SourceText {
  readonly text: string;
  readonly lines: TextLines;
  /** Offset of every comment's `#`, and its source up to the line's end. */
  readonly comments: ReadonlyMap<number, string>;
  /** Offsets of the `...` lines. */
  readonly documentEnds: readonly number[];
}

/** One document of a text: its tree, and the value that the API server reads from it. */
export interface ManifestDocument {
  /** Among all documents of the text, empty ones too. */
  readonly index: number;
  readonly source: SourceText;
  readonly tree: ParsedDocument;
  readonly content: DocumentContent;
  /** Start of the line that ends it: `...`, the next document's `---`, or the text's end. */
  readonly endsAt: number;
}

export type DocumentContent =
  | { readonly readable: true; readonly value: JsonValue }
  | { readonly readable: false; readonly findings: readonly ManifestFinding[] };

export interface ManifestText {
  readonly source: SourceText;
  /** At least one. */
  readonly documents: readonly ManifestDocument[];
}

export type OpenedManifest =
  | { readonly ok: true; readonly manifest: ManifestText }
  /** The text as a whole is beyond a limit, or holds a character that is not allowed; the lines are those up to it. */
  | { readonly ok: false; readonly finding: ManifestFinding; readonly lines: TextLines };

/** Parses a text once, for reading fields and for edits. A document that cannot be read keeps no other from it. */
export function openManifest(text: string, limitBytes = MANIFEST_LIMIT_BYTES): OpenedManifest {
  try {
    refuseSize(text, limitBytes);
    refuseCount(text, '\n', LINE_LIMIT, 'lines');
    refuseCount(text, '\n---', DOCUMENT_LIMIT, 'documents');
    refuseCount(text, '\n...', DOCUMENT_LIMIT, 'documents');
    refuseForbiddenCharacter(text);
    const { documents, comments, documentEnds, findings } = parseYamlStream(text, READ_LIMITS);
    const source: SourceText = { text, lines: new TextLines(text), comments, documentEnds };
    const opened = documents.map((tree, index) => {
      const endsAt = endOf(source, tree, documents[index + 1]);
      const own = findings.filter(({ offset }) => offset >= tree.range[0] && offset < endsAt);
      return { index, source, tree, endsAt, content: contentOf(tree, text, own) };
    });
    return { ok: true, manifest: { source, documents: opened } };
  } catch (error) {
    if (!(error instanceof ManifestFinding)) throw error;
    return { ok: false, finding: error, lines: new TextLines(text.slice(0, error.offset + 1)) };
  }
}

/** Whether a document holds nothing, or comments only. */
export function isEmptyDocument({ tree }: ManifestDocument): boolean {
  const { contents } = tree;
  return contents === null || (contents.range[0] === contents.range[1] && contents.tag === undefined);
}

function endOf(source: SourceText, tree: ParsedDocument, next: ParsedDocument | undefined): number {
  const end = next?.range[0] ?? source.text.length;
  return source.documentEnds.find((offset) => offset >= tree.range[0] && offset < end) ?? end;
}

function contentOf(tree: ParsedDocument, text: string, own: readonly ManifestFinding[]): DocumentContent {
  const ofParser = [...tree.errors, ...tree.warnings].map(
    (each) => new ManifestFinding(wordedFinding(each.message), each.pos[0]),
  );
  const findings = [...ofParser, ...own];
  if (findings.length > 0) return { readable: false, findings };
  try {
    const value = new NodeReader(READ_LIMITS, text).read(tree.contents);
    refuseDirective(tree);
    return { readable: true, value };
  } catch (error) {
    if (error instanceof ManifestFinding) return { readable: false, findings: [error] };
    throw error;
  }
}

/** Bytes of the text in UTF-8. */
function manifestBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

function refuseSize(text: string, limitBytes: number): void {
  if (text.length <= limitBytes / 3) return;
  // Every UTF-16 unit takes a byte or more: a huge text is not encoded to be counted.
  const bytes = text.length > limitBytes ? text.length : manifestBytes(text);
  if (bytes <= limitBytes) return;
  const [size, limit] = [bytes, limitBytes].map((value) => (value / 1e6).toFixed(1));
  throw new ManifestFinding(`the text has ${size} MB, and the API server takes at most ${limit} MB`, 0);
}

function refuseCount(text: string, mark: string, limit: number, what: string): void {
  let count = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) {
    count += 1;
    if (count > limit) throw new ManifestFinding(`more than ${limit.toLocaleString('en')} ${what}`, at);
  }
}

/** Collections of some thousand levels end the library's stack, which it reports as a finding like any other. */
function wordedFinding(message: string): string {
  return /call stack|too much recursion/i.test(message) ? `nested deeper than ${READ_LIMITS.depth} levels` : message;
}

function refuseDirective(tree: ParsedDocument): void {
  const { explicit, version } = tree.directives.yaml;
  if (explicit && version !== '1.1') {
    throw new ManifestFinding(`the API server refuses the directive %YAML ${version}`, 0);
  }
}
