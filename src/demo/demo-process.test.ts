import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const ENTRY = fileURLToPath(new URL('./demo-process.ts', import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function started(child: ChildProcess): ChildProcess {
  children.push(child);
  return child;
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text;
}

describe('the demo process', () => {
  it('says where it is in one line, serves, and ends with its standard input', async () => {
    const child = started(spawn(process.execPath, [ENTRY, '--nodes', '3'], { stdio: ['pipe', 'pipe', 'inherit'] }));
    const ready = JSON.parse(await firstLine(child)) as { url: string; token: string; pid: number };
    expect(ready.pid).toBe(child.pid);
    const response = await fetch(`${ready.url}/api/v1/nodes`, { headers: { Authorization: `Bearer ${ready.token}` } });
    expect(((await response.json()) as { items: unknown[] }).items).toHaveLength(3);
    const exit = once(child, 'exit');
    child.stdin?.end();
    expect(await exit).toEqual([0, null]);
  });

  it('tells its parent by message when it was forked, and ends when the parent lets go', async () => {
    const child = started(fork(ENTRY, ['--nodes', '1'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }));
    const [ready] = (await once(child, 'message')) as [{ readonly url: string }];
    expect(ready.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    const exit = once(child, 'exit');
    child.disconnect();
    expect(await exit).toEqual([0, null]);
  });

  it.each(['0', 'many'])('refuses --nodes %s', async (nodes) => {
    const child = started(
      spawn(process.execPath, [ENTRY, `--nodes=${nodes}`], { stdio: ['ignore', 'ignore', 'pipe'] }),
    );
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(2);
  });
});
