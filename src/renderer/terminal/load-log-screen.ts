import type { LogScreen, LogScreenOptions } from './log-screen.ts';

/** xterm comes with the first log that is opened. */
export async function loadLogScreen(options: LogScreenOptions): Promise<LogScreen> {
  const { LogScreen: Screen } = await import('./log-screen.ts');
  return new Screen(options);
}
