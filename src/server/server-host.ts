import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseCommandLine, USAGE, userFolder, type HostOptions } from '../core/host/command-line.ts';
import { assertNever } from '../shared/errors/assert-never.ts';
import { openBrowser } from './open-browser.ts';
import { runHost, type RunningHost } from './run-host.ts';
import { whenToEnd } from './when-to-end.ts';

const CLOSE_LIMIT_MS = 1_200;

const tell = (line: string) => process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const parsed = parseCommandLine(process.argv.slice(2), userFolder(process.env, process.cwd()));
  switch (parsed.command) {
    case 'help':
      process.stdout.write(USAGE);
      return;
    case 'version':
      process.stdout.write(`${version()}\n`);
      return;
    case 'wrong':
      tell(`everynode: ${parsed.message}\n\n${USAGE}`);
      process.exitCode = 2;
      return;
    case 'run':
      return run(parsed.options);
    default:
      return assertNever(parsed);
  }
}

async function run(options: HostOptions): Promise<void> {
  // Before anything is opened: a signal that comes while the host starts must end it too.
  const end = whenToEnd(process, process.env);
  let host: RunningHost;
  try {
    host = await runHost(options, { version: version(), env: process.env, log: tell });
  } catch (error) {
    tell(`everynode: ${startFailure(error, options)}`);
    process.exit(1);
  }
  // A reader that went away (a pipe that closed) is no reason to end.
  process.stdout.on('error', () => undefined);
  const announce = () => {
    const url = host.issueUrl();
    process.stdout.write(`Everynode is ready at ${url}\n`);
    return url;
  };
  announce();
  if (options.open) openBrowser(process.platform, process.env, host.issueUrl());
  onEnter(announce);
  await end;
  setTimeout(() => process.exit(0), CLOSE_LIMIT_MS);
  await host.close();
  process.exit(0);
}

/** Its end or failure is nobody's wish to end the host, so neither is listened to beyond that. */
function onEnter(callback: () => void): void {
  process.stdin.on('error', () => undefined);
  createInterface({ input: process.stdin }).on('line', callback);
  process.stdin.unref?.();
}

function startFailure(error: unknown, { port }: HostOptions): string {
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'EADDRINUSE') return `port ${port} is in use; choose another with --port`;
    if (error.code === 'EACCES' && 'port' in error) return `port ${port} may not be used; choose another with --port`;
  }
  return error instanceof Error ? error.message : String(error);
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return known ? String(manifest.version) : '0.0.0';
}

await main();
