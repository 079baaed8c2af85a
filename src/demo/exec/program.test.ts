import { describe, expect, it } from 'vitest';
import { startProgram } from './program.ts';

function start(command: readonly string[], tty = false) {
  const seen = { stdout: '', stderr: '', codes: [] as number[] };
  const program = startProgram(command, {
    env: { HOSTNAME: 'agent-x' },
    tty,
    size: () => (tty ? { columns: 80, rows: 24 } : undefined),
    write: (text) => void (seen.stdout += text),
    writeError: (text) => void (seen.stderr += text),
    exit: (code) => void seen.codes.push(code),
  });
  return { program, seen };
}

describe('a program of a demo container', () => {
  it('writes and ends', () => {
    expect(start(['echo', 'a', 'b']).seen).toEqual({ stdout: 'a b\n', stderr: '', codes: [0] });
    expect(start(['/bin/hostname']).seen.stdout).toBe('agent-x\n');
    expect(start(['false']).seen.codes).toEqual([1]);
  });

  it('is not there when nobody made it', () => {
    expect(start(['curl']).program).toBeUndefined();
    expect(start(['constructor']).program).toBeUndefined();
    expect(start([]).program).toBeUndefined();
  });

  it('reads its input to the end', () => {
    const { program, seen } = start(['cat']);
    program?.input('one\n');
    expect(seen).toMatchObject({ stdout: 'one\n', codes: [] });
    program?.inputEnd();
    expect(seen.codes).toEqual([0]);
  });

  it('has no size without a terminal', () => {
    expect(start(['stty', 'size']).seen).toMatchObject({ stdout: '', codes: [1] });
    expect(start(['stty', 'size'], true).seen.stdout).toBe('24 80\n');
  });
});

describe('a shell', () => {
  it('runs a script to its end or to its exit', () => {
    expect(start(['sh', '-c', 'false; echo $?; nothing; exit 4; echo never']).seen).toEqual({
      stdout: '1\n',
      stderr: 'sh: nothing: not found\n',
      codes: [4],
    });
    expect(start(['sh', '-c', 'echo a; false']).seen).toMatchObject({ stdout: 'a\n', codes: [1] });
  });

  it('that kills itself ends with 137', () => {
    expect(start(['sh', '-c', 'kill -9 $$']).seen.codes).toEqual([137]);
  });

  it('echoes what is typed on a terminal, and forgets what is deleted', () => {
    const { program, seen } = start(['sh'], true);
    program?.input('ecx\u007fho hi\r');
    expect(seen.stdout).toBe('/ # ecx\b \bho hi\nhi\n/ # ');
    expect(seen.codes).toEqual([]);
    program?.input('\u0004');
    expect(seen.codes).toEqual([0]);
  });

  it('without a terminal runs what it reads', () => {
    const { program, seen } = start(['sh']);
    program?.input('echo one\necho tw');
    program?.input('o');
    program?.inputEnd();
    expect(seen).toEqual({ stdout: 'one\ntwo\n', stderr: '', codes: [0] });
  });
});
