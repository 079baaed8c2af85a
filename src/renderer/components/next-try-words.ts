/** "reconnecting in 5 s", or that it is under way when its time has come, or is not known. */
export function nextTryWords(retryAt: number | undefined, now: number): string {
  const seconds = Math.ceil(((retryAt ?? 0) - now) / 1000);
  return seconds > 0 ? `reconnecting in ${seconds} s` : 'reconnecting…';
}
