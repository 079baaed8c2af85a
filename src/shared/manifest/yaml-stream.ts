import { Composer, CST, Lexer, Parser } from 'yaml';
import type { Document, ParsedNode } from 'yaml';
import { DIALECT } from './dialect.ts';
import { ManifestFinding } from './manifest-finding.ts';
import type { ReadLimits } from './node-reader.ts';

export type ParsedDocument = Document.Parsed<ParsedNode>;

/** A text as its documents, with what the library's tree loses. */
export interface YamlStream {
  /** At least one: a text without any document counts as one that is empty. */
  readonly documents: readonly ParsedDocument[];
  /** Offset of every comment's `#`, in order, and its source up to the line's end. */
  readonly comments: ReadonlyMap<number, string>;
  /** Offsets of the `...` lines. */
  readonly documentEnds: readonly number[];
}

/**
 * Parses a text in the API server's dialect. What is beyond a limit stops it on the way, before anything is built of
 * it: the library composes by recursion, and a megabyte of brackets, dashes or aliases would keep it busy for seconds.
 *
 * @throws ManifestFinding at the first thing beyond a limit
 */
export function parseYamlStream(text: string, limits: ReadLimits): YamlStream {
  const parser = new Parser();
  const composer = new Composer({ ...DIALECT, keepSourceTokens: true });
  const gate = new StreamGate(limits);
  const documents: ParsedDocument[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    gate.pass(lexeme, parser.offset);
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    if (parser.stack.length > limits.depth + STACK_BEYOND_DEPTH) throw gate.tooDeep(parser.offset);
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(documents.length === 0, text.length));
  return { documents, comments: gate.comments, documentEnds: gate.documentEnds };
}

/** The parser's stack also holds the document and the scalar that is being read. */
const STACK_BEYOND_DEPTH = 2;

/** Counts what goes by, lexeme by lexeme. */
class StreamGate {
  readonly comments = new Map<number, string>();
  readonly documentEnds: number[] = [];
  readonly #limits: ReadLimits;
  #flowDepth = 0;
  #aliases = 0;
  #nodes = 0;
  #isScalar = false;

  constructor(limits: ReadLimits) {
    this.#limits = limits;
  }

  pass(lexeme: string, offset: number): void {
    if (this.#isScalar) {
      this.#isScalar = false;
      this.#node(offset);
      return;
    }
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
