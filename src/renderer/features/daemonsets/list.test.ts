import { describe, expect, it } from 'vitest';
import { aDaemonSetRow } from '../../testing/fake-core.ts';
import { CHOOSABLE_COLUMNS, shownColumnIds, shownColumns } from './chosen-columns.ts';
import { imageWords } from './image-words.ts';
import { filteredRows } from './row-filter.ts';
import { statusRank, statusTone, statusView } from './status-view.ts';
import { nextTargets } from './use-causes.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const fluentBit = aDaemonSetRow('fluent-bit', {
  alias: 'Log collector',
  labels: { app: 'logs' },
  images: ['fluent/fluent-bit:4.1.2'],
});
const cilium = aDaemonSetRow('cilium', { description: 'The CNI', labels: { tier: 'network' } });

describe('the filter of the list', () => {
  it.each([
    ['FLUENT', ['fluent-bit']],
    ['collector', ['fluent-bit']],
    ['cni', ['cilium']],
    ['4.1.2', ['fluent-bit']],
    ['tier=network', ['cilium']],
    ['app=logs fluent', ['fluent-bit']],
    ['app=logs cilium', []],
    ['  ', ['fluent-bit', 'cilium']],
  ])('finds by %j', (text, names) => {
    expect(filteredRows([fluentBit, cilium], text).map(({ name }) => name)).toEqual(names);
  });
});

describe('the status of a row', () => {
  it('joins the counts and the cause', () => {
    const row = aDaemonSetRow('gpu', { desired: 24, available: 22, ready: 22 });
    const cause = { uid: row.uid, text: '2 Pending: insufficient memory', missingPodsAreYoung: false };
    const view = statusView(row, NOW, cause);
    expect(view.secondLine).toBe('22 of 24 available · 2 Pending: insufficient memory');
    expect(statusTone(view.status)).toBe('bad');
  });

  it('has no second line when all is well', () => {
    const view = statusView(cilium, NOW, undefined);
    expect(view).toEqual({ status: { kind: 'rolledOut' }, secondLine: '' });
    expect(statusTone(view.status)).toBe('good');
  });

  it('forgets the cause once the row is whole', () => {
    const cause = { uid: cilium.uid, text: 'waits for node-1', missingPodsAreYoung: true };
    expect(statusView(cilium, NOW, cause).secondLine).toBe('');
  });

  it('puts what needs a look first', () => {
    const degraded = statusView(aDaemonSetRow('a', { available: 1 }), NOW, undefined);
    const rolledOut = statusView(cilium, NOW, undefined);
    expect(statusRank(degraded.status)).toBeLessThan(statusRank(rolledOut.status));
  });

  it('is asked for ten rows at once: first who never had an answer, then the oldest, none that had one lately', () => {
    const many = Array.from({ length: 15 }, (_, i) => aDaemonSetRow(`ds-${i}`));
    const answered = (at: number, ...rows: readonly number[]) => rows.map((i) => [`uid-ds-${i}`, at] as const);
    const names = (answers: readonly (readonly [string, number])[]) =>
      nextTargets(many, new Map(answers), 20_000).map(({ name }) => name);
    expect(names([])).toEqual(many.slice(0, 10).map(({ name }) => name));
    expect(names([...answered(9000, 0, 1), ...answered(8000, 2), ...answered(16_000, 3, 4, 5, 6, 7, 8, 9)])).toEqual(
      [10, 11, 12, 13, 14, 2, 0, 1].map((i) => `ds-${i}`),
    );
  });
});

describe('the images of a row', () => {
  it.each([
    [['fluent/fluent-bit:4.1.2'], 'fluent/fluent-bit:4.1.2'],
    [['registry.k8s.io/kube-proxy:v1.37.2'], 'kube-proxy:v1.37.2'],
    [['localhost:5000/team/app@sha256:0123456789abcdef'], 'team/app@01234567'],
    [['quay.io/cilium/cilium:v1', 'quay.io/cilium/cilium:v1'], 'cilium/cilium:v1'],
    [['a/b:1', 'c/d:2', 'e/f:3'], 'a/b:1 +2'],
    [[], ''],
  ])('%j are shown as %s', (images, words) => {
    expect(imageWords(images)).toBe(words);
  });
});

describe('the columns of the list', () => {
  it('are the default ones until some are chosen', () => {
    expect(shownColumnIds(undefined)).toEqual(
      CHOOSABLE_COLUMNS.filter(({ isDefault }) => isDefault).map(({ id }) => id),
    );
  });

  it('keep their order, and drop what no longer exists', () => {
    expect(shownColumnIds(['age', 'gone', 'current'])).toEqual(['current', 'age']);
  });

  it('always hold the name and the menu', () => {
    const columns = ['name', 'age', 'status', 'actions'].map((id) => ({ id }));
    expect(shownColumns(columns, ['age']).map(({ id }) => id)).toEqual(['name', 'age', 'actions']);
  });
});
