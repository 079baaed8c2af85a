import { describe, expect, it } from 'vitest';
import { logQuery } from './log-query.ts';

const first = {
  container: 'main',
  previous: false,
  sinceTime: undefined,
  fromBeginning: false,
  openForMs: undefined,
} as const;
const base = { container: 'main', follow: true, previous: false };

describe('what a request of a log asks for', () => {
  it('is the range that the reader wants, at first and while no line came', () => {
    expect(logQuery({ follow: true, tailLines: 100, sinceSeconds: 60 }, first)).toEqual({
      ...base,
      tailLines: 100,
      sinceSeconds: 60,
    });
    expect(logQuery({ follow: true, tailLines: 100 }, { ...first, openForMs: 90_000 })).toEqual({
      ...base,
      tailLines: 100,
    });
  });

  it('is everything after the last line once there is one', () => {
    const pass = { ...first, sinceTime: '2026-01-01T00:00:07Z', openForMs: 5000 };
    expect(logQuery({ follow: true, tailLines: 0 }, pass)).toEqual({ ...base, sinceTime: '2026-01-01T00:00:07Z' });
  });

  it('is everything of a run that follows another', () => {
    expect(logQuery({ follow: true, tailLines: 0 }, { ...first, fromBeginning: true, openForMs: 1 })).toEqual(base);
  });

  it.each([
    [0, 1],
    [1, 1],
    [1001, 2],
    [90_000, 90],
  ])('is what was written since the opening, %i ms ago, when only new lines were wanted', (openForMs, sinceSeconds) => {
    expect(logQuery({ follow: true, tailLines: 0 }, first)).toEqual({ ...base, tailLines: 0 });
    expect(logQuery({ follow: true, tailLines: 0 }, { ...first, openForMs })).toEqual({ ...base, sinceSeconds });
  });

  it('follows neither a former run nor what is read to its end', () => {
    expect(logQuery({ follow: true }, { ...first, previous: true })).toMatchObject({ follow: false, previous: true });
    expect(logQuery({ follow: true, previous: true }, first)).toMatchObject({ follow: false });
    expect(logQuery({ follow: false }, first)).toMatchObject({ follow: false });
  });
});
