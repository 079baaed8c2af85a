const PLAIN = /^[\w@%+=:,./-]+$/;

/** An argument as a POSIX shell takes it literally. */
export function shellQuoted(argument: string): string {
  return PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}

/** The same act in kubectl's words, to be read and copied. */
export function kubectlCommand(
  target: { readonly contextName: string; readonly namespace: string },
  ...args: readonly string[]
): string {
  const words = ['kubectl', '--context', target.contextName, '--namespace', target.namespace, ...args];
  return words.map(shellQuoted).join(' ');
}
