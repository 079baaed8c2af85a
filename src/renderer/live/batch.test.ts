import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import { Batch } from './batch.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`);
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Calls that a test answers one by one. */
class Calls {
  readonly open = new Map<string, PromiseWithResolvers<string>>();
  readonly asked: string[] = [];
  readonly perform = (id: string): Promise<string> => {
    this.asked.push(id);
    const call = Promise.withResolvers<string>();
    this.open.set(id, call);
    return call.promise;
  };
  answer(id: string): void {
    this.open.get(id)?.resolve(`${id} done`);
    this.open.delete(id);
  }
}

describe('an act on many objects', () => {
  it('has at most four on their way', async () => {
    const calls = new Calls();
    const batch = new Batch<string>();
    const run = batch.run(ids(6), calls);
    await turn();
    expect(batch.counts()).toMatchObject({ running: 4, waiting: 2 });
    calls.answer('id-1');
    await turn();
    expect(calls.asked).toEqual(ids(5));
    for (const id of ids(6)) {
      calls.answer(id);
      await turn();
    }
    await run;
    expect(batch.counts()).toMatchObject({ done: 6, running: 0, waiting: 0 });
    expect(batch.resultOf('id-5')).toBe('id-5 done');
  });

  it('goes on after a failure, and another run takes only what failed', async () => {
    const asked: string[] = [];
    let fails = true;
    const perform = async (id: string) => {
      asked.push(id);
      if (fails && id === 'id-1') throw new AppError({ reason: 'Forbidden', message: 'You may not.' });
      return id;
    };
    const batch = new Batch<string>();
    await batch.run(ids(3), { perform });
    expect(batch.counts()).toMatchObject({ done: 2, failed: 1 });
    expect(batch.itemOf('id-1')).toMatchObject({ phase: 'failed', error: { message: 'You may not.' } });
    fails = false;
    await batch.run(ids(3), { perform });
    expect(batch.counts()).toMatchObject({ done: 3, failed: 0 });
    expect(asked).toEqual(['id-0', 'id-1', 'id-2', 'id-1']);
  });

  it('that is stopped waits for what was sent and sends nothing more', async () => {
    const calls = new Calls();
    const batch = new Batch<string>();
    const run = batch.run(ids(6), calls);
    await turn();
    batch.stop();
    for (const id of ids(4)) calls.answer(id);
    await run;
    expect(calls.asked).toEqual(ids(4));
    expect(batch.counts()).toMatchObject({ done: 4, notSent: 2 });
    expect(batch.isRunning).toBe(false);
  });

  it('runs once at a time', async () => {
    const calls = new Calls();
    const batch = new Batch<string>();
    const run = batch.run(ids(1), calls);
    await batch.run(ids(1), calls);
    calls.answer('id-0');
    await run;
    expect(calls.asked).toEqual(['id-0']);
  });

  it('looks back before it sends again what nobody knows the outcome of', async () => {
    const sent: string[] = [];
    const lost = new AppError({ reason: 'OutcomeUnknown', message: 'No answer came.' });
    const away = new AppError({ reason: 'Unreachable', message: 'It does not answer.' });
    let perform = async (id: string): Promise<string> => {
      sent.push(id);
      throw lost;
    };
    const look = new Map<string, string | undefined>([['id-0', 'id-0 was done']]);
    const lookBack = async (id: string) => {
      if (id === 'id-2') throw away;
      return look.get(id);
    };
    const act = { perform: (id: string) => perform(id), lookBack };
    const batch = new Batch<string>();
    await batch.run(ids(3), act);
    expect(batch.counts()).toMatchObject({ unknown: 3, failed: 0 });
    perform = async (id) => {
      sent.push(id);
      return `${id} done`;
    };
    await batch.run(ids(3), act);
    expect(batch.resultOf('id-0')).toBe('id-0 was done');
    expect(batch.resultOf('id-1')).toBe('id-1 done');
    expect(batch.itemOf('id-2')).toEqual({ phase: 'unknown', error: away.data });
    expect(sent).toEqual([...ids(3), 'id-1']);
  });

  it('tries one alone, and leaves one of unknown outcome unknown when it is stopped before the look', async () => {
    const calls = new Calls();
    const batch = new Batch<string>();
    const lost = new AppError({ reason: 'OutcomeUnknown', message: 'No answer came.' });
    await batch.run(ids(6), { perform: () => Promise.reject(lost) });
    const run = batch.run(ids(6), calls);
    await turn();
    batch.stop();
    for (const id of ids(4)) calls.answer(id);
    await run;
    expect(batch.counts()).toMatchObject({ done: 4, unknown: 2, notSent: 0 });
    const one = batch.run(['id-5'], calls);
    await turn();
    calls.answer('id-5');
    await one;
    expect(calls.asked).toEqual([...ids(4), 'id-5']);
    expect(batch.itemOf('id-4')?.phase).toBe('unknown');
  });
});
