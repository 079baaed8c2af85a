import { buildStale } from './build/build-stale.ts';
import { runElectronBuilder } from './packaging/electron-builder.ts';
import { endChildrenWithUs } from './test/run-command.ts';

const HELP = `npm run pack [-- options of electron-builder]

Builds what is stale and makes this system's installers in dist/, as electron-builder.yml says. Electron and the tools that
make installers are fetched when they are not there yet. Nothing is published.
  --dir    only the unpacked application
  --help   prints this
`;

const args = process.argv.slice(2);
if (args.includes('--help')) {
  process.stdout.write(HELP);
} else {
  endChildrenWithUs();
  await buildStale((line) => process.stderr.write(`${line}\n`));
  const { code } = await runElectronBuilder(args, { live: true, limitMinutes: 60 });
  process.exitCode = code;
}
