import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const USAGE = `Everynode: the DaemonSet desk

npm start -- [options]    or    everynode [options]

  --serve             serve the page to your browser (nothing is fetched)
  --electron          use Electron, and try again to fetch it
  --demo              open the demo cluster
  --demo-nodes N      how many nodes the demo cluster has (1 to 5000, default 24)
  --kubeconfig FILE   read this file and no other; may be given more than once
  --port N            listen on this port of 127.0.0.1 (default 0: a free one)
  --no-open           do not open the browser
  --data-dir DIR      keep settings here
  --version           print the version
  --help              print this
`;

export interface HostOptions {
  readonly kubeconfigArgs: readonly string[];
  readonly demo: boolean;
  readonly demoNodes?: number;
  /** 0 is a free one. */
  readonly port: number;
  readonly open: boolean;
  readonly dataDir?: string;
}

export type CommandLine =
  | { readonly command: 'run'; readonly options: HostOptions }
  | { readonly command: 'version' }
  | { readonly command: 'help' }
  /** Names the option at fault. Exit code 2. */
  | { readonly command: 'wrong'; readonly message: string };

const OPTIONS = {
  serve: { type: 'boolean' },
  electron: { type: 'boolean' },
  demo: { type: 'boolean' },
  'demo-nodes': { type: 'string' },
  kubeconfig: { type: 'string', multiple: true },
  port: { type: 'string' },
  'no-open': { type: 'boolean' },
  'data-dir': { type: 'string' },
  version: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Whether the argument after this one is its value: `--port`, but not `--port=1` and not `--demo`. */
export function takesNext(argument: string): boolean {
  const option = Object.entries(OPTIONS).find(([name]) => argument === `--${name}`);
  return option?.[1].type === 'string';
}

class WrongOption extends Error {}

/**
 * Reads the options of both hosts.
 *
 * @param argv without the program and the script
 * @param cwd what relative paths are relative to
 */
export function parseCommandLine(argv: readonly string[], cwd: string): CommandLine {
  try {
    const { values } = parseArgs({ args: [...argv], options: OPTIONS, strict: true, allowPositionals: false });
    if (values.help === true) return { command: 'help' };
    if (values.version === true) return { command: 'version' };
    if (values.serve === true && values.electron === true) {
      throw new WrongOption('--serve and --electron exclude each other');
    }
    const demoNodes = values['demo-nodes'];
    const dataDir = values['data-dir'];
    return {
      command: 'run',
      options: {
        kubeconfigArgs: (values.kubeconfig ?? []).map((file) => pathOf('--kubeconfig', file, cwd)),
        demo: values.demo === true,
        port: values.port === undefined ? 0 : wholeNumber('--port', values.port, 0, 65_535),
        open: values['no-open'] !== true,
        ...(demoNodes === undefined ? {} : { demoNodes: wholeNumber('--demo-nodes', demoNodes, 1, 5_000) }),
        ...(dataDir === undefined ? {} : { dataDir: pathOf('--data-dir', dataDir, cwd) }),
      },
    };
  } catch (error) {
    if (error instanceof WrongOption) return { command: 'wrong', message: error.message };
    if (isParseArgsError(error)) return { command: 'wrong', message: firstSentence(error.message) };
    throw error;
  }
}

/** What paths on the command line are relative to: npm starts scripts in the package's folder, not in the user's. */
export function userFolder(env: NodeJS.ProcessEnv, cwd: string): string {
  return env['npm_package_name'] === 'everynode' ? (env['INIT_CWD'] ?? cwd) : cwd;
}

function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw new WrongOption(`${option} takes a whole number from ${min} to ${max}, not '${text}'`);
  }
  return value;
}

function pathOf(option: string, text: string, cwd: string): string {
  if (text === '') throw new WrongOption(`${option} takes a path, not an empty text`);
  return resolve(cwd, text);
}

function isParseArgsError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS_')
  );
}

/** parseArgs adds advice about positionals that does not apply here. */
function firstSentence(message: string): string {
  return message.split(/\. To |\. Did /, 1)[0] ?? message;
}
