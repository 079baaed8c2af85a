import { expect, it } from 'vitest';
import { plan } from './stages.ts';

const selections = [
  { short: true, long: false },
  { short: true, long: true },
  { short: false, long: true },
];

it.each(selections)('starts no stage before what it needs ($short, $long)', (selection) => {
  const done = new Set<string>();
  for (const rows of plan(selection)) {
    const before = new Set(done);
    for (const row of rows) {
      const known = new Set(before);
      for (const { name, needs = [] } of row) {
        expect(
          needs.filter((need) => !known.has(need)),
          name,
        ).toEqual([]);
        known.add(name);
        done.add(name);
      }
    }
  }
});

it('runs nothing twice, and in the short run nothing that is long', () => {
  const namesOf = (selection: Parameters<typeof plan>[0]) =>
    plan(selection).flatMap((rows) => rows.flatMap((row) => row.map(({ name }) => name)));
  const all = namesOf({ short: true, long: true });
  expect(new Set(all).size).toBe(all.length);
  const short = namesOf({ short: true, long: false });
  expect(short.filter((name) => /long|binary/.test(name))).toEqual([]);
  const rest = namesOf({ short: false, long: true });
  expect(new Set([...short, ...rest])).toEqual(new Set(all));
});
