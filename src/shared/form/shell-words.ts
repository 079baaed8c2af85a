/**
 * The words of a shell line as POSIX sh splits it: blanks, single and double quotes, backslashes (POSIX.1-2024, 2.2
 * Quoting). Nothing is expanded: `$HOME` stays as written. Undefined for a quote that is not closed, and for operators
 * such as `|` or `;`, which a list of arguments cannot say.
 */
export function splitShellWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  while (at < line.length) {
    const character = line[at] ?? '';
    const rest = line.slice(at);
    const piece = /^'([^']*)'/.exec(rest) ?? /^"((?:[^"\\]|\\[\s\S])*)"/.exec(rest);
    if (piece) {
      const [whole, inside = ''] = piece;
      word =
        (word ?? '') +
        (character === '"'
          ? inside.replace(/\\([$`"\\\n])/g, (_, escaped: string) => (escaped === '\n' ? '' : escaped))
          : inside);
      at += whole.length;
      continue;
    }
    if (character === "'" || character === '"' || /[|&;<>()`]/.test(character)) return undefined;
    if (character === '\\') {
      const next = line[at + 1];
      if (next === undefined) return undefined;
      if (next !== '\n') word = (word ?? '') + next;
      at += 2;
      continue;
    }
    if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
    at += 1;
  }
  if (word !== undefined) words.push(word);
  return words;
}
