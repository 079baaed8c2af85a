/** One simple command of a shell script. */
export interface SimpleCommand {
  readonly words: readonly string[];
  /** Its output goes to standard error. */
  readonly toStderr: boolean;
}

export interface ShellVariables {
  readonly lastStatus: number;
  readonly env: Readonly<Record<string, string>>;
}

const PIECES =
  /'(?<single>[^']*)'|"(?<double>[^"]*)"|(?<space>\s+)|(?<end>[;\n])|(?<redirect>1?>&2)|(?<plain>[^\s;'">]+|>)/gu;

/** Cuts a script at `;` and line ends; there are no pipes, jobs or control structures. */
export function splitScript(script: string): readonly string[] {
  const commands: string[] = [''];
  for (const match of script.matchAll(PIECES)) {
    if (match.groups?.['end'] !== undefined || (match.groups?.['space'] ?? '').includes('\n')) commands.push('');
    else commands[commands.length - 1] = `${commands.at(-1) ?? ''}${match[0]}`;
  }
  return commands.map((command) => command.trim()).filter((command) => command !== '');
}

/** Words of one command, with variables put in where no single quotes forbid it. */
export function readCommand(text: string, variables: ShellVariables): SimpleCommand {
  const words: string[] = [];
  let word: string | undefined;
  let toStderr = false;
  for (const { groups = {} } of text.matchAll(PIECES)) {
    const { single, double, plain, redirect } = groups;
    if (redirect !== undefined) toStderr = true;
    const piece = single ?? (double === undefined ? undefined : expand(double, variables)) ?? expand(plain, variables);
    if (piece !== undefined) word = `${word ?? ''}${piece}`;
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (word !== undefined) words.push(word);
  return { words, toStderr };
}

function expand<T extends string | undefined>(text: T, { lastStatus, env }: ShellVariables): T | string {
  return text?.replaceAll(/\$(?<name>[$?]|[A-Za-z_]\w*)/gu, (_, name: string) => {
    if (name === '$') return '1';
    return name === '?' ? String(lastStatus) : (env[name] ?? '');
  }) as T | string;
}
