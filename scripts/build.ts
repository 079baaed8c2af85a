import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildStale } from './build/build-stale.ts';
import { parts, root } from './build/parts.ts';

const HELP = `npm run build [-- --force]

Builds what changed since the last build into out/main, out/preload and out/renderer.
  --force   builds all of it
`;

const args = process.argv.slice(2);
const unknown = args.find((arg) => arg !== '--force' && arg !== '--help');
if (unknown !== undefined) {
  process.stderr.write(`unknown option: ${unknown}\n\n${HELP}`);
  process.exitCode = 2;
} else if (args.includes('--help')) {
  process.stdout.write(HELP);
} else {
  if (args.includes('--force'))
    for (const part of parts) rmSync(join(root, 'out', part.name, '.stamp'), { force: true });
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  try {
    const names = await buildStale(tell);
    if (names.length === 0) tell('nothing to build');
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
