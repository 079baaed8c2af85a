import { resolve } from 'node:path';
import { linkIn } from './deep-link.ts';

/** What a start was asked for, beside its options. */
export interface StartArguments {
  readonly options: readonly string[];
  readonly link?: string;
  /** Kubeconfigs that the system was asked to open with us: Windows and Linux give their paths as arguments. */
  readonly files: readonly string[];
}

/**
 * @param argv without the program; Chromium adds options of its own to those of a second start
 * @param folder what relative paths are relative to
 */
export function readStartArguments(argv: readonly string[], folder: string): StartArguments {
  const isFile = (argument: string, index: number) =>
    /\.kubeconfig$/i.test(argument) && !argument.startsWith('-') && argv[index - 1]?.startsWith('--') !== true;
  const link = linkIn(argv);
  return {
    options: argv.filter((argument, index) => linkIn([argument]) === undefined && !isFile(argument, index)),
    ...(link === undefined ? {} : { link }),
    files: argv.filter(isFile).map((path) => resolve(folder, path)),
  };
}
