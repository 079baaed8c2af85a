// One alternative each: CSI with its parameters, intermediates and final byte; a charset or similar sequence (ESC ( B);
// a line end; C0 and C1 controls with DEL; bidirectional embeddings, overrides and isolates.
const SPECIAL =
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  /\u001b\[([\u0030-\u003f]{0,128})([\u0020-\u002f]{0,8})([\u0040-\u007e])|\u001b[\u0020-\u002f]{1,8}[\u0030-\u007e]|\r\n|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

// What may still become one of the above with the next chunk.
// oxlint-disable-next-line no-control-regex -- as above
const UNFINISHED = /(?:\u001b(?:\[[\u0030-\u003f]{0,128}[\u0020-\u002f]{0,8}|[\u0020-\u002f]{1,8})?|\r)$/;

const SGR_PARAMETERS = /^[0-9;:]*$/;

/**
 * Makes log text safe for a terminal: of all escape and control sequences only SGR (colours and weights), tab and line
 * feed reach it. Cursor moves, modes and charsets are dropped; everything else (OSC 8, 52 and titles, DCS, BEL, a lone
 * carriage return, C1, bidirectional overrides) is shown in visible characters, so that nothing hides and no
 * unterminated sequence swallows what follows. Keeps its state between chunks.
 */
export class LogSanitizer {
  #pending = '';

  /** The safe part of all text so far that was not answered before. */
  push(chunk: string): string {
    const text = this.#pending + chunk;
    const unfinished = UNFINISHED.exec(text);
    this.#pending = unfinished?.[0] ?? '';
    return sanitize(text.slice(0, text.length - this.#pending.length));
  }

  /** What is left when the log has ended: an unfinished sequence is shown. */
  flush(): string {
    const rest = this.#pending;
    this.#pending = '';
    return sanitize(rest);
  }
}

function sanitize(text: string): string {
  return text.replace(SPECIAL, (sequence: string, parameters?: string, intermediates?: string, final?: string) => {
    if (sequence === '\r\n') return '\n';
    if (sequence.length === 1) return visible(sequence);
    const isSgr = final === 'm' && intermediates === '' && SGR_PARAMETERS.test(parameters ?? '');
    return isSgr ? sequence : '';
  });
}

/** C0 and DEL in caret notation as `cat -v` writes them (^[, ^G, ^?), others by their number. */
function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `^${String.fromCodePoint(code ^ 0x40)}`;
  const digits = code.toString(16).toUpperCase().padStart(4, '0');
  return `<U+${digits}>`;
}
