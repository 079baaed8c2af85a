import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { utilityProcess, type UtilityProcess } from 'electron';
import { type DemoAddress, parseDemoLine } from '../shared/demo-line.ts';
import { AppError } from '../shared/errors/app-error.ts';
import { outsideArchive } from './outside-archive.ts';

const SCRIPT = fileURLToPath(outsideArchive(new URL('./demo-process.js', import.meta.url)));
const READY_LIMIT_MS = 15_000;

export interface DemoUtility extends DemoAddress {
  /** Resolves when its process is gone: "code 1". */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/**
 * The demo cluster in a utility process, which Electron ends together with the application.
 *
 * @throws AppError Unreachable, when it ends or says nothing for 15 s
 */
export async function startDemoUtility(nodes: number | undefined, tell: (line: string) => void): Promise<DemoUtility> {
  const args = nodes === undefined ? [] : ['--nodes', String(nodes)];
  const child = utilityProcess.fork(SCRIPT, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    serviceName: 'Demo cluster',
  });
  const ended = new Promise<string>((resolve) => child.once('exit', (code) => resolve(`code ${code}`)));
  // Without a listener an emitter throws its `error`, and ours would end the application; `exit` follows in any case.
  child.on('error', (type, location) => tell(`The demo cluster's process is about to end: ${type} at ${location}`));
  const stop = async () => {
    if (child.kill()) await ended;
  };
  try {
    const { url, token } = await readyLine(child);
    return { url, token, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readyLine(child: UtilityProcess): Promise<DemoAddress> {
  return new Promise((resolve, reject) => {
    const fail = (detail: string) =>
      reject(new AppError({ reason: 'Unreachable', message: 'The demo cluster did not start.', detail, retry: true }));
    const limit = setTimeout(() => fail(`no answer within ${READY_LIMIT_MS / 1000} s`), READY_LIMIT_MS);
    child.once('exit', (code) => {
      clearTimeout(limit);
      fail(`its process ended with code ${code}`);
    });
    if (child.stdout === null) return fail('no standard output');
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(limit);
      const ready = parseDemoLine(line);
      if (ready === undefined) fail('its first line is not what was expected');
      else resolve(ready);
    });
  });
}
