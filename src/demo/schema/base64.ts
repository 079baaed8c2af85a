const ALPHABET = /[A-Za-z0-9+/]/;
const PAD = '=';

/** Go skips line ends in base64. */
function afterLineEnds(text: string, from: number): number {
  let at = from;
  while (text[at] === '\n' || text[at] === '\r') at += 1;
  return at;
}

/** Where a last group with padding goes wrong; `at` is the pad's place, `digits` how many came before it. */
function faultOfPadding(text: string, at: number, digits: number): number | undefined {
  if (digits < 2) return at;
  let next = afterLineEnds(text, at + 1);
  if (digits === 2) {
    if (next === text.length) return text.length;
    if (text[next] !== PAD) return next - 1;
    next += 1;
  }
  next = afterLineEnds(text, next);
  return next < text.length ? next : undefined;
}

/** The place that Go's base64.StdEncoding names for a text that it cannot decode (encoding/base64, CorruptInputError); undefined for one it can. */
export function base64Fault(text: string): number | undefined {
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\n' || character === '\r') continue;
    if (character === PAD) return faultOfPadding(text, at, digits);
    if (!ALPHABET.test(character)) return at;
    digits = (digits + 1) % 4;
  }
  return digits === 0 ? undefined : text.length - digits;
}
