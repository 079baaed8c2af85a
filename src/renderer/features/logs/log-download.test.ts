import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { FakeCore } from '../../testing/fake-core.ts';
import { downloadLog, logFileName } from './log-download.ts';

const target = { contextName: 'prod', namespace: 'logging', pod: 'p-1', container: 'main' };
const request = { ...target, previous: false, timestamps: true, tailLines: 100 };

function begin(core: FakeCore, signal = new AbortController().signal) {
  const progress: number[] = [];
  const client = core.client();
  const done = downloadLog({
    client,
    request,
    streamId: 'stream-1',
    signal,
    onProgress: (bytes) => progress.push(bytes),
  });
  return { done, progress };
}

async function turn(): Promise<void> {
  for (let index = 0; index < 10; index += 1) await Promise.resolve();
}

describe('the download of a log', () => {
  it('reads from the first line to the end, says how far it is and gives every byte back', async () => {
    const core = new FakeCore();
    const { done, progress } = begin(core);
    await turn();
    core.log.push({ type: 'lines', text: 'é1\n', bytes: 4 });
    core.log.push({ type: 'seam', at: 0, error: { reason: 'Unreachable', message: 'cut' } });
    core.log.push({ type: 'lines', text: '\u001b[31m2\n', bytes: 7 });
    core.log.push({ type: 'lines', text: 'no end', bytes: 6 });
    await turn();
    core.log.push({ type: 'ended', why: 'complete' });
    core.log.end();
    expect(await (await done).text()).toBe('é1\n\u001b[31m2\nno end');
    expect(progress).toEqual([4, 11, 17]);
    expect(core.calledWith('log.read')[0]).not.toHaveProperty('tailLines');
    expect(core.calledWith('log.read')[0]).toMatchObject({ follow: false, timestamps: true });
    const given = core.calledWith('stream.credit').map((input) => (input as { bytes: number }).bytes);
    expect(given.reduce((sum, bytes) => sum + bytes, 0)).toBe(17);
  });

  it('fails with what the stream fails with', async () => {
    const core = new FakeCore();
    const { done } = begin(core);
    await turn();
    core.log.fail(new AppError({ reason: 'NotFound', message: 'pod is gone' }));
    await expect(done).rejects.toMatchObject({ data: { reason: 'NotFound' } });
  });

  it('saves nothing when the stream ends before the log does', async () => {
    const core = new FakeCore();
    const { done } = begin(core);
    await turn();
    core.log.push({ type: 'lines', text: '1\n', bytes: 2 });
    core.log.end();
    await expect(done).rejects.toMatchObject({ data: { message: 'The stream ended before the log did.' } });
  });

  it('ends its stream when it is cancelled half way', async () => {
    const core = new FakeCore();
    const controller = new AbortController();
    const { done } = begin(core, controller.signal);
    const settled = done.then(
      () => 'saved',
      () => 'cancelled',
    );
    await turn();
    core.log.push({ type: 'lines', text: '1\n', bytes: 2 });
    await turn();
    controller.abort();
    expect(await settled).toBe('cancelled');
    expect(core.log.openCount).toBe(0);
  });

  it('names the file after pod and container', () => {
    expect(logFileName({ pod: 'p-1', container: 'main', previous: false })).toBe('p-1.main.log');
    expect(logFileName({ pod: 'p-1', container: 'main', previous: true })).toBe('p-1.main.previous.log');
  });
});
