/** One word of a shell command line, quoted where a POSIX shell would not take it as it is. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The same act as a kubectl command, with the context named, ready to be pasted. */
export function kubectlCommand(contextName: string, ...words: readonly string[]): string {
  return ['kubectl', '--context', contextName, ...words].map(shellWord).join(' ');
}
