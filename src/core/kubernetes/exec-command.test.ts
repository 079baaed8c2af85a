import { describe, expect, it } from 'vitest';
import { findCommand, launchOf } from './exec-command.ts';

const linux = (files: readonly string[], path = '/usr/local/bin:/usr/bin') => ({
  platform: 'linux' as const,
  path,
  env: {},
  isProgram: (file: string) => files.includes(file),
});

const windows = (files: readonly string[]) => ({
  platform: 'win32' as const,
  path: '/tools:/bin',
  env: { PATHEXT: '.EXE;.CMD', SystemRoot: 'C:\\Windows' },
  isProgram: (file: string) => files.includes(file),
});

describe('the file of a command', () => {
  it('is the first on the PATH', () => {
    expect(findCommand('aws', linux(['/usr/bin/aws', '/usr/local/bin/aws']))).toBe('/usr/local/bin/aws');
    expect(findCommand('aws', linux([]))).toBeUndefined();
  });

  it('is never looked for in the current folder', () => {
    expect(findCommand('aws', linux(['aws', './aws', 'bin/aws'], '.:bin::'))).toBeUndefined();
    expect(findCommand('./aws', linux(['./aws']))).toBeUndefined();
  });

  it('is itself when it is a path', () => {
    expect(findCommand('/opt/aws', linux(['/opt/aws', '/usr/bin/aws']))).toBe('/opt/aws');
  });

  it('has one of PATHEXT on Windows, in its order, folder by folder', () => {
    expect(findCommand('aws', windows(['/bin/aws.EXE', '/tools/aws.CMD']))).toBe('/tools/aws.CMD');
    expect(findCommand('aws', windows(['/tools/aws.CMD', '/tools/aws.EXE']))).toBe('/tools/aws.EXE');
    expect(findCommand('aws.cmd', windows(['/tools/aws.cmd']))).toBe('/tools/aws.cmd');
    expect(findCommand('aws', windows(['/tools/aws'])), 'no extension').toBeUndefined();
  });
});

describe('how a file is started', () => {
  it('is as it is, but for a batch file', () => {
    const args = ['a b', '%PATH%'];
    expect(launchOf('/usr/bin/aws', args, linux([]))).toEqual({ file: '/usr/bin/aws', args });
    expect(launchOf('/usr/bin/x.cmd', args, linux([]))).toEqual({ file: '/usr/bin/x.cmd', args });
    expect(launchOf('C:\\aws.exe', args, windows([]))).toEqual({ file: 'C:\\aws.exe', args });
  });

  it('is by cmd.exe of the system for a batch file, with every word in quotes', () => {
    expect(launchOf('C:\\Program Files\\aws.CMD', ['eks', 'a & b', 'C:\\x\\'], windows([]))).toEqual({
      file: 'C:\\Windows\\System32\\cmd.exe',
      args: ['/d', '/e:ON', '/v:OFF', '/s', '/c', '""C:\\Program Files\\aws.CMD" "eks" "a & b" "C:\\x\\\\""'],
      verbatim: true,
    });
  });

  it.each(['say "x"', '%TEMP%', 'a\nb', 'a\0b'])('refuses %j for a batch file', (argument) => {
    expect(launchOf('C:\\aws.cmd', [argument], windows([]))).toBeUndefined();
  });
});
