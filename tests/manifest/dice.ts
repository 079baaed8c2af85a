import fc from 'fast-check';

/** Random choices in the order that a test asks for them; the same seed gives the same ones. */
export class Dice {
  readonly #value: fc.GeneratorValue;

  constructor(value: fc.GeneratorValue) {
    this.#value = value;
  }

  /** From 0 to `below`, without it. */
  below(below: number): number {
    return this.#value(fc.nat, { max: below - 1 });
  }

  /** True once in `times`. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(...choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  /** Undefined of nothing only. */
  pickOf<T>(choices: readonly T[]): T | undefined {
    return choices.length === 0 ? undefined : choices[this.below(choices.length)];
  }

  /** Any text, the odd characters of YAML more often than others. */
  anyText(): string {
    return this.#value(oddText);
  }
}

function oddText(): fc.Arbitrary<string> {
  const odd = fc.constantFrom(
    ...' \t\n:#-?,[]{}&*!|>\'"%@`~=<.0189_eExoOyn+/\\',
    '\u00a0',
    '\u0085',
    '\u2028',
    '\ufeff',
    'é',
    '😀',
    '\r',
    '\u0000',
  );
  return fc.oneof(
    fc.string({ unit: odd, maxLength: 8 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.string({ unit: fc.oneof(odd, fc.constantFrom('a', 'b')), maxLength: 14 }),
  );
}
