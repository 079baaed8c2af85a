import { endChildrenWithUs } from './test/run-command.ts';
import { runPlan, summary } from './test/run-plan.ts';
import { plan } from './test/stages.ts';

const HELP = `npm test [-- options]    npm run test:full [-- options]

Runs every check and test, and ends with the line "N passed, N failed".
  --full          adds every suite on the real control plane and all that is long
  --only-rest     only what --full adds
  --only A,B      only these stages: format, lint, types, build, chromium, architecture, unit, e2e demo,
                  e2e electron, cluster kit, cluster, e2e real, …
  --help          prints this
EVERYNODE_REQUIRE_REAL=1 makes a missing Go a failure.
`;

interface Arguments {
  readonly full: boolean;
  readonly onlyRest: boolean;
  readonly only?: readonly string[];
}

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(HELP);
    return 0;
  }
  const parsed = parse(args);
  if (typeof parsed === 'string') {
    process.stderr.write(`unknown option: ${parsed}\n\n${HELP}`);
    return 2;
  }
  endChildrenWithUs();
  const finished = await runPlan(plan({ short: !parsed.onlyRest, long: parsed.full || parsed.onlyRest }), parsed.only);
  process.stdout.write(`${summary(finished)}\n`);
  const counted = finished.reduce((total, { passed, failed }) => total + passed + failed, 0);
  return counted === 0 || finished.some(({ failed }) => failed > 0) ? 1 : 0;
}

/** @returns the first option that is not known, as text */
function parse(args: readonly string[]): Arguments | string {
  let parsed: Arguments = { full: false, onlyRest: false };
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const value = args[index + 1];
    if (arg === '--full') parsed = { ...parsed, full: true };
    else if (arg === '--only-rest') parsed = { ...parsed, onlyRest: true };
    else if (arg === '--only' && value !== undefined) {
      parsed = { ...parsed, only: value.split(',') };
      index += 1;
    } else return arg;
  }
  return parsed;
}

process.exitCode = await main();
