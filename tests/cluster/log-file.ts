import { appendFileSync } from 'node:fs';

/**
 * A container log in the CRI format (`<time> <stream> F <text>`), which kwok
 * serves for every container of every pod.
 */
export class LogFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    appendFileSync(path, '');
  }

  /** Appends a line; one with line breaks becomes several. */
  append(text: string, stream: 'stdout' | 'stderr' = 'stdout', at: Date = new Date()): void {
    const lines = text.split('\n').map((line) => `${at.toISOString()} ${stream} F ${line}\n`);
    appendFileSync(this.path, lines.join(''));
  }
}
