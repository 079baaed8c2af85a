/** How much of the log is read at first. */
export const TAIL_CHOICES = [
  { value: '100', label: 'last 100 lines' },
  { value: '1000', label: 'last 1,000 lines' },
  { value: '10000', label: 'last 10,000 lines' },
  { value: 'all', label: 'all lines' },
] as const satisfies readonly { value: string; label: string }[];

export function tailLinesOf(value: string): number | undefined {
  return value === 'all' ? undefined : Number(value);
}
