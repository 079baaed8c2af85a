import { editManifest } from '../../src/shared/manifest/edit-manifest.ts';
import type { ManifestEdit } from '../../src/shared/manifest/manifest-edit.ts';
import { openManifest } from '../../src/shared/manifest/manifest-text.ts';
import type { ManifestText } from '../../src/shared/manifest/manifest-text.ts';
import type { Bench, BenchRow, Figure } from '../bench-row.ts';
import { percentile } from '../bench-table.ts';
import { manifestOfBytes, manifestOfLines } from '../manifest-sample.ts';
import { typeIntoEditorAlone } from '../type-alone.ts';
import { isNewLine, typeIntoManifest } from '../type-manifest.ts';

/** Reads and edits manifests in this process, and types into a large one in Chromium. */
export const manifest: BenchRow = {
  name: 'manifest',
  goal: 'a 1.5 MB file opens ≤ 300 ms, a key costs the page ≤ 16 ms p95; a refusal ≤ 100 ms',
  run: async (bench) => [...edits(bench), ...refusals(bench), ...(await page(bench))],
};

function edits(bench: Bench): readonly Figure[] {
  const runs = bench.quick ? 20 : 60;
  const text = manifestOfLines(1_000);
  const large = manifestOfBytes(1_500_000);
  const opened = open(text);
  const middle = ['spec', 'template', 'spec', 'containers', { key: { name: 'agent-30' } }];
  const image: ManifestEdit = { op: 'set', path: [...middle, 'image'], value: 'agent:2' };
  const variable: ManifestEdit = {
    op: 'insert',
    path: [...middle, 'env'],
    at: 'end',
    value: { name: 'A', value: 'on' },
  };
  return [
    { what: 'opening 1,000 lines', unit: 'ms', values: times(runs, () => open(text)) },
    { what: 'setting one field of them', unit: 'ms', values: times(runs, () => edit(opened, image)) },
    { what: 'adding one variable', unit: 'ms', values: times(runs, () => edit(opened, variable)) },
    { what: 'reading 1.5 MB off the page', unit: 'ms', values: times(bench.quick ? 3 : 7, () => open(large)) },
  ];
}

/** What a text made to keep the reader busy costs until it is refused. */
function refusals(bench: Bench): readonly Figure[] {
  const laughs = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(10)}]\n`).join('');
  const texts: readonly (readonly [what: string, text: string])[] = [
    ['a depth of 100,000', '- '.repeat(100_000)],
    ['brackets of a depth of 100,000', '['.repeat(100_000)],
    ['aliases of a billion', `l0: &l0 [${'1, '.repeat(10)}]\n${laughs}`],
    ['more than 3 MB', 'a'.repeat(3_100_000)],
    ['400,000 tags', `a: ${'!!str '.repeat(400_000)}`],
    ['the key __proto__', '__proto__: {a: 1}\n'],
    ['duplicate keys', 'a: {b: 1, b: 2}\n'],
  ];
  return texts.map(([what, text]) => ({
    what: `refusing ${what}`,
    unit: 'ms',
    values: times(bench.quick ? 3 : 7, () => refused(text)),
    goal: { atMost: 100 },
  }));
}

async function page(bench: Bench): Promise<readonly Figure[]> {
  const text = manifestOfBytes(1_500_000);
  const large = await typeIntoManifest(bench, text);
  const alone = await typeIntoEditorAlone(bench, text);
  const small = await typeIntoManifest(bench, manifestOfLines(1_000));
  const key = '1.5 MB: processor time of';
  return [
    { what: '1.5 MB: file chosen to text on screen', unit: 'ms', values: large.openedMs, goal: { atMost: 300 } },
    { what: `${key} a key, p95`, unit: 'ms', values: of(large.keysMs, 0.95), goal: { atMost: 16 } },
    { what: `${key} a key, median`, unit: 'ms', values: of(large.keysMs, 0.5) },
    { what: `${key} a new line, median`, unit: 'ms', values: of(newLines(large.keysMs), 0.5) },
    { what: `${key} a key, p95, editor alone`, unit: 'ms', values: of(alone, 0.95) },
    { what: `${key} a key, median, editor alone`, unit: 'ms', values: of(alone, 0.5) },
    { what: `${key} a new line, median, editor alone`, unit: 'ms', values: of(newLines(alone), 0.5) },
    { what: '1,000 lines: file chosen to text on screen', unit: 'ms', values: small.openedMs },
    { what: '1,000 lines: processor time of a key, p95', unit: 'ms', values: of(small.keysMs, 0.95) },
    { what: '1,000 lines: processor time of a key, median', unit: 'ms', values: of(small.keysMs, 0.5) },
  ];
}

type Costs = readonly (readonly number[])[];

/** A percentile of each time. */
function of(keysMs: Costs, share: number): readonly number[] {
  return keysMs.map((each) => percentile(each, share));
}

function newLines(keysMs: Costs): Costs {
  return keysMs.map((each) => each.filter((_, key) => isNewLine(key)));
}

function times(runs: number, task: () => void): readonly number[] {
  for (let warm = 0; warm < Math.min(runs, 5); warm += 1) task();
  return Array.from({ length: runs }, () => {
    const startedAt = performance.now();
    task();
    return performance.now() - startedAt;
  });
}

function open(text: string): ManifestText {
  const opened = openManifest(text);
  if (!opened.ok || opened.manifest.documents[0]?.content.readable !== true) throw new Error('the sample was not read');
  return opened.manifest;
}

function edit(opened: ManifestText, change: ManifestEdit): void {
  const edited = editManifest(opened, 0, [change]);
  if (!edited.ok) throw new Error(edited.problem.message);
}

function refused(text: string): void {
  const opened = openManifest(text);
  if (opened.ok && opened.manifest.documents.every(({ content }) => content.readable))
    throw new Error('it was not refused');
}
