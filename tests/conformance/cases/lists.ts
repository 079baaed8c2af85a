import { expect } from 'vitest';
import { type ConformanceCase, type ConformanceGroup, aCase } from '../conformance-case.ts';
import { at, itemsAt, names, numberAt, textAt } from '../json-path.ts';
import { type JudgedCluster, NAMESPACE } from '../judged-cluster.ts';
import { nowhere } from '../manifest.ts';

const LABELS = ['a', 'b', 'c', 'd', 'e'] as const;

/** Five DaemonSets: tier is `odd` or `even`, the last has none. */
async function five(cluster: JudgedCluster): Promise<string> {
  const prefix = cluster.name('list');
  for (const [index, letter] of LABELS.entries()) {
    const labels = { set: prefix, ...(letter === 'e' ? {} : { tier: index % 2 === 0 ? 'even' : 'odd' }) };
    await cluster.create(nowhere(`${prefix}-${letter}`, { metadata: { labels } }));
  }
  return prefix;
}

const SELECTORS: readonly (readonly [string, readonly string[]])[] = [
  ['tier=odd', ['b', 'd']],
  ['tier==odd', ['b', 'd']],
  ['tier!=odd', ['a', 'c', 'e']],
  ['tier in (odd,even)', ['a', 'b', 'c', 'd']],
  ['tier notin (odd)', ['a', 'c', 'e']],
  ['tier', ['a', 'b', 'c', 'd']],
  ['!tier', ['e']],
  ['tier=none', []],
];

const bySelector = SELECTORS.map(([selector, letters]) =>
  aCase(`labelSelector ${selector}`, async (cluster) => {
    const prefix = await five(cluster);
    const query = `?labelSelector=${encodeURIComponent(`set=${prefix},${selector}`)}`;
    expect(names(await cluster.items(cluster.sets('', query)))).toEqual(letters.map((each) => `${prefix}-${each}`));
  }),
);

const BAD_QUERIES = [
  ['an unreadable labelSelector', '?labelSelector=a+b'],
  ['an operator that is none', '?labelSelector=a+isnt+%28b%29'],
  ['a field that cannot be selected by', '?fieldSelector=spec.minReadySeconds%3D1'],
  ['an unreadable fieldSelector', '?fieldSelector=name'],
  ['a continue that is no token', '?limit=1&continue=abc'],
  ['a version that is no number', '?resourceVersion=abc'],
  ['a limit that is no number', '?limit=abc'],
] as const;

const refused = BAD_QUERIES.map(([what, query]) =>
  aCase(`400 for ${what}`, async (cluster) => {
    const reply = await cluster.send('GET', cluster.sets('', query));
    expect(reply.body).toMatchObject({ kind: 'Status', status: 'Failure', reason: 'BadRequest', code: 400 });
  }),
);

const paging: readonly ConformanceCase[] = [
  aCase('limit and continue give every object once, in order, of one version', async (cluster) => {
    const prefix = await five(cluster);
    const found: string[] = [];
    const versions = new Set<string>();
    let token = '';
    do {
      const query = `?limit=2&labelSelector=set%3D${prefix}&continue=${encodeURIComponent(token)}`;
      const page = await cluster.get(cluster.sets('', query));
      found.push(...names(itemsAt(page, 'items')));
      versions.add(textAt(page, 'metadata.resourceVersion'));
      token = textAt(page, 'metadata.continue');
    } while (token !== '' && found.length <= LABELS.length);
    expect(found).toEqual(LABELS.map((letter) => `${prefix}-${letter}`));
    expect(versions.size).toBe(1);
  }),
  aCase('later pages show the list as it was when it began', async (cluster) => {
    const prefix = await five(cluster);
    const query = `?limit=2&labelSelector=set%3D${prefix}`;
    const first = await cluster.get(cluster.sets('', query));
    await cluster.ok('DELETE', cluster.sets(`${prefix}-d`));
    const token = encodeURIComponent(textAt(first, 'metadata.continue'));
    const second = await cluster.get(cluster.sets('', `?limit=5&labelSelector=set%3D${prefix}&continue=${token}`));
    expect(names(itemsAt(second, 'items'))).toEqual([`${prefix}-c`, `${prefix}-d`, `${prefix}-e`]);
  }),
  aCase('remainingItemCount counts the rest of a list without selectors', async (cluster) => {
    await five(cluster);
    const whole = await cluster.items(cluster.sets());
    const page = await cluster.get(cluster.sets('', '?limit=3'));
    expect(numberAt(page, 'metadata.remainingItemCount')).toBe(whole.length - 3);
  }),
  aCase('remainingItemCount is absent under a selector', async (cluster) => {
    const prefix = await five(cluster);
    const page = await cluster.get(cluster.sets('', `?limit=3&labelSelector=set%3D${prefix}`));
    expect(textAt(page, 'metadata.continue')).not.toBe('');
    expect(at(page, 'metadata.remainingItemCount')).toBeUndefined();
  }),
  aCase('a whole list has no continue', async (cluster) => {
    const list = await cluster.get(cluster.sets());
    expect(textAt(list, 'metadata.continue')).toBe('');
    expect(list).toMatchObject({ kind: 'DaemonSetList', apiVersion: 'apps/v1' });
    expect(textAt(list, 'metadata.resourceVersion')).toMatch(/^\d+$/);
  }),
];

export const LISTS: ConformanceGroup = {
  name: 'lists',
  cases: [
    ...paging,
    ...bySelector,
    ...refused,
    aCase('fieldSelector metadata.name finds one', async (cluster) => {
      const prefix = await five(cluster);
      const found = await cluster.items(cluster.sets('', `?fieldSelector=metadata.name%3D${prefix}-c`));
      expect(names(found)).toEqual([`${prefix}-c`]);
    }),
    aCase('fieldSelector metadata.namespace over all namespaces', async (cluster) => {
      const own = names(await cluster.items(cluster.sets()));
      const found = await cluster.items(`/apis/apps/v1/daemonsets?fieldSelector=metadata.namespace%3D${NAMESPACE}`);
      expect(names(found)).toEqual(own);
    }),
    aCase('a list over all namespaces is ordered by namespace', async (cluster) => {
      const namespaces = (await cluster.items('/apis/apps/v1/daemonsets')).map((set) =>
        textAt(set, 'metadata.namespace'),
      );
      expect(namespaces).toEqual(namespaces.toSorted());
    }),
    aCase('a list of a namespace that is not there is empty', async (cluster) => {
      expect(await cluster.items('/apis/apps/v1/namespaces/nowhere/daemonsets')).toEqual([]);
    }),
    aCase('items of a list have no kind of their own', async (cluster) => {
      await five(cluster);
      const [first] = await cluster.items(cluster.sets());
      expect(at(first, 'kind')).toBeUndefined();
      expect(at(first, 'apiVersion')).toBeUndefined();
    }),
  ],
};
