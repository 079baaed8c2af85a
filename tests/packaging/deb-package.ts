import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { buildStale } from '../../scripts/build/build-stale.ts';
import { runElectronBuilder } from '../../scripts/packaging/electron-builder.ts';
import { writeElectronDistribution } from './electron-distribution.ts';

/** What electron-builder gives to fpm, the program that would make the .deb of it. */
export interface DebPackage {
  readonly args: readonly string[];
  readonly desktopEntry: string;
  readonly mimeInfo: string;
  /** Where the icons go, as `48x48`. */
  readonly iconSizes: readonly string[];
}

const HOME_PAGE = 'https://everynode.test/';

/** Stands in for fpm (fpm.readthedocs.io): keeps its arguments and the files that it is told to place. */
function writeFpm(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const script = `#!/bin/sh
printf '%s\\n' "$@" > "${folder}/arguments"
for argument in "$@"; do
  case "$argument" in
    *.desktop=*) cp "\${argument%%=*}" "${folder}/desktop-entry" ;;
    *.xml=*) cp "\${argument%%=*}" "${folder}/mime-info" ;;
  esac
done
`;
  writeFileSync(join(folder, 'fpm'), script, { mode: 0o755 });
}

/** @throws with electron-builder's words when it fails */
export async function describeDeb(folder: string): Promise<DebPackage> {
  await buildStale(() => undefined);
  const distribution = join(folder, 'electron');
  const fpm = join(folder, 'fpm');
  writeElectronDistribution(distribution);
  writeFpm(fpm);
  const options = [`-c.electronDist=${distribution}`, `-c.directories.output=${join(folder, 'out')}`];
  const { code, output } = await runElectronBuilder(
    ['--linux', 'deb', '--x64', `-c.extraMetadata.homepage=${HOME_PAGE}`, ...options],
    { env: { USE_SYSTEM_FPM: 'true', PATH: `${fpm}${delimiter}${process.env['PATH'] ?? ''}` } },
  );
  const [kept] = globSync('arguments', { cwd: fpm });
  if (code !== 0 || kept === undefined) throw new Error(output);
  const read = (name: string) => readFileSync(join(fpm, name), 'utf8');
  const args = read('arguments').trimEnd().split('\n');
  return {
    args,
    desktopEntry: read('desktop-entry'),
    mimeInfo: read('mime-info'),
    iconSizes: args.flatMap((argument) => /=\/usr\/share\/icons\/hicolor\/(\d+x\d+)\/apps\//.exec(argument)?.[1] ?? []),
  };
}
