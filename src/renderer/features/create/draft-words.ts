/** "Draft from 10:42 restored"; with the day when that is another one. Times are milliseconds since 1970. */
export function restoredWords(savedAt: number, now: number): string {
  const saved = new Date(savedAt);
  const time = saved.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false });
  const isToday = saved.toDateString() === new Date(now).toDateString();
  const day = isToday ? '' : `${saved.toLocaleDateString([], { day: 'numeric', month: 'short' })}, `;
  return `Draft from ${day}${time} restored`;
}
