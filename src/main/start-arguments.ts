import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takesNext } from '../core/host/command-line.ts';
import { linkIn } from './deep-link.ts';

/** What a start was asked for, beside its options. */
export interface StartArguments {
  readonly options: readonly string[];
  readonly link?: string;
  /** Kubeconfigs that the system was asked to open with us: Windows and Linux give their paths as arguments. */
  readonly files: readonly string[];
}

/**
 * Switches that Chromium reads itself from the same command line, where they concern this machine's display, keyboard or
 * sandbox: an AppImage starts itself with the last one where the kernel gives no user namespaces. Any other one is refused
 * as an option that does not exist, so that a misspelt one of ours is noticed. electronjs.org docs: api/command-line-switches.
 */
const CHROMIUM: ReadonlySet<string> = new Set(
  [
    ['ozone-platform', 'ozone-platform-hint', 'enable-wayland-ime', 'gtk-version', 'force-device-scale-factor'],
    ['disable-gpu', 'disable-gpu-compositing', 'in-process-gpu', 'use-gl', 'use-angle', 'disable-dev-shm-usage'],
    ['enable-features', 'disable-features', 'lang', 'password-store', 'no-sandbox'],
  ].flat(),
);

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
    /\.kubeconfig$/i.test(argument) && !argument.startsWith('-') && !takesNext(argv[index - 1] ?? '');
  const isOption = (argument: string, index: number) =>
    linkIn([argument]) === undefined && !isFile(argument, index) && !isChromiumSwitch(argument);
  const link = linkIn(argv);
  return {
    options: argv.filter(isOption),
    ...(link === undefined ? {} : { link }),
    files: argv.filter(isFile).flatMap((file) => pathOf(file, folder) ?? []),
  };
}

function isChromiumSwitch(argument: string): boolean {
  const name = /^--([a-z-]+)(?:=|$)/.exec(argument)?.[1];
  return name !== undefined && CHROMIUM.has(name);
}

/**
 * A Linux desktop hands over file: URLs (`%U` in the desktop entry). One of another machine is none of ours: on Windows,
 * asking for it would sign the user in there.
 */
function pathOf(file: string, folder: string): string | undefined {
  if (!/^file:/i.test(file)) return resolve(folder, file);
  if (!URL.canParse(file) || new URL(file).host !== '') return undefined;
  try {
    return fileURLToPath(file);
  } catch {
    // An encoded slash, or on Windows no drive: it names no file.
    return undefined;
  }
}
