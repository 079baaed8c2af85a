export interface AuthChallenge {
  /** Lower case: "bearer", "basic". */
  readonly scheme: string;
  /** Names in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const SCHEME = new RegExp(`\\s*,*\\s*(${TOKEN})(?:\\s+|$)`, 'y');
const PARAMETER = new RegExp(`\\s*,?\\s*(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN}))`, 'y');

/** The challenges of WWW-Authenticate (RFC 9110, 11.6.1), of several headers joined by commas too. What cannot be read ends the list. */
export function parseChallenges(header: string): readonly AuthChallenge[] {
  const challenges: AuthChallenge[] = [];
  let at = 0;
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(header);
    if (match) at = pattern.lastIndex;
    return match;
  };
  for (let scheme = next(SCHEME); scheme?.[1] !== undefined; scheme = next(SCHEME)) {
    const parameters: Record<string, string> = {};
    for (let found = next(PARAMETER); found?.[1] !== undefined; found = next(PARAMETER)) {
      parameters[found[1].toLowerCase()] = found[3] ?? (found[2] ?? '').replaceAll(/\\(.)/g, '$1');
    }
    challenges.push({ scheme: scheme[1].toLowerCase(), parameters });
  }
  return challenges;
}
