import { labelKeyProblems, labelValueProblems } from './label-syntax.ts';
import { type LabelRequirement, parseInt64 } from './label-requirement.ts';

type Token = { readonly kind: 'word' | 'symbol' | 'end' | 'error'; readonly text: string };

const SYMBOLS = ['==', '!=', ')', '(', ',', '=', '!', '>', '<'] as const;
const BINARY = 'in, notin, =, ==, !=, gt, lt';
const END: Token = { kind: 'end', text: '' };

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (/[ \t\r\n]/.test(char)) {
      at += 1;
      continue;
    }
    const symbol = SYMBOLS.find((candidate) => text.startsWith(candidate, at));
    const word = symbol ?? /^[^ \t\r\n=!(),><]+/.exec(text.slice(at))?.[0] ?? char;
    tokens.push({ kind: symbol === undefined ? 'word' : 'symbol', text: word });
    at += word.length;
  }
  return tokens;
}

class SelectorSyntaxError extends Error {}

function fail(message: string): never {
  throw new SelectorSyntaxError(message);
}

class RequirementReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? END;
  }

  #next(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #is(text: string): boolean {
    const token = this.#peek();
    return token.kind === 'symbol' && token.text === text;
  }

  readAll(): readonly LabelRequirement[] {
    const requirements: LabelRequirement[] = [];
    if (this.#peek().kind === 'end') return requirements;
    for (;;) {
      const first = this.#peek();
      if (first.kind !== 'word' && !this.#is('!'))
        fail(`found '${first.text}', expected: !, identifier, or 'end of string'`);
      requirements.push(this.#requirement());
      const separator = this.#next();
      if (separator.kind === 'end') return requirements;
      if (separator.text !== ',' || separator.kind !== 'symbol') {
        fail(`found '${separator.text}', expected: ',' or 'end of string'`);
      }
      const following = this.#peek();
      if (following.kind !== 'word' && !this.#is('!'))
        fail(`found '${following.text}', expected: identifier after ','`);
    }
  }

  #requirement(): LabelRequirement {
    const negated = this.#is('!');
    if (negated) this.#next();
    const key = this.#next();
    if (key.kind !== 'word') fail(`found '${key.text}', expected: identifier`);
    const keyProblems = labelKeyProblems(key.text);
    if (keyProblems.length > 0) fail(`<nil>: Invalid value: "${key.text}": ${keyProblems.join('; ')}`);
    if (negated) return { key: key.text, operator: 'DoesNotExist' };
    if (this.#peek().kind === 'end' || this.#is(',')) return { key: key.text, operator: 'Exists' };
    return checked(this.#binary(key.text));
  }

  #binary(key: string): LabelRequirement {
    const operator = this.#next();
    switch (operator.text) {
      case 'in':
        return { key, operator: 'In', values: this.#set() };
      case 'notin':
        return { key, operator: 'NotIn', values: this.#set() };
      case '=':
      case '==':
        return { key, operator: 'In', values: [this.#exactValue()] };
      case '!=':
        return { key, operator: 'NotIn', values: [this.#exactValue()] };
      case '>':
        return { key, operator: 'Gt', values: [this.#exactValue()] };
      case '<':
        return { key, operator: 'Lt', values: [this.#exactValue()] };
      default:
        return fail(`found '${operator.text}', expected: ${BINARY}`);
    }
  }

  #exactValue(): string {
    if (this.#peek().kind === 'end' || this.#is(',')) return '';
    const value = this.#next();
    return value.kind === 'word' ? value.text : fail(`found '${value.text}', expected: identifier`);
  }

  /** `(a,b)`; an empty place between commas is the empty value, as in the API. */
  #set(): readonly string[] {
    const open = this.#next();
    if (open.text !== '(') fail(`found '${open.text}' expected: '('`);
    const values = new Set<string>();
    for (;;) {
      const value = this.#peek().kind === 'word' ? this.#next().text : '';
      values.add(value);
      const separator = this.#next();
      if (separator.kind === 'symbol' && separator.text === ')') return [...values].sort();
      if (separator.kind !== 'symbol' || separator.text !== ',') {
        fail(`found '${separator.text}', expected: ',' or ')'`);
      }
    }
  }
}

function checked(requirement: LabelRequirement): LabelRequirement {
  for (const [index, value] of (requirement.values ?? []).entries()) {
    if ((requirement.operator === 'Gt' || requirement.operator === 'Lt') && parseInt64(value) === undefined) {
      fail(`values[${index}]: Invalid value: "${value}": for 'Gt', 'Lt' operators, the value must be an integer`);
    }
    const problems = labelValueProblems(value);
    if (problems.length > 0) {
      fail(`values[${index}][${requirement.key}]: Invalid value: "${value}": ${problems.join('; ')}`);
    }
  }
  return requirement;
}

/** The requirements of a selector's string form, or the API server's complaint about it. */
export function parseRequirements(text: string): readonly LabelRequirement[] | string {
  try {
    return new RequirementReader(text).readAll();
  } catch (error) {
    if (error instanceof SelectorSyntaxError) return error.message;
    throw error;
  }
}
