import { buildStale } from './build/build-stale.ts';
import { root } from './build/parts.ts';
import { openHost } from './open/open-host.ts';

const tell = (line: string) => process.stderr.write(`${line}\n`);

const built = buildStale(tell).then(
  () => true,
  (error: unknown) => {
    tell(error instanceof Error ? error.message : String(error));
    tell('Everynode could not be built.');
    return false;
  },
);
const code = await openHost(root, process.argv.slice(2), built);
// A running server host sets its own.
if (code !== undefined) process.exitCode = code;
