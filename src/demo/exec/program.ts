import { type SimpleCommand, readCommand, splitScript } from './script.ts';

/** What a program of a demo container sees of the world. */
export interface ProgramWorld {
  readonly env: Readonly<Record<string, string>>;
  readonly tty: boolean;
  /** Undefined without a terminal. */
  size(): { readonly columns: number; readonly rows: number } | undefined;
  write(text: string): void;
  writeError(text: string): void;
  exit(code: number): void;
}

/** A program that runs: what its standard input brings. */
export interface Program {
  input(text: string): void;
  inputEnd(): void;
}

const KILLED = 137;
const NOT_FOUND = 127;
const PROMPT = '/ # ';
const NO_INPUT: Program = { input: () => undefined, inputEnd: () => undefined };

type Applet = (words: readonly string[], world: ProgramWorld, write: (text: string) => void) => number;

/** What needs no standard input; each gives its exit code. */
const APPLETS: Readonly<Record<string, Applet>> = {
  true: () => 0,
  false: () => 1,
  echo: (words, _world, write) => {
    write(`${words.join(' ')}\n`);
    return 0;
  },
  env: (_words, { env }, write) => {
    for (const [name, value] of Object.entries(env)) write(`${name}=${value}\n`);
    return 0;
  },
  hostname: (_words, { env }, write) => {
    write(`${env['HOSTNAME'] ?? ''}\n`);
    return 0;
  },
  id: (_words, _world, write) => {
    write('uid=0(root) gid=0(root) groups=0(root)\n');
    return 0;
  },
  ls: (_words, _world, write) => {
    write('bin\ndev\netc\nproc\nroot\nsys\ntmp\nusr\nvar\n');
    return 0;
  },
  pwd: (_words, _world, write) => {
    write('/\n');
    return 0;
  },
  stty: (words, world, write) => {
    const size = world.size();
    if (words[0] !== 'size' || size === undefined) {
      world.writeError('stty: standard input: Inappropriate ioctl for device\n');
      return 1;
    }
    write(`${size.rows} ${size.columns}\n`);
    return 0;
  },
};

/** Starts a command as exec does; undefined when there is no such program in the container. */
export function startProgram(command: readonly string[], world: ProgramWorld): Program | undefined {
  const [name = '', ...words] = command;
  const program = name.split('/').at(-1) ?? '';
  if (program === 'sh' || program === 'bash' || program === 'ash') return startShell(words, world);
  if (program === 'cat' && words.length === 0)
    return { input: (text) => world.write(text), inputEnd: () => world.exit(0) };
  const applet = Object.hasOwn(APPLETS, program) ? APPLETS[program] : undefined;
  if (applet === undefined) return undefined;
  world.exit(applet(words, world, world.write));
  return NO_INPUT;
}

function startShell(words: readonly string[], world: ProgramWorld): Program {
  const shell = new Shell(world);
  if (words[0] !== '-c') return shell.interactive();
  if (!shell.run(words[1] ?? '')) world.exit(shell.status);
  return NO_INPUT;
}

/** A shell of simple commands. */
class Shell {
  readonly #world: ProgramWorld;
  #line = '';
  status = 0;

  constructor(world: ProgramWorld) {
    this.#world = world;
  }

  /** Runs a script; true when it ended the shell. */
  run(script: string): boolean {
    return splitScript(script).some((text) =>
      this.#command(readCommand(text, { lastStatus: this.status, env: this.#world.env })),
    );
  }

  interactive(): Program {
    const { tty } = this.#world;
    if (tty) this.#world.write(PROMPT);
    return {
      input: (text) => this.#type(text.replaceAll('\r', '\n')),
      inputEnd: () => {
        this.run(this.#line);
        this.#world.exit(this.status);
      },
    };
  }

  #type(text: string): void {
    const { tty } = this.#world;
    for (const character of text) {
      if (tty) this.#echo(character);
      if (character === '\u007f') this.#line = this.#line.slice(0, -1);
      else if (character === '\u0004' && this.#line === '') return this.#world.exit(this.status);
      else if (character !== '\n') this.#line += character;
      else {
        const line = this.#line;
        this.#line = '';
        if (this.run(line)) return;
        if (tty) this.#world.write(PROMPT);
      }
    }
  }

  #echo(character: string): void {
    if (character === '\u007f') this.#world.write(this.#line === '' ? '' : '\b \b');
    else if (character !== '\u0004') this.#world.write(character);
  }

  #command({ words, toStderr }: SimpleCommand): boolean {
    const [name = '', ...rest] = words;
    const world = this.#world;
    if (name === 'exit') {
      world.exit(Number(rest[0] ?? this.status) & 255);
      return true;
    }
    if (name === 'kill' && rest.includes('-9') && rest.includes('1')) {
      world.exit(KILLED);
      return true;
    }
    const applet = Object.hasOwn(APPLETS, name) ? APPLETS[name] : undefined;
    if (applet === undefined) {
      world.writeError(`sh: ${name}: not found\n`);
      this.status = NOT_FOUND;
      return false;
    }
    this.status = applet(rest, world, toStderr ? world.writeError : world.write);
    return false;
  }
}
