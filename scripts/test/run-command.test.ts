import { describe, expect, it } from 'vitest';
import { runNode, TOO_LATE, treeKiller } from './run-command.ts';

describe('a command of the test run', () => {
  it('hands on its exit code and both its outputs', async () => {
    const { code, output } = await runNode([
      '--eval',
      "console.log('out'); console.error('err'); process.exitCode = 3;",
    ]);
    expect(code).toBe(3);
    expect(output).toContain('out\n');
    expect(output).toContain('err\n');
  });

  it.skipIf(process.platform === 'win32')('is ended with all that it started when it takes too long', async () => {
    const endless = "require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' }); for (;;);";
    const { code, output } = await runNode(['--eval', endless], { limitMinutes: 0.01 });
    expect(code).toBe(TOO_LATE);
    expect(output).toContain('ended: it took more than 0.01 minutes');
  });

  it('is ended on Windows by the program that knows its children', () => {
    expect(treeKiller('linux', 7, {})).toBeUndefined();
    expect(treeKiller('win32', 7, { SystemRoot: 'D:\\Win' })).toEqual({
      command: 'D:\\Win\\System32\\taskkill.exe',
      args: ['/pid', '7', '/T', '/F'],
    });
  });
});
