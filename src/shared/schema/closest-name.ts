/** The one name that differs least: in case alone, or by at most two letters (one in a short name). Undefined when none or several do. */
export function closestName(name: string, names: readonly string[]): string | undefined {
  const folded = name.toLowerCase();
  const sameLetters = names.filter((each) => each.toLowerCase() === folded);
  if (sameLetters.length === 1) return sameLetters[0];
  const limit = name.length > 5 ? 2 : 1;
  const distances = names.map((each) => ({ each, distance: editDistance(folded, each.toLowerCase(), limit) }));
  const least = Math.min(...distances.map(({ distance }) => distance));
  const nearest = distances.filter(({ distance }) => distance === least);
  return least <= limit && nearest.length === 1 ? nearest[0]?.each : undefined;
}

/** Letters inserted, left out, exchanged or swapped with their neighbour; more than `limit` is not told apart. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit || a.length > 64) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, changed);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
