const PARENT_POLL_MS = 250;

/** What of `process` is used. */
export interface EndingProcess {
  on(event: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown;
  kill(pid: number, signal: 0): boolean;
}

/**
 * Resolves at the first SIGINT, SIGTERM or SIGHUP, or when the process named by EVERYNODE_PARENT_PID is gone: killing npm
 * does not kill what npm started.
 */
export function whenToEnd(self: EndingProcess, env: Readonly<Record<string, string | undefined>>): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) self.on(signal, resolve);
    const parent = Number(env['EVERYNODE_PARENT_PID']);
    if (!Number.isInteger(parent) || parent <= 1) return;
    const timer = setInterval(() => {
      if (isRunning(self, parent)) return;
      clearInterval(timer);
      resolve();
    }, PARENT_POLL_MS);
    timer.unref();
  });
}

function isRunning(self: EndingProcess, pid: number): boolean {
  try {
    return self.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
