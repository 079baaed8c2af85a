import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** electronjs.org docs: tutorial/fuses. In the order of their places in the wire, with what Electron ships. */
export const SHIPPED_FUSES = {
  runAsNode: true,
  enableCookieEncryption: false,
  enableNodeOptionsEnvironmentVariable: true,
  enableNodeCliInspectArguments: true,
  enableEmbeddedAsarIntegrityValidation: false,
  onlyLoadAppFromAsar: false,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: true,
} as const;

export type Fuse = keyof typeof SHIPPED_FUSES;

const FUSES = Object.keys(SHIPPED_FUSES) as readonly Fuse[];
/** Where the wire begins in the program; then come its version, its length and a character for each fuse. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const WIRE_VERSION = 1;
const [OFF, ON] = ['0', '1'];

/**
 * A folder like Electron's for Linux: same names, but the program only carries a fuse wire. It lets electron-builder do all
 * that it does to such a folder; it starts nothing.
 */
export function writeElectronDistribution(folder: string): void {
  for (const name of ['locales', 'resources']) mkdirSync(join(folder, name), { recursive: true });
  const wire = FUSES.map((fuse) => (SHIPPED_FUSES[fuse] ? ON : OFF)).join('');
  const head = Buffer.from([WIRE_VERSION, FUSES.length]);
  const program = Buffer.concat([Buffer.from(`#!/bin/sh\nexit 1\n${SENTINEL}`), head, Buffer.from(wire)]);
  writeFileSync(join(folder, 'electron'), program, { mode: 0o755 });
  for (const name of ['chrome-sandbox', 'chrome_crashpad_handler']) {
    writeFileSync(join(folder, name), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  }
  const others = ['LICENSE', 'LICENSES.chromium.html', 'icudtl.dat', 'resources.pak', 'v8_context_snapshot.bin'];
  const locales = ['de', 'en-US', 'fr'].map((language) => `locales/${language}.pak`);
  for (const name of [...others, ...locales]) writeFileSync(join(folder, name), name);
}

/** The fuses of a program, as the wire in it says. @throws when it has none */
export function readFuses(program: Buffer): Readonly<Record<Fuse, boolean>> {
  const at = program.indexOf(SENTINEL);
  const wire = at + SENTINEL.length;
  if (at < 0 || program[wire] !== WIRE_VERSION) throw new Error('there is no fuse wire of version 1');
  const states = FUSES.map((fuse, index) => [fuse, program[wire + 2 + index] === ON.charCodeAt(0)] as const);
  return Object.fromEntries(states) as Readonly<Record<Fuse, boolean>>;
}
