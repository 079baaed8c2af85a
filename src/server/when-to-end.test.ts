import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { whenToEnd } from './when-to-end.ts';

class Self extends EventEmitter {
  kill(pid: number, signal: 0): boolean {
    return process.kill(pid, signal);
  }
}

describe('whenToEnd', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('is at %s', async (signal) => {
    const self = new Self();
    const end = whenToEnd(self, {});
    self.emit(signal);
    await expect(end).resolves.toBeUndefined();
  });

  it('is when the named parent is gone', async () => {
    const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(parent, 'spawn');
    const end = whenToEnd(new Self(), { EVERYNODE_PARENT_PID: String(parent.pid) });
    parent.kill('SIGKILL');
    await expect(end).resolves.toBeUndefined();
  });

  it.each(['', '0', '1', '-5', 'npm'])('watches no parent named "%s"', (pid) => {
    let asked = false;
    const self = Object.assign(new Self(), {
      kill: () => {
        asked = true;
        return false;
      },
    });
    void whenToEnd(self, { EVERYNODE_PARENT_PID: pid });
    expect(asked).toBe(false);
  });
});
