import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildStale } from '../../scripts/build/build-stale.ts';
import { root } from '../../scripts/build/parts.ts';
import { installedElectron } from '../../scripts/open/installed-electron.ts';
import { runElectronBuilder } from '../../scripts/packaging/electron-builder.ts';
import { writeElectronDistribution } from './electron-distribution.ts';

export interface PackedApplication {
  /** The archive, app.asar. */
  readonly archive: string;
  /** The file that carries the fuse wire. */
  readonly program: string;
  /** Beside the archive's folder; those of macOS lie elsewhere. */
  readonly locales: readonly string[];
}

/**
 * Packs the built application into a folder, with the real Electron where it is present (for this system) and with a
 * stand-in for its distribution elsewhere (for Linux).
 *
 * @throws with electron-builder's words when it fails
 */
export async function packApplication(folder: string): Promise<PackedApplication> {
  await buildStale(() => undefined);
  const output = join(folder, 'packed');
  const isReal = installedElectron(root) !== undefined;
  const distribution = join(folder, 'electron');
  if (!isReal) writeElectronDistribution(distribution);
  const electron = isReal ? [] : ['--linux', '--x64', `-c.electronDist=${distribution}`];
  const env = { CSC_IDENTITY_AUTO_DISCOVERY: 'false' };
  const { code, output: said } = await runElectronBuilder(['--dir', ...electron, `-c.directories.output=${output}`], {
    env,
  });
  if (code !== 0) throw new Error(said);
  const [archive] = globSync('**/app.asar', { cwd: output }).map((path) => join(output, path));
  if (archive === undefined) throw new Error(`no app.asar in ${output}\n${said}`);
  const home = dirname(dirname(archive));
  return { archive, program: programIn(home), locales: globSync('locales/*', { cwd: home }).map(plain) };
}

/** @param home the folder of the program on Linux and Windows, `Contents` on macOS */
function programIn(home: string): string {
  const framework = 'Frameworks/Electron Framework.framework/Versions/A/Electron Framework';
  const [found] = globSync(['everynode', 'Everynode.exe', framework], { cwd: home });
  if (found === undefined) throw new Error(`no program in ${home}`);
  return join(home, found);
}

/** What could go into the archive, with forward slashes: all that was built, and what the checkout has beside it. */
export function builtFiles(): ReadonlyMap<string, () => string> {
  const built = globSync('out/{main,preload,renderer}/**/*.*', { cwd: root }).map(plain);
  return new Map(
    ['package.json', 'LICENSE', ...built].map((path) => [path, () => readFileSync(join(root, path), 'utf8')]),
  );
}

const plain = (path: string): string => path.replaceAll('\\', '/');
