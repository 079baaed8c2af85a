import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type DemoAddress, parseDemoLine } from '../shared/demo-line.ts';
import { AppError } from '../shared/errors/app-error.ts';

/** A running demo cluster. */
export interface DemoProcess extends DemoAddress {
  /** Resolves when its process is gone: "code 1", "signal SIGKILL". */
  readonly ended: Promise<string>;
  /** Ends it; resolves when its process is gone. */
  stop(): Promise<void>;
}

const READY_LIMIT_MS = 15_000;
const KILL_AFTER_MS = 500;

/**
 * Starts the demo cluster in a process of its own. It ends by itself when its standard input closes, so also when this
 * process is killed.
 *
 * @param script the built demo-process.js
 * @throws AppError Unreachable, when it ends or says nothing for 15 s
 */
export async function startDemoChild(script: string, args: readonly string[]): Promise<DemoProcess> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => resolve(signal === null ? `code ${code}` : `signal ${signal}`));
    child.once('error', (error) => resolve(error.message));
  });
  try {
    const { url, token } = await readyLine(child);
    return { url, token, ended, stop: () => stop(child, ended) };
  } catch (error) {
    await stop(child, ended);
    throw error;
  }
}

function readyLine(child: ChildProcess): Promise<DemoAddress> {
  return new Promise((resolve, reject) => {
    const fail = (detail: string) =>
      reject(new AppError({ reason: 'Unreachable', message: 'The demo cluster did not start.', detail, retry: true }));
    const limit = setTimeout(() => fail(`no answer within ${READY_LIMIT_MS / 1000} s`), READY_LIMIT_MS);
    const settle = () => clearTimeout(limit);
    child.once('error', (error) => {
      settle();
      fail(error.message);
    });
    child.once('exit', (code) => {
      settle();
      fail(`its process ended with code ${code}`);
    });
    if (child.stdout === null) return fail('no standard output');
    createInterface({ input: child.stdout }).once('line', (line) => {
      settle();
      const ready = parseDemoLine(line);
      if (ready === undefined) fail('its first line is not what was expected');
      else resolve(ready);
      child.stdout?.resume();
    });
  });
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.stdin?.destroy();
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  await ended;
  clearTimeout(force);
}
