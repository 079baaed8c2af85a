/** FNV-1a, 32 bits. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** A number in [0, 1) that depends on the text alone. */
export function fraction(text: string): number {
  return hash32(text) / 0x1_0000_0000;
}

/** A delay between two bounds that depends on the text alone, so that one pod always takes its own time. */
export function between(text: string, lowMs: number, highMs: number): number {
  return Math.round(lowMs + fraction(text) * (highMs - lowMs));
}

const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** Kubernetes' SafeEncodeString: a number in letters that spell no word (apimachinery pkg/util/rand). */
export function safeEncode(value: number): string {
  return [...String(value)].map((digit) => NAME_ALPHABET.charAt(digit.charCodeAt(0) % NAME_ALPHABET.length)).join('');
}

/** A repeatable source of names, uids and the like (mulberry32). */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** The five characters behind `generateName`; drawn again when the name is taken, as the API server does. */
  nameSuffix(isTaken: (suffix: string) => boolean = () => false): string {
    let suffix = '';
    do {
      suffix = '';
      for (let i = 0; i < 5; i += 1) suffix += NAME_ALPHABET.charAt(this.below(NAME_ALPHABET.length));
    } while (isTaken(suffix));
    return suffix;
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.below(0x1_0000_0000).toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }

  uid(): string {
    const variant = '89ab'.charAt(this.below(4));
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${variant}${this.hex(3)}-${this.hex(12)}`;
  }
}
