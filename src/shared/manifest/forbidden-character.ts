import { ManifestFinding } from './manifest-finding.ts';

// What yaml_parser_update_buffer of go.yaml.in/yaml/v2 (readerc.go) refuses. A byte order mark is let by at the start only.
// eslint-disable-next-line no-control-regex
const UNREADABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]|(?!^)\ufeff|\p{Cs}/u;

// Go takes these as line breaks and most editors do not: the same text would mean two things.
const LINE_BREAK_FOR_GO = /[\u0085\u2028\u2029]|\r(?!\n)/;

/** Refuses characters that the API server does not read, or reads as a line break where an editor shows none. */
export function refuseForbiddenCharacter(text: string): void {
  const unreadable = UNREADABLE.exec(text);
  if (unreadable) {
    throw new ManifestFinding(
      `the character ${codePointName(unreadable[0])} is not allowed in YAML; escape it in double quotes`,
      unreadable.index,
    );
  }
  const lineBreak = LINE_BREAK_FOR_GO.exec(text);
  if (lineBreak) {
    throw new ManifestFinding(
      `the character ${codePointName(lineBreak[0])} is a line break for the API server; escape it in double quotes`,
      lineBreak.index,
    );
  }
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
