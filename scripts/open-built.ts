/* The start of an installed package, bundled as out/main/everynode.js: there is nothing to build. */
import { fileURLToPath } from 'node:url';
import { openHost } from './open/open-host.ts';

const code = await openHost(
  fileURLToPath(new URL('../../', import.meta.url)),
  process.argv.slice(2),
  Promise.resolve(true),
);
// A running server host sets its own.
if (code !== undefined) process.exitCode = code;
