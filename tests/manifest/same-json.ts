/** Whether two JSON texts say the same: integers by their digits, floats as numbers, keys in any order; null is a refusal. */
export function sameJson(ours: string | null, theirs: string | null): boolean {
  if (ours === null || theirs === null) return ours === theirs;
  return ours === theirs || normal(ours) === normal(theirs);
}

function normal(text: string): string {
  const parsed: unknown = JSON.parse(text, function keepDigits(_, value: unknown, { source = '' } = {}) {
    if (typeof value === 'number') return /^-?\d+$/.test(source) ? `int ${BigInt(source)}` : numberOf(Number(source));
    if (typeof value === 'string') return `string ${value}`;
    return value;
  } as (key: string, value: unknown) => unknown);
  return JSON.stringify(sorted(parsed));
}

/** A float that is whole is written as an integer by Go and by us alike, up to 21 digits. */
function numberOf(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `int ${BigInt(value)}` : `float ${value}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return members.map(([key, member]) => [key, sorted(member)]);
}
