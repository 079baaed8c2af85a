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
 * A link comes from a web page, and the system puts it last: what stands behind it was smuggled in with it and is dropped.
 *
 * @param all without the program; Chromium adds options of its own to those of a second start
 * @param folder what relative paths are relative to
 */
export function readStartArguments(all: readonly string[], folder: string): StartArguments {
  const linkAt = all.findIndex((argument) => linkIn([argument]) !== undefined);
  const argv = linkAt < 0 ? all : all.slice(0, linkAt + 1);
  const isFile = (argument: string, index: number) =>
    /\.kubeconfig$/i.test(argument) && !argument.startsWith('-') && argv[index - 1]?.startsWith('--') !== true;
  const link = linkIn(argv);
  return {
    options: argv.filter((argument, index) => linkIn([argument]) === undefined && !isFile(argument, index)),
    ...(link === undefined ? {} : { link }),
    files: argv.filter(isFile).map((path) => resolve(folder, path)),
  };
}
