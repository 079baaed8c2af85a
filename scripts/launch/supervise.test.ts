import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isRunning } from './file-lock.mjs';

const supervise = JSON.stringify(new URL('./supervise.mjs', import.meta.url).href);
const STAY = 'console.log(process.pid); setInterval(() => {}, 1000);';
const STUBBORN = `process.on('SIGTERM', () => {}); process.on('SIGINT', () => {}); ${STAY}`;
const GENTLE = `process.on('SIGTERM', () => process.exit(7)); ${STAY}`;
const WATCHFUL = `import { watchParent } from ${supervise}; watchParent(() => process.exit(0)); ${STAY}`;

/** A process that runs `code`, which starts an inner one that prints its pid. Its output ends when both are gone. */
async function outerOf(code: string) {
  const outer = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const inner = await firstNumber(outer.stdout);
  onTestFinished(() => {
    outer.kill('SIGKILL');
    if (isRunning(inner)) process.kill(inner, 'SIGKILL');
  });
  return outer;
}

const inForeground = (code: string) => `import { runInForeground } from ${supervise};
  process.exitCode = await runInForeground(process.execPath, ['--input-type=module', '--eval', ${JSON.stringify(code)}]);`;

const justStarting = (code: string) => `import { spawn } from 'node:child_process';
  spawn(process.execPath, ['--input-type=module', '--eval', ${JSON.stringify(code)}], { stdio: 'inherit' });`;

async function firstNumber(stream: Readable): Promise<number> {
  const chunks: unknown[] = await once(stream, 'data');
  stream.resume();
  return Number(String(chunks[0]));
}

describe.skipIf(process.platform === 'win32')('a program in the foreground', () => {
  it('hands its exit code on', async () => {
    const outer = spawn(process.execPath, ['--input-type=module', '--eval', inForeground('process.exit(2)')]);
    expect(await once(outer, 'close')).toEqual([2, null]);
  });

  it('is told to end at SIGTERM', async () => {
    const outer = await outerOf(inForeground(GENTLE));
    outer.kill('SIGTERM');
    expect(await once(outer, 'close')).toEqual([7, null]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends within 2 s of %s although it does not want to', async (signal) => {
    const outer = await outerOf(inForeground(STUBBORN));
    const from = performance.now();
    outer.kill(signal);
    expect(await once(outer, 'close')).toEqual([137, null]);
    expect(performance.now() - from).toBeLessThan(2_000);
  });

  it('ends when the process that started it is killed', async () => {
    const outer = await outerOf(justStarting(WATCHFUL));
    const from = performance.now();
    outer.kill('SIGKILL');
    await once(outer.stdout, 'close');
    expect(performance.now() - from).toBeLessThan(1_000);
  });
});
