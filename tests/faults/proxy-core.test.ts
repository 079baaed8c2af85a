import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ContextsView } from '../../src/shared/contract/context.ts';
import { type AppErrorData, toAppErrorData } from '../../src/shared/errors/app-error.ts';
import type { DaemonSetRow } from '../../src/shared/kubernetes/rows.ts';
import { ClusterHistory } from './cluster-history.ts';
import { CONTEXT, CoreWorld } from './core-world.ts';
import { DAEMONSETS, DefaultNamespace, NAMESPACE } from './default-namespace.ts';
import { type FaultyCluster, startFaultyDemo } from './faulty-cluster.ts';
import { LogReader } from './log-reader.ts';
import { RowReader } from './row-reader.ts';
import { CLEAR, type CutBy, SILENT } from './weather.ts';

const TICK_MS = 500;
const CUTS: readonly CutBy[] = ['close', 'reset', 'halfClose', 'silence'];

describe.each(['http', 'h2'] as const)('the core before an API server on %s', { timeout: 60_000 }, (protocol) => {
  let cluster: FaultyCluster;
  let namespace: DefaultNamespace;
  let history: ClusterHistory;
  let world: CoreWorld;

  beforeAll(async () => {
    cluster = await startFaultyDemo(protocol);
    namespace = new DefaultNamespace(cluster);
    history = await ClusterHistory.start(cluster.api, DAEMONSETS);
  });

  beforeEach(async () => {
    await namespace.empty();
    world = await CoreWorld.start(cluster);
  });

  afterEach(async () => {
    world.proxy.weather = CLEAR;
    expect(await world.leftovers()).toEqual([]);
    await world.close();
  });

  afterAll(async () => {
    await history[Symbol.asyncDispose]();
    await cluster[Symbol.asyncDispose]();
  });

  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += TICK_MS) {
      await cluster.pass(TICK_MS);
      await world.clock.advance(TICK_MS);
    }
  }

  /** Within so much of the application's time. */
  async function within(ms: number, what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (let passed = 0; passed <= ms; passed += TICK_MS) {
      if (await isSo()) return;
      await pass(TICK_MS);
    }
    throw new Error(`not within ${ms / 1000} s: ${what}`);
  }

  /** How opening the context ends: its error, or undefined. */
  async function open(): Promise<AppErrorData | undefined> {
    let end: { readonly error?: AppErrorData } | undefined;
    void world.client.context.open({ contextName: CONTEXT }).then(
      () => (end = {}),
      (error: unknown) => (end = { error: toAppErrorData(error) }),
    );
    await within(60_000, 'the context opens or is refused', () => end !== undefined);
    return end?.error;
  }

  async function readList(): Promise<RowReader<DaemonSetRow>> {
    return new RowReader(await world.client.daemonSet.watchList({ contextName: CONTEXT, namespaces: [NAMESPACE] }));
  }

  async function becomesRight(reader: RowReader<DaemonSetRow>, ms = 300_000): Promise<void> {
    await within(ms, 'the rows are the list', async () => {
      return reader.state.phase === 'live' && reader.witness.equals(await history.truth());
    });
    expect(reader.witness.lies).toEqual([]);
    expect(reader.witness.inventions((row) => history.everWas(row))).toEqual([]);
  }

  async function aLiveList(): Promise<RowReader<DaemonSetRow>> {
    expect(await open()).toBeUndefined();
    await namespace.write('agent');
    const reader = await readList();
    await becomesRight(reader);
    return reader;
  }

  async function contextPhase(): Promise<string | undefined> {
    let view: ContextsView | undefined;
    for await (const item of await world.client.context.watch()) {
      view = item;
      break;
    }
    return view?.contexts.find(({ contextName }) => contextName === CONTEXT)?.connection.phase;
  }

  describe('when it is opened', () => {
    it('gives a silent peer 10 s, says so, and opens when it is asked again', async () => {
      world.proxy.weather = SILENT;
      const error = await open();
      expect(error).toMatchObject({ reason: 'Unreachable', retry: true, contextName: CONTEXT });
      expect(error?.message).toMatch(/(did not answer|could not be connected to) within 10 s/);
      expect(await contextPhase()).toBe('refused');
      world.proxy.weather = CLEAR;
      expect(await open()).toBeUndefined();
      expect(await contextPhase()).toBe('live');
    });

    it('says that nobody listens, and opens when somebody does', async () => {
      await world.proxy.goDown();
      const error = await open();
      expect(error?.message).toContain('refuses the connection (ECONNREFUSED)');
      await world.proxy.comeBack();
      expect(await open()).toBeUndefined();
    });

    it.each(CUTS)('ends with words when its first answers are cut by %s at any place', async (by) => {
      for (const afterBytes of [1, 60, 200, 900]) {
        world.proxy.weather = { kind: 'cut', afterBytes, by };
        const error = await open();
        // The first answers on plain HTTP are shorter than the last of these cuts.
        if (error === undefined) expect([protocol, afterBytes]).toEqual(['http', 900]);
        else expect(error).toMatchObject({ reason: 'Unreachable', retry: true });
        world.proxy.weather = CLEAR;
        await world.client.context.close({ contextName: CONTEXT });
      }
      expect(await open()).toBeUndefined();
    });
  });

  describe('while it lists', () => {
    it('says after 30 s that a silent peer does not answer, and lists when it does', async () => {
      expect(await open()).toBeUndefined();
      await namespace.write('agent');
      world.proxy.weather = SILENT;
      const reader = await readList();
      await within(40_000, 'the list fails', () => reader.state.phase === 'failed');
      expect(reader.state).toMatchObject({ error: { reason: 'Unreachable', retry: true } });
      world.proxy.weather = CLEAR;
      await becomesRight(reader);
    });

    it.each(CUTS)('shows a page that was cut by %s at no time, and lists again', async (by) => {
      expect(await open()).toBeUndefined();
      for (const name of ['agent', 'proxy']) await namespace.write(name);
      for (const afterBytes of [1, 100, 700, 2500]) {
        world.proxy.weather = { kind: 'cut', afterBytes, by };
        const reader = await readList();
        await pass(2000);
        world.proxy.weather = CLEAR;
        await becomesRight(reader);
        await world.client.context.close({ contextName: CONTEXT });
        expect(await open()).toBeUndefined();
      }
    });

    it('waits for a slow server, and shows its rows', async () => {
      expect(await open()).toBeUndefined();
      await namespace.write('agent');
      world.proxy.weather = { kind: 'slow', bytesPerSecond: 1000 };
      const reader = await readList();
      await pass(500);
      expect(reader.state.phase).not.toBe('live');
      await becomesRight(reader, 25_000);
    });
  });

  describe('while it watches', () => {
    it.each([SILENT, { kind: 'silent', toward: 'client' }, { kind: 'silent', toward: 'server' }] as const)(
      'is stale within 95 s of silence (%o), keeps the rows, and shows what happened when it ends',
      async (weather) => {
        const reader = await aLiveList();
        const shown = reader.witness.rows.size;
        world.proxy.weather = weather;
        await namespace.write('proxy');
        if (weather === SILENT) await within(95_000, 'stale', () => reader.state.phase === 'stale');
        else await pass(95_000);
        if (weather === SILENT) {
          expect(reader.state).toMatchObject({ error: { retry: true } });
          expect(await contextPhase()).toBe('stale');
          expect(reader.witness.rows.size).toBe(shown);
        }
        world.proxy.weather = CLEAR;
        await becomesRight(reader);
        expect(await contextPhase()).toBe('live');
      },
    );

    it('says that nobody listens and when it asks again, and is back at once when told to', async () => {
      const reader = await aLiveList();
      await world.proxy.goDown();
      await within(30_000, 'refused', () => {
        const { state } = reader;
        return state.phase === 'stale' && state.error.message.includes('refuses the connection');
      });
      expect(reader.state.phase === 'stale' && reader.state.retryAt).toBeGreaterThan(world.clock.now());
      await pass(60_000);
      await namespace.write('proxy');
      await world.proxy.comeBack();
      world.nudge();
      await becomesRight(reader, 2000);
    });

    it.each(CUTS)('comes back by itself when its connections are cut by %s inside an event', async (by) => {
      const reader = await aLiveList();
      for (const afterBytes of [1, 90, 400]) {
        world.proxy.weather = { kind: 'cut', afterBytes, by };
        await namespace.annotate('agent');
        await pass(1000);
        world.proxy.weather = CLEAR;
        await becomesRight(reader);
      }
    });

    it('reads events that come byte by byte, also inside a character', async () => {
      const reader = await aLiveList();
      world.proxy.weather = { kind: 'bytewise' };
      await namespace.annotate('agent', { 'kubesphere.io/alias-name': 'Größe 日本 👩‍🚒' });
      await becomesRight(reader);
      expect([...reader.witness.rows.values()].map(({ alias }) => alias)).toContain('Größe 日本 👩‍🚒');
    });
  });

  describe('while it reads a log', () => {
    async function aLog(follow: boolean): Promise<{ readonly reader: LogReader; readonly pod: string }> {
      expect(await open()).toBeUndefined();
      const uid = await namespace.write('agent', { annotations: { 'everynode.demo/behaviour': 'log-flood' } });
      let pod: string | undefined;
      await within(120_000, 'a pod runs', async () => (pod = await namespace.runningPodOf(uid)) !== undefined);
      await pass(5000);
      if (pod === undefined) throw new Error('no pod');
      const reader = new LogReader(world, pod, follow);
      return { reader, pod };
    }

    /** Everything that the server has of it by now has been read, once and in order. */
    async function becomesWhole({ reader, pod }: Awaited<ReturnType<typeof aLog>>): Promise<void> {
      const whole = await namespace.logOf(pod);
      await within(300_000, 'the log is whole', () => reader.text.length >= whole.length);
      expect(reader.text.startsWith(whole)).toBe(true);
      expect(reader.error).toBeUndefined();
    }

    it('goes on after minutes of silence with nothing lost', async () => {
      const log = await aLog(true);
      await within(10_000, 'lines', () => log.reader.text !== '');
      world.proxy.weather = SILENT;
      await pass(60_000);
      world.proxy.weather = CLEAR;
      await becomesWhole(log);
    });

    it.each(['close', 'reset'] as const)(
      'shows a seam after a cut by %s, with nothing lost or repeated',
      async (by) => {
        const log = await aLog(true);
        await within(10_000, 'lines', () => log.reader.text !== '');
        for (const afterBytes of [1, 77, 5000]) {
          const before = log.reader.seams.length;
          world.proxy.weather = { kind: 'cut', afterBytes, by };
          const { accepted } = world.proxy;
          await within(60_000, 'another connection', () => world.proxy.accepted > accepted);
          world.proxy.weather = CLEAR;
          await within(60_000, 'a seam', () => log.reader.seams.length > before);
        }
        expect(log.reader.seams[0]).toMatch(/broke in the middle of the stream|although the container runs/);
        await becomesWhole(log);
      },
    );

    it('waits for a server that is gone, and goes on where it stood', async () => {
      const log = await aLog(true);
      await within(10_000, 'lines', () => log.reader.text !== '');
      await world.proxy.goDown();
      await pass(30_000);
      await world.proxy.comeBack();
      await within(60_000, 'a seam', () => log.reader.seams.length > 0);
      await becomesWhole(log);
    });

    it('comes whole byte by byte', async () => {
      world.proxy.weather = { kind: 'bytewise' };
      const log = await aLog(true);
      await becomesWhole(log);
      expect(log.reader.seams).toEqual([]);
    });

    it('that is read to its end asks again after a minute of silence in its midst', async () => {
      const log = await aLog(false);
      world.proxy.weather = { kind: 'cut', afterBytes: 20_000, by: 'silence' };
      await pass(59_000);
      expect(log.reader.hasEnded).toBe(false);
      world.proxy.weather = CLEAR;
      await within(20_000, 'its end', () => log.reader.hasEnded);
      expect(log.reader.error).toBeUndefined();
      expect(log.reader.seams[0]).toContain('sent nothing for 60 s');
      expect((await namespace.logOf(log.pod)).startsWith(log.reader.text)).toBe(true);
      expect(log.reader.items.at(-1)).toEqual({ type: 'ended', why: 'complete' });
    });
  });
});
