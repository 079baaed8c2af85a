import { CST, Lexer } from 'yaml';
import { ManifestFinding } from './manifest-finding.ts';

/**
 * Refuses brackets nested deeper than the limit before anything is built: the library composes by recursion, and a
 * megabyte of open brackets would keep it busy for seconds.
 */
export function refuseDeepFlow(text: string, limitDepth: number): void {
  let depth = 0;
  let offset = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (isScalar) isScalar = false;
    else if (lexeme === CST.SCALAR) isScalar = true;
    else if (lexeme === '[' || lexeme === '{') depth += 1;
    else if (lexeme === ']' || lexeme === '}') depth -= 1;
    if (depth > limitDepth) throw new ManifestFinding(`nested deeper than ${limitDepth} levels`, offset);
    if (!MARKS.has(lexeme)) offset += lexeme.length;
  }
}

/** Lexemes that stand for no text. */
const MARKS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);
