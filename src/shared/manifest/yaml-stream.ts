import { Composer, CST, Lexer, Parser } from 'yaml';
import type { Document, ParsedNode } from 'yaml';
import { DIALECT } from './dialect.ts';
import { ManifestFinding } from './manifest-finding.ts';
import type { ReadLimits } from './node-reader.ts';
import { beyondValueLimit } from './value-bound.ts';

export type ParsedDocument = Document.Parsed<ParsedNode>;

/** A text as its documents, with what the library's tree loses. */
export interface YamlStream {
  /** At least one: a text without any document counts as one that is empty. */
  readonly documents: readonly ParsedDocument[];
  /** Offset of every comment's `#`, in order, and its source up to the line's end. */
  readonly comments: ReadonlyMap<number, string>;
  /** Offsets of the `...` lines. */
  readonly documentEnds: readonly number[];
  /** What the library reads and the API server does not, or otherwise; in order. */
  readonly findings: readonly ManifestFinding[];
}

/**
 * Parses a text in the API server's dialect. What is beyond a limit stops it on the way, before anything is built of
 * it: the library composes by recursion, and a megabyte of brackets, dashes or aliases would keep it busy for seconds.
 *
 * @throws ManifestFinding at the first thing beyond a limit
 */
export function parseYamlStream(text: string, limits: ReadLimits): YamlStream {
  const beyond = beyondValueLimit(text, limits);
  if (beyond !== undefined) throw tooMany(limits.nodes, 'values', beyond);
  const parser = new Parser();
  const composer = new Composer({ ...DIALECT, keepSourceTokens: true });
  const gate = new StreamGate(limits);
  const documents: ParsedDocument[] = [];
  // The library takes a dash behind a byte order mark for one within a line.
  parser.offset = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  for (const lexeme of new Lexer().lex(text.slice(parser.offset))) {
    gate.pass(lexeme, parser.offset);
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    if (parser.stack.length > limits.depth + STACK_BEYOND_DEPTH) throw gate.tooDeep(parser.offset);
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(documents.length === 0, text.length));
  const { comments, documentEnds, findings } = gate;
  return { documents, comments, documentEnds, findings };
}

/** A map and its first key can have two each; the library needs quadratic time for many. */
const MAX_PROPS = 8;
/** Closing brackets and commas too many that are reported one by one. */
const MAX_STRAY = 50;

const BYTE_ORDER_MARK = '\ufeff';

/** The parser's stack also holds the document and the scalar that is being read. */
const STACK_BEYOND_DEPTH = 2;

/** Lexemes that stand for no text. */
const MARKS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

/** Counts what goes by, lexeme by lexeme. */
class StreamGate {
  readonly comments = new Map<number, string>();
  readonly documentEnds: number[] = [];
  readonly findings: ManifestFinding[] = [];
  readonly #limits: ReadLimits;
  #flowDepth = 0;
  #aliases = 0;
  #nodes = 0;
  /** Tags and anchors since the last value. */
  #props = 0;
  /** Commas since the last value. */
  #empties = 0;
  #isScalar = false;
  /** Where a plain scalar in brackets ended, and where a colon stands directly behind one. */
  #plainEnd = -1;
  #colonAt = -1;
  /** What the line has so far, blanks left out. */
  #before: 'nothing' | 'indicator' | 'something' = 'nothing';

  constructor(limits: ReadLimits) {
    this.#limits = limits;
  }

