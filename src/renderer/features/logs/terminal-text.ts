import type { LogEntry } from '../../../shared/log/ring.ts';
import { LogSanitizer } from '../../../shared/log/sanitize.ts';

/** A longer line is cut on screen; the ring and the download have all of it. */
const MAX_SHOWN_CHARACTERS = 20_000;
const DIM = '\u001b[0m\u001b[2m';
const RESET = '\u001b[0m';

export interface TerminalText {
  readonly text: string;
  /** Characters of the longest line. */
  readonly longestLine: number;
}

/** What a terminal is given for some entries: sanitized lines, and remarks dim between them. */
export function terminalText(entries: readonly LogEntry[], sanitizer: LogSanitizer): TerminalText {
  let text = '';
  let longestLine = 0;
  for (const entry of entries) {
    longestLine = Math.max(longestLine, Math.min(entry.text.length, MAX_SHOWN_CHARACTERS));
    if (entry.kind === 'line') text += sanitizer.push(`${shown(entry.text)}\n`);
    else text += `${DIM}── ${oneLine(entry.text)} ──${RESET}\n`;
  }
  return { text, longestLine };
}

function shown(line: string): string {
  if (line.length <= MAX_SHOWN_CHARACTERS) return line;
  const more = (line.length - MAX_SHOWN_CHARACTERS).toLocaleString('en');
  return `${line.slice(0, MAX_SHOWN_CHARACTERS)}${DIM} … ${more} more characters in this line; the download has them${RESET}`;
}

/** A remark may hold the server's words: they get no say in the terminal either. */
function oneLine(remark: string): string {
  const sanitizer = new LogSanitizer();
  const safe = sanitizer.push(remark) + sanitizer.flush();
  // oxlint-disable-next-line no-control-regex -- the colours that the sanitizer lets through
  return safe
    .replaceAll(/\u001b\[[0-9;:]*m/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
