import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { systemClock } from '../system-clock.ts';
import { loginShellPath, SHELL_LIMIT_MS } from './login-shell-path.ts';

const env = { PATH: '/usr/bin:/bin', SHELL: '/bin/zsh' };

describe('the PATH of the login shell', () => {
  it('comes before the own one, without repeats, whatever the start-up files print', async () => {
    const asked: unknown[] = [];
    const path = await loginShellPath({
      env,
      clock: new FakeClock(),
      platform: 'darwin',
      runShell: async (...request) => {
        asked.push(request.slice(0, 2));
        return 'Welcome!\n<<everynode>>/opt/homebrew/bin:/usr/bin<<everynode>>\nbye';
      },
    });
    expect(path).toBe('/opt/homebrew/bin:/usr/bin:/bin');
    expect(asked).toEqual([['/bin/zsh', ['-ilc', `printf '%s' "<<everynode>>$PATH<<everynode>>"`]]]);
  });

  it('is the own one when the shell fails or does not end', async () => {
    const clock = new FakeClock();
    const failing = { env, clock, platform: 'darwin' as const, runShell: async () => undefined };
    expect(await loginShellPath(failing)).toBe('/usr/bin:/bin');
    const hanging = loginShellPath({
      ...failing,
      runShell: (_shell, _args, _env, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined))),
    });
    await clock.advance(SHELL_LIMIT_MS);
    expect(await hanging).toBe('/usr/bin:/bin');
    expect(clock.pendingTimers).toBe(0);
  });

  it('is not asked for on Windows', async () => {
    const runShell = () => Promise.reject(new Error('started'));
    expect(await loginShellPath({ env, clock: new FakeClock(), platform: 'win32', runShell })).toBe('/usr/bin:/bin');
  });

  it('is read from a real shell', async () => {
    const home = mkdtempSync(join(tmpdir(), 'everynode-shell-'));
    writeFileSync(join(home, '.profile'), 'export PATH="$PATH:/from/the/profile"\n');
    const real = { PATH: '/usr/bin:/bin', SHELL: '/bin/sh', HOME: home };
    const path = await loginShellPath({ env: real, clock: systemClock, platform: 'linux' });
    rmSync(home, { recursive: true });
    expect(path.split(':')).toEqual(expect.arrayContaining(['/from/the/profile', '/usr/bin', '/bin']));
  });
});