  pass(lexeme: string, offset: number): void {
    if (this.#isScalar) {
      this.#isScalar = false;
      this.#node(offset);
      if (this.#flowDepth > 0) this.#plainInBrackets(lexeme, offset);
      this.#plainEnd = offset + lexeme.length;
      this.#before = lexeme.endsWith('\n') ? 'nothing' : 'something';
      return;
    }
    this.#line(lexeme, offset);
    this.#colon(lexeme, offset);
    switch (lexeme.charAt(0)) {
      case CST.SCALAR:
        this.#isScalar = true;
        return;
      case '#':
        this.comments.set(offset, lexeme);
        return;
      case '[':
      case '{':
        this.#flowDepth += 1;
        if (this.#flowDepth > this.#limits.depth) throw this.tooDeep(offset);
        this.#node(offset);
        return;
      case ']':
      case '}':
        this.#flowDepth -= 1;
        if (this.#flowDepth < -MAX_STRAY) throw new ManifestFinding(`a ${lexeme} without its opening bracket`, offset);
        return;
      case ',':
        this.#empties += 1;
        if (this.#empties > MAX_STRAY) throw new ManifestFinding('a comma without a value before it', offset);
        return;
      case '&':
      case '!':
        this.#props += 1;
        if (this.#props > MAX_PROPS) throw tooMany(MAX_PROPS, 'tags and anchors in a row', offset);
        return;
      case '"':
      case "'":
        this.#node(offset);
        return;
      case '*':
        this.#alias(offset);
        return;
      default:
        this.#mark(lexeme, offset);
    }
  }

  /**
   * A tab at a line's start or behind a dash is no blank for Go's reader (yaml_parser_scan_to_next_token in scannerc.go
   * of go.yaml.in/yaml/v2: tabs are passed where no simple key can start).
   */
  #line(lexeme: string, offset: number): void {
    const first = lexeme.charAt(0);
    if (first === '\n' || first === '\r') {
      this.#before = 'nothing';
    } else if (first === ' ' || first === '\t') {
      const tab = this.#before === 'something' || this.#flowDepth > 0 ? -1 : lexeme.indexOf('\t');
      if (tab === -1) return;
      this.findings.push(new ManifestFinding('the API server does not take a tab here; use blanks', offset + tab));
    } else if (!MARKS.has(lexeme)) {
      const isIndicator = lexeme === '-' || lexeme === '?' || (lexeme === ':' && this.#before === 'nothing');
      this.#before = isIndicator ? 'indicator' : 'something';
    }
  }

  /** `{a:, b: 1}`: libyaml's scanner, which Go's is, ends a plain scalar at a colon only where a blank follows, also in brackets. */
  #colon(lexeme: string, offset: number): void {
    if (lexeme === ':' && this.#flowDepth > 0 && offset === this.#plainEnd) this.#colonAt = offset;
    else if (/^[,\]}]/.test(lexeme) && this.#colonAt === offset - 1 && offset > 0) {
      const message = 'put a blank behind this colon: in brackets the API server takes it for a part of the key';
      this.findings.push(new ManifestFinding(message, offset - 1));
    }
  }

  /** Go's reader ends a plain scalar in brackets at any `?`, and starts none with a colon (yaml_parser_scan_plain_scalar). */
  #plainInBrackets(scalar: string, offset: number): void {
    const at = scalar.startsWith(':') ? 0 : scalar.indexOf('?');
    if (at === -1) return;
    const message = `quote this: the API server reads ${scalar.charAt(at)} in brackets in another way`;
    this.findings.push(new ManifestFinding(message, offset + at));
  }

  tooDeep(offset: number): ManifestFinding {
    return new ManifestFinding(`nested deeper than ${this.#limits.depth} levels`, offset);
  }

  #mark(lexeme: string, offset: number): void {
    if (lexeme === '...') this.documentEnds.push(offset);
    if (lexeme === CST.FLOW_END) this.#flowDepth = 0;
    if (lexeme !== CST.DOCUMENT && lexeme !== '---') return;
    this.#flowDepth = 0;
    this.#aliases = 0;
    this.#nodes = 0;
  }

  #node(offset: number): void {
    this.#nodes += 1;
    this.#props = 0;
    this.#empties = 0;
    if (this.#nodes > this.#limits.nodes) throw tooMany(this.#limits.nodes, 'values', offset);
  }

  #alias(offset: number): void {
    this.#aliases += 1;
    if (this.#aliases > this.#limits.aliases) throw tooMany(this.#limits.aliases, 'aliases', offset);
    this.#node(offset);
  }
}

function tooMany(limit: number, what: string, offset: number): ManifestFinding {
  return new ManifestFinding(`more than ${limit.toLocaleString('en')} ${what}`, offset);
}
