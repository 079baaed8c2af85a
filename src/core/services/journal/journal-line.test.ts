import { describe, expect, it } from 'vitest';
import { journalDetail } from './journal-detail.ts';
import { journalRow } from './journal-line.ts';

const ref = { contextName: 'prod', namespace: 'logging', name: 'agent' };
const stored = {
  at: '2026-01-01T00:00:00.000Z',
  ref,
  act: 'pause',
  kind: 'DaemonSet',
  outcome: 'done',
  kubectl: 'kubectl …',
  uid: 'u-1',
  before: { spec: { updateStrategy: { type: 'RollingUpdate' } } },
};
const row = (value: unknown, isWhole = true) => journalRow('f:0', { text: JSON.stringify(value), isWhole });

describe('a line of the journal', () => {
  it('is a change without the objects', () => {
    expect(row(stored)).toEqual({
      type: 'change',
      id: 'f:0',
      at: 1_767_225_600_000,
      act: 'pause',
      kind: 'DaemonSet',
      ref,
      outcome: 'done',
      kubectl: 'kubectl …',
    });
  });

  it.each([
    ['Forbidden', 'refused'],
    ['TooManyRequests', 'refused'],
    ['Unreachable', 'failed'],
    ['words of a later version', 'failed'],
    [undefined, 'failed'],
  ])('that failed with %s is %s', (reason, outcome) => {
    expect(row({ ...stored, outcome: 'failed', error: 'why', reason })).toMatchObject({ outcome, error: 'why' });
  });

  it('of unknown outcome says so, whatever its reason', () => {
    expect(row({ ...stored, outcome: 'unknown', reason: 'OutcomeUnknown' })).toMatchObject({ outcome: 'unknown' });
  });

  it('of an older version has no kind', () => {
    expect(row({ ...stored, kind: undefined })).toMatchObject({ type: 'change', kind: '' });
  });

  it.each([
    ['{"act":"dele', true, 'This line is not whole: it was cut while it was written.'],
    ['{"act":"dele', false, 'The last line is not whole: it is being written, or was cut.'],
    ['{"act":"delete"}', true, 'This line is not an entry of the journal.'],
    ['[]', true, 'This line is not an entry of the journal.'],
    [JSON.stringify({ ...stored, at: 'yesterday' }), true, 'This line is not an entry of the journal.'],
    [undefined, true, 'This line is too long to be read.'],
  ])('that cannot be read says why: %s', (text, isWhole, why) => {
    const line = text === undefined ? { isWhole } : { text, isWhole };
    expect(journalRow('f:0', line)).toEqual({ type: 'unreadable', id: 'f:0', why });
  });
});

describe('the objects of a line', () => {
  it('are YAML, with the fields that differ', () => {
    const before = { spec: { minReadySeconds: 9_007_199_254_740_991, paused: true, a: { b: 1 } } };
    const after = '{"spec":{"minReadySeconds":9007199254740993,"a":{"b":1},"template":{"metadata":{}}}}';
    const line = `${JSON.stringify({ ...stored, before }).slice(0, -1)},"after":${after}}`;
    expect(journalDetail(line)).toEqual({
      uid: 'u-1',
      fields: [
        { path: 'spec.paused', before: 'true' },
        { path: 'spec.minReadySeconds', before: '9007199254740991', after: '9007199254740993' },
        { path: 'spec.template', after: '{"metadata":{}}' },
      ],
      before: 'spec:\n  minReadySeconds: 9007199254740991\n  paused: true\n  a:\n    b: 1\n',
      after: 'spec:\n  minReadySeconds: 9007199254740993\n  a:\n    b: 1\n  template:\n    metadata: {}\n',
    });
  });

  it('name a lone annotation or field as it is written', () => {
    const before = { 'kubectl.kubernetes.io/restartedAt': null };
    const after = { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' };
    expect(journalDetail(JSON.stringify({ ...stored, before, after }))?.fields).toEqual([
      { path: 'kubectl.kubernetes.io/restartedAt', after: '2026-01-01T00:00:00Z' },
    ]);
  });

  it('have no values of variables, also where another version wrote them', () => {
    const env = (value: string) => ({ spec: { containers: [{ name: 'main', env: [{ name: 'TOKEN', value }] }] } });
    const detail = journalDetail(JSON.stringify({ ...stored, before: env('hush-1'), after: env('hush-2') }));
    expect(JSON.stringify(detail)).not.toContain('hush');
    expect(detail?.fields).toEqual([]);
    expect(detail?.after).toContain('[redacted]');
  });

  it('may be missing, and what is no entry has none', () => {
    const { before: _, ...bare } = stored;
    expect(journalDetail(JSON.stringify(bare))).toEqual({ uid: 'u-1' });
    expect(journalDetail('{"act":"dele')).toBeUndefined();
    expect(journalDetail('[]')).toBeUndefined();
  });
});
