import { programs, root, runScript } from './launch/run-script.mjs';

const HELP = `node scripts/run.mjs NAME [arguments]

Runs one of the project's scripts: installs the packages when package-lock.json changed (npm ci), picks the Node they
bring (or the system's, from 22.19 on) and hands the arguments over.

NAME: ${Object.keys(programs).join(', ')}
`;

const [name, ...args] = process.argv.slice(2);
if (name === undefined || name === '--help') {
  process.stdout.write(HELP);
  process.exitCode = name === undefined ? 2 : 0;
} else if (!Object.hasOwn(programs, name)) {
  process.stderr.write(`unknown script: ${name}\n\n${HELP}`);
  process.exitCode = 2;
} else {
  process.chdir(root);
  process.exitCode = await runScript(name, args);
}
