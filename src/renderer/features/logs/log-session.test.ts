import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { LogMark } from '../../../shared/contract/log.ts';
import { FakeCore } from '../../testing/fake-core.ts';
import { FakeTransport } from '../../testing/fake-transport.ts';
import { LOG_LIMITS, LogSession } from './log-session.ts';
import type { LogRequest, LogSink } from './log-session.ts';

const request: LogRequest = {
  contextName: 'prod',
  namespace: 'logging',
  pod: 'fluent-bit-2x9kd',
  container: 'fluent-bit',
  previous: false,
  timestamps: false,
  tailLines: 100,
};

/** A terminal that parses nothing until it is told to. */
class FakeScreen implements LogSink {
  text = '';
  cleared = 0;
  readonly #waiting: (() => void)[] = [];

  write(text: string, _longestLine: number, done: () => void): void {
    this.text += text;
    this.#waiting.push(done);
  }

  clear(): void {
    this.text = '';
    this.cleared += 1;
  }

  parseAll(): void {
    for (const done of this.#waiting.splice(0)) done();
  }
}

let core: FakeCore;
let clock: FakeClock;
let transport: FakeTransport;
let streams: number;
let screen: FakeScreen;
let session: LogSession;

async function settle(): Promise<void> {
  await clock.advance(200);
}

function start(more: Partial<LogRequest> = {}): LogSession {
  const newStreamId = () => `stream-${++streams}`;
  const { client } = transport;
  const options = { client, transport, clock, request: { ...request, ...more }, newStreamId };
  session = new LogSession(options);
  void session.run();
  return session;
}

function credits(): readonly unknown[] {
  return core.calledWith('stream.credit').map((input) => (input as { bytes: number }).bytes);
}

async function push(text: string): Promise<void> {
  core.log.push({ type: 'lines', text, bytes: text.length });
  await settle();
}

beforeEach(() => {
  core = new FakeCore();
  clock = new FakeClock();
  transport = new FakeTransport(core.client());
  streams = 0;
  screen = new FakeScreen();
});

afterEach(async () => {
  session.stop();
  await settle();
  expect(core.log.openCount).toBe(0);
  expect(clock.pendingTimers).toBe(0);
});

describe('following a log', () => {
  it('asks for the container, follows, and writes what comes', async () => {
    start().attach(screen);
    await push('one\ntwo\n');
    expect(core.calledWith('log.read')).toEqual([
      {
        contextName: 'prod',
        namespace: 'logging',
        name: 'fluent-bit-2x9kd',
        container: 'fluent-bit',
        previous: false,
        timestamps: false,
        tailLines: 100,
        streamId: 'stream-1',
        windowBytes: 1_048_576,
        follow: true,
      },
    ]);
    expect(screen.text).toBe('one\ntwo\n');
    expect(session.getSnapshot()).toMatchObject({ phase: { kind: 'following' }, lines: 2, newLines: 0 });
  });

  it('reads the previous container to its end, without following', async () => {
    start({ previous: true });
    await settle();
    expect(core.calledWith('log.read')[0]).toMatchObject({ previous: true, follow: false });
  });

  it('gives bytes back only when the screen has taken them', async () => {
    start().attach(screen);
    await push('12345\n');
    await push('678\n');
    expect(credits()).toEqual([]);
    screen.parseAll();
    await settle();
    expect(credits()).toEqual([6, 4]);
  });

  it('keeps what comes before the screen is loaded, and shows it then', async () => {
    start();
    await push('early\n');
    expect(credits()).toEqual([6]);
    session.attach(screen);
    expect(screen.text).toBe('early\n');
  });

  it('lets nothing but colours through to the screen', async () => {
    start().attach(screen);
    await push('\u001b[31mred\u001b[0m \u001b]52;c;aGk=\u0007\n');
    expect(screen.text).toBe('\u001b[31mred\u001b[0m ^[]52;c;aGk=^G\n');
  });

  it('cuts a huge line on screen only', async () => {
    start().attach(screen);
    await push(`${'x'.repeat(30_000)}\n`);
    expect(screen.text).toContain('10,000 more characters in this line');
    expect(session.ring.text()).toHaveLength(30_001);
  });

  it('counts what its limit no longer keeps', async () => {
    start();
    await push('line\n'.repeat(LOG_LIMITS.lines + 5));
    expect(session.getSnapshot()).toMatchObject({ lines: LOG_LIMITS.lines, droppedLines: 5 });
  });
});

describe('a log that is paused', () => {
  it('holds the screen still, counts new lines, and goes on where it was', async () => {
    start().attach(screen);
    await push('one\n');
    session.pause();
    await push('two\nthree\n');
    expect(screen.text).toBe('one\n');
    expect(session.getSnapshot()).toMatchObject({ paused: true, newLines: 2 });
    session.resume();
    expect(screen.text).toBe('one\ntwo\nthree\n');
    expect(session.getSnapshot()).toMatchObject({ paused: false, newLines: 0 });
  });

  it('does not hold the source back: the ring takes what comes', async () => {
    start().attach(screen);
    session.pause();
    await push('two\n');
    expect(credits()).toEqual([4]);
  });

  it('begins the screen anew when more came than is kept', async () => {
    start().attach(screen);
    await push('seen\n');
    session.pause();
    await push('late\n'.repeat(LOG_LIMITS.lines + 1));
    const before = screen.cleared;
    session.resume();
    expect(screen.cleared).toBe(before + 1);
    expect(screen.text).toBe('late\n'.repeat(LOG_LIMITS.lines));
  });

  it('is emptied by Clear, and counts from there', async () => {
    start().attach(screen);
    await push('one\n');
    session.pause();
    session.clear();
    await push('two\n');
    expect(session.getSnapshot()).toMatchObject({ lines: 1, newLines: 1 });
    session.resume();
    expect(screen.text).toBe('two\n');
  });
});

describe('what happens to the stream', () => {
  it('shows a seam as a dim line between the lines', async () => {
    start().attach(screen);
    await push('before\n');
    core.log.push({ type: 'seam', at: 0, error: { reason: 'Unreachable', message: 'connection\nreset \u001b[31m' } });
    await push('after\n');
    expect(screen.text).toMatch(
      /^before\n\u001b\[0m\u001b\[2m── the stream was cut .* connection reset ──\u001b\[0m\nafter\n$/,
    );
    expect(session.ring.text()).toBe('before\nafter\n');
  });

  it('says the server’s words while the container waits, once as long as they are the same', async () => {
    start().attach(screen);
    for (const message of ['waiting to start: ContainerCreating', 'waiting to start: ContainerCreating']) {
      core.log.push({ type: 'waiting', message });
      await settle();
    }
    expect(screen.text.match(/ContainerCreating/g)).toHaveLength(1);
    expect(session.getSnapshot().phase).toEqual({ kind: 'waiting', message: 'waiting to start: ContainerCreating' });
  });

  it('shows the unfinished last line when the log ends, and says why it ended', async () => {
    start().attach(screen);
    await push('whole\nunfini');
    expect(screen.text).toBe('whole\n');
    await push('shed');
    core.log.push({ type: 'ended', why: 'containerEnded' });
    await settle();
    expect(screen.text).toContain('whole\nunfinished\n');
    expect(session.getSnapshot().phase).toEqual({ kind: 'ended', words: 'the container has ended' });
  });

  it('keeps what was read when it fails', async () => {
    start().attach(screen);
    await push('one\n');
    core.log.fail(new AppError({ reason: 'Forbidden', message: 'may not get pods/log' }));
    await settle();
    expect(session.getSnapshot().phase).toMatchObject({ kind: 'failed', error: { reason: 'Forbidden' } });
    expect(screen.text).toBe('one\n');
  });

  it('ends with the session, in silence', async () => {
    start().attach(screen);
    await push('one\n');
    session.stop();
    await push('two\n');
    expect(screen.text).toBe('one\n');
    expect(session.getSnapshot().phase.kind).toBe('following');
  });

  it('stops giving back when the way to the core is gone', async () => {
    start();
    core.failure = new AppError({ reason: 'Disconnected', message: 'gone' });
    await push('one\n');
    await push('two\n');
    expect(credits()).toEqual([4]);
  });
});

describe('a log whose page loses the core', () => {
  const mark = (seconds: number): LogMark => ({
    podUid: 'uid',
    restartCount: 0,
    latest: { seconds, nanos: 1 },
    equalCount: 1,
    anchor: { at: { seconds, nanos: 1 }, hash: 7, count: 1 },
  });
  const lost = new AppError({ reason: 'Disconnected', message: 'The connection to Everynode was lost.' });
  const reads = () => core.calledWith('log.read') as readonly { streamId: string; resumeFrom?: LogMark }[];

  async function pushMarked(text: string, seconds: number): Promise<void> {
    core.log.push({ type: 'lines', text, bytes: text.length, mark: mark(seconds) });
    await settle();
  }

  async function lose(): Promise<void> {
    transport.setState({ phase: 'lost', since: clock.now() });
    core.log.fail(lost);
    await clock.advance(0);
  }

  it('keeps what is shown, says since when, and goes on by itself after its last whole line', async () => {
    start().attach(screen);
    await pushMarked('one\n', 1);
    core.log.push({ type: 'lines', text: 'begun, ', bytes: 7 });
    await settle();
    const since = clock.now();
    await lose();
    expect(session.getSnapshot().phase).toMatchObject({ kind: 'cutOff', since, error: { reason: 'Disconnected' } });
    expect(screen.text).toBe('one\n');
    transport.setState({ phase: 'open', since: 1 });
    await settle();
    expect(reads()).toHaveLength(2);
    expect(reads()[1]).toMatchObject({ streamId: 'stream-2', resumeFrom: mark(1), tailLines: 100 });
    core.log.push({ type: 'seam', at: 0, error: { reason: 'Disconnected', message: 'cut off' } });
    await pushMarked('begun, ended\n', 2);
    expect(session.getSnapshot().phase).toEqual({ kind: 'following' });
    expect(session.ring.text()).toBe('one\nbegun, ended\n');
    expect(screen.text).toMatch(/^one\n.*the stream was cut.*\nbegun, ended\n$/);
  });

  it('gives bytes back to the stream that is open now', async () => {
    start();
    await pushMarked('one\n', 1);
    await lose();
    transport.setState({ phase: 'open', since: 1 });
    await settle();
    await pushMarked('two\n', 2);
    expect(core.calledWith('stream.credit')).toEqual([
      { streamId: 'stream-1', bytes: 4 },
      { streamId: 'stream-2', bytes: 4 },
    ]);
  });

  it('tries again less and less often while the core has no connection to the cluster, and at once on a click', async () => {
    start();
    await pushMarked('one\n', 1);
    const since = clock.now();
    for (const delayMs of [500, 1000, 2000]) {
      core.log.fail(lost);
      await clock.advance(delayMs - 1);
      const before = reads().length;
      await clock.advance(1);
      expect(reads()).toHaveLength(before + 1);
    }
    core.log.fail(lost);
    await clock.advance(0);
    expect(session.getSnapshot().phase).toMatchObject({ kind: 'cutOff', since });
    const before = reads().length;
    session.reopen();
    await clock.advance(0);
    expect(reads()).toHaveLength(before + 1);
  });

  it('begins anew when nothing was read that it could go on from', async () => {
    start().attach(screen);
    await push('the kubelet’s own words\n');
    await lose();
    transport.setState({ phase: 'open', since: 1 });
    await settle();
    expect(reads()[1]).not.toHaveProperty('resumeFrom');
    await push('the kubelet’s own words\n');
    expect(screen.text).toBe('the kubelet’s own words\n');
  });

  it('is left alone by a session that has ended meanwhile', async () => {
    start();
    await pushMarked('one\n', 1);
    await lose();
    session.stop();
    transport.setState({ phase: 'open', since: 1 });
    await settle();
    expect(reads()).toHaveLength(1);
  });

  it('fails with what the cluster says when it is back', async () => {
    start();
    await pushMarked('one\n', 1);
    await lose();
    transport.setState({ phase: 'open', since: 1 });
    await settle();
    core.log.fail(new AppError({ reason: 'Forbidden', message: 'may not get pods/log' }));
    await settle();
    expect(session.getSnapshot().phase).toMatchObject({ kind: 'failed', error: { reason: 'Forbidden' } });
  });
});
