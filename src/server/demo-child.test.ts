import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../shared/errors/app-error.ts';
import { startDemoChild } from './demo-child.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'everynode-demo-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function script(text: string): string {
  const file = join(folder, 'demo.mjs');
  writeFileSync(file, text);
  return file;
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    // ESRCH: there is no such process.
    return false;
  }
};

const PRINT = `const [, , ...args] = process.argv;
process.stdout.write(JSON.stringify({ url: 'http://127.0.0.1:1/' + args.join(','), token: String(process.pid), pid: process.pid }) + '\\n');`;

describe('the demo cluster as a child process', () => {
  it('is reached where its first line says, and is gone when it was stopped', async () => {
    const demo = await startDemoChild(script(`${PRINT} process.stdin.resume();`), ['--nodes', '5000']);
    expect(demo.url).toBe('http://127.0.0.1:1/--nodes,5000');
    const pid = Number(demo.token);
    expect(isRunning(pid)).toBe(true);
    await demo.stop();
    expect(isRunning(pid)).toBe(false);
  });

  it('is ended by force when it does not end', async () => {
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); ${PRINT}`;
    const demo = await startDemoChild(script(stubborn), []);
    await demo.stop();
    expect(isRunning(Number(demo.token))).toBe(false);
  });

  it('tells how it ended when it ends by itself', async () => {
    const demo = await startDemoChild(script(`${PRINT} setTimeout(() => process.exit(70), 1);`), []);
    expect(await demo.ended).toBe('code 70');
  });

  it.each([
    ['ends at once', 'process.exit(3)', 'code 3'],
    ['says something else', "console.log('hello'); process.stdin.resume()", 'first line'],
  ])('that %s is an error with that detail', async (_name, text, detail) => {
    const error: unknown = await startDemoChild(script(text), []).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error instanceof AppError && error.data).toMatchObject({ reason: 'Unreachable' });
    expect(error instanceof AppError && error.data.detail).toContain(detail);
  });
});
