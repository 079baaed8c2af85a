import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../src/renderer/transport/api-client.ts';
import type { RowsItem } from '../../src/shared/contract/live.ts';
import { PACED_ITEMS } from '../../src/shared/contract/stream-pacing.ts';
import { AppError } from '../../src/shared/errors/app-error.ts';
import type { NamespaceRow } from '../../src/shared/kubernetes/rows.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { openElectronTransport } from './electron-transport.ts';
import { lineText } from './log-source.ts';
import { openMemoryTransport } from './memory-transport.ts';
import { REFUSED, TestCore } from './test-core.ts';
import type { OpenTestTransport, TestTransport } from './test-transport.ts';
import { openWebSocketTransport } from './websocket-transport.ts';

const transports: readonly (readonly [string, OpenTestTransport])[] = [
  ['an in-memory pair', openMemoryTransport],
  ['a real WebSocket', openWebSocketTransport],
  ["Electron's MessagePort", openElectronTransport],
];

const NOTHING_OPEN = { pages: 0, waiting: 0, namespaces: 0, infos: 0, logs: 0 };
const WINDOW_BYTES = 65_536;
/** Resources that only this suite opens. */
const COUNTED = ['TCPSocketWrap', 'TCPServerWrap', 'MessagePort'];

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`expected an AppError, got ${String(error)}`);
  return error;
}

/** A transport keeps its order: when this is answered, all that was sent before has arrived. */
async function settled(client: ApiClient): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await client.app.info();
}

function namespaceRow(name: string, resourceVersion: number): NamespaceRow {
  return { uid: `uid-${name}`, name, resourceVersion: String(resourceVersion), phase: 'Active' };
}

function applyTo(rows: Map<string, NamespaceRow>, item: RowsItem<NamespaceRow>): void {
  if (item.type === 'full') rows.clear();
  for (const row of item.type === 'full' ? item.rows : item.upserted) rows.set(row.uid, row);
  for (const uid of item.type === 'full' ? [] : item.deletedUids) rows.delete(uid);
}

const openResources = () =>
  process
    .getActiveResourcesInfo()
    .filter((name) => COUNTED.includes(name))
    .sort();

/** Sockets that were ended on both sides are let go of within a few turns of the event loop. */
async function released(before: readonly string[]): Promise<readonly string[]> {
  for (let turn = 0; turn < 200 && openResources().length > before.length; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return openResources();
}

describe.each(transports)('the contract over %s', (_name, open) => {
  let core: TestCore;
  let clock: FakeClock;
  let transport: TestTransport;
  let client: ApiClient;
  let before: readonly string[];

  beforeEach(async () => {
    before = openResources();
    core = new TestCore();
    clock = new FakeClock();
    transport = await open(core.pages, clock);
    ({ client } = transport);
  });

  afterEach(async () => {
    await transport.close();
    await clock.advance(0);
    expect(core.open).toEqual(NOTHING_OPEN);
    expect(clock.pendingTimers).toBe(0);
    expect(await released(before)).toEqual(before);
  });

  const readLog = (streamId = 'log-stream-1', follow = false) =>
    client.log.read({
      contextName: 'prod',
      namespace: 'logging',
      name: 'agent-x',
      container: 'agent',
      streamId,
      windowBytes: WINDOW_BYTES,
      follow,
    });

  describe('a call', () => {
    it('answers with its result', async () => {
      expect(await client.app.info()).toEqual({
        version: '1.2.3',
        host: 'server',
        platform: 'linux',
        capabilities: [],
      });
    });

    it('fails with every field of the AppError that the core threw', async () => {
      expect((await failure(client.context.open({ contextName: 'refused' }))).data).toEqual(REFUSED);
      expect(core.bugs).toEqual([]);
    });

    it('fails as a Bug, logged once, when the core breaks', async () => {
      const error = await failure(client.context.open({ contextName: 'bug' }));
      expect(error.data).toMatchObject({ reason: 'Bug', detail: 'TypeError: undefined is not a cluster' });
      expect(core.bugs.map(({ path }) => path)).toEqual(['context.open']);
    });

    it('with an invalid input never reaches the core', async () => {
      const error = await failure(client.context.open({ contextName: '' }));
      expect(error.data).toMatchObject({ reason: 'ContractViolation', causes: [{ path: 'contextName' }] });
      expect([core.begun, core.bugs]).toEqual([[], []]);
    });

    it('that the core does not have is a ContractViolation', async () => {
      expect((await failure(client.context.close({ contextName: 'prod' }))).reason).toBe('ContractViolation');
    });

    it('cancelled before it starts never leaves the page', async () => {
      const error = await failure(client.context.open({ contextName: 'prod' }, { signal: AbortSignal.abort() }));
      expect(error.reason).toBe('Cancelled');
      await settled(client);
      expect(core.begun).toEqual([]);
    });

    it('cancelled while it runs ends in the core too', async () => {
      const controller = new AbortController();
      const begun = core.nextCall();
      const call = failure(client.context.open({ contextName: 'silent' }, { signal: controller.signal }));
      await begun;
      expect(core.open.waiting).toBe(1);
      controller.abort();
      expect((await call).reason).toBe('Cancelled');
      await settled(client);
      expect([core.open.waiting, core.bugs]).toEqual([0, []]);
    });

    it('fails after 20 s without an answer, and ends in the core', async () => {
      const begun = core.nextCall();
      const call = failure(client.context.open({ contextName: 'silent' }));
      await begun;
      await clock.advance(19_999);
      expect(core.open.waiting).toBe(1);
      await clock.advance(1);
      expect((await call).data).toMatchObject({ reason: 'Timeout', message: 'Everynode did not answer within 20 s.' });
      await settled(client);
      expect(core.open.waiting).toBe(0);
    });

    it('has the deadline that its caller gives', async () => {
      const begun = core.nextCall();
      const call = failure(client.context.open({ contextName: 'silent' }, { context: { deadlineMs: 1500 } }));
      await begun;
      await clock.advance(1500);
      expect((await call).data.message).toBe('Everynode did not answer within 1.5 s.');
    });

    it('fails by its deadline also when nothing gets through any more', async () => {
      transport.freeze();
      const call = failure(client.context.open({ contextName: 'prod' }, { context: { deadlineMs: 1000 } }));
      await clock.advance(1000);
      expect((await call).reason).toBe('Timeout');
    });

    it('fails as Disconnected when the connection is lost, is not sent again, and nothing is asked after', async () => {
      const begun = core.nextCall();
      const call = failure(client.context.open({ contextName: 'silent' }));
      await begun;
      transport.cut();
      expect((await call).reason).toBe('Disconnected');
      expect((await failure(client.app.info())).reason).toBe('Disconnected');
      expect(core.begun).toEqual(['open silent']);
    });
  });

  describe('a call that changes a cluster', () => {
    const target = { contextName: 'silent', namespace: 'logging', name: 'agent', uid: 'u-1' };

    it('is of unknown outcome when the connection is lost before the answer, and is not sent again', async () => {
      const begun = core.nextCall();
      const call = failure(client.daemonSet.restart(target));
      await begun;
      transport.cut();
      expect((await call).reason).toBe('OutcomeUnknown');
      expect(core.begun).toEqual(['restart silent']);
    });

    it('is of unknown outcome when no answer comes, after more than what the core needs to look for it', async () => {
      const begun = core.nextCall();
      const call = failure(client.daemonSet.restart(target));
      await begun;
      await clock.advance(89_000);
      expect(core.waiting).toBe(1);
      await clock.advance(1000);
      expect((await call).reason).toBe('OutcomeUnknown');
    });

    it('that was never sent, the loss being known, is Disconnected: it may be sent again', async () => {
      transport.cut();
      await failure(client.app.info());
      expect((await failure(client.daemonSet.restart(target))).reason).toBe('Disconnected');
      expect(core.begun).toEqual([]);
    });
  });

  describe('a snapshot stream', () => {
    it('shows all rows first, then what changed', async () => {
      core.namespaces.upsert(namespaceRow('logging', 1));
      const stream = await client.cluster.watchNamespaces({ contextName: 'prod' });
      expect((await stream.next()).value).toMatchObject({ type: 'full', rows: [namespaceRow('logging', 1)] });
      core.namespaces.upsert(namespaceRow('monitoring', 2));
      core.namespaces.delete('uid-logging');
      expect((await stream.next()).value).toMatchObject({ type: 'batch', upserted: [namespaceRow('monitoring', 2)] });
      await stream.return(undefined);
      await settled(client);
      expect(core.open.namespaces).toBe(0);
    });

    it('never loses the last state before a slow reader, and keeps no more than the rows for it', async () => {
      for (let i = 0; i < 50; i++) core.namespaces.upsert(namespaceRow(`ns-${i}`, 0));
      const stream = await client.cluster.watchNamespaces({ contextName: 'prod' });
      const rows = new Map<string, NamespaceRow>();
      for (let change = 1; change <= 20_000; change++) {
        core.namespaces.upsert(namespaceRow(`ns-${change % 50}`, change));
        if (change % 1000 === 0) await settled(client);
      }
      core.namespaces.delete('uid-ns-7');
      await settled(client);
      expect(core.namespaces.pulled).toBeLessThanOrEqual(PACED_ITEMS);
      while (rows.get('uid-ns-0')?.resourceVersion !== '20000' || rows.has('uid-ns-7')) {
        const item = await stream.next();
        if (item.done === true) throw new Error('the stream ended');
        applyTo(rows, item.value);
      }
      expect(rows).toEqual(core.namespaces.rows);
      expect(core.namespaces.pulled).toBeLessThanOrEqual(2 * PACED_ITEMS);
      await stream.return(undefined);
    });

    it('fails with the AppError of its source, before its first item', async () => {
      expect((await failure(client.cluster.watchNamespaces({ contextName: 'refused' }))).data).toEqual(REFUSED);
    });

    it('fails with the AppError of its source, after items', async () => {
      const stream = await client.cluster.watchNamespaces({ contextName: 'breaks' });
      await stream.next();
      expect((await failure(stream.next())).data).toEqual(REFUSED);
      expect(core.bugs).toEqual([]);
      await settled(client);
      expect(core.open.namespaces).toBe(0);
    });

    it('cancelled while its reader waits ends as Cancelled, and in the core', async () => {
      const controller = new AbortController();
      const stream = await client.cluster.watchNamespaces({ contextName: 'prod' }, { signal: controller.signal });
      await stream.next();
      const waiting = failure(stream.next());
      controller.abort();
      expect((await waiting).reason).toBe('Cancelled');
      await settled(client);
      expect([core.open.namespaces, core.bugs]).toEqual([0, []]);
    });

    it('cancelled while its reader is behind ends in the core', async () => {
      const controller = new AbortController();
      await client.cluster.watchNamespaces({ contextName: 'prod' }, { signal: controller.signal });
      for (let change = 1; change <= 10; change++) {
        core.namespaces.upsert(namespaceRow('logging', change));
        await settled(client);
      }
      controller.abort();
      await settled(client);
      expect(core.open.namespaces).toBe(0);
    });

    it('left by its reader in a loop ends in the core', async () => {
      for await (const item of await client.cluster.watchNamespaces({ contextName: 'prod' })) {
        expect(item.type).toBe('full');
        break;
      }
      await settled(client);
      expect(core.open.namespaces).toBe(0);
    });

    it('fails as Disconnected when the connection is lost in mid-stream, for a waiting reader and a slow one', async () => {
      const waiting = await client.cluster.watchNamespaces({ contextName: 'prod' });
      const slow = await client.cluster.watchNamespaces({ contextName: 'prod' });
      await waiting.next();
      const next = failure(waiting.next());
      transport.cut();
      expect((await next).reason).toBe('Disconnected');
      expect((await failure(slow.next())).reason).toBe('Disconnected');
      await clock.advance(0);
      expect(core.open.namespaces).toBe(0);
    });
  });

  describe('a latest stream', () => {
    it('keeps only the newest value for a slow reader', async () => {
      const stream = await client.cluster.watchInfo({ contextName: 'prod' });
      await settled(client);
      for (let nodes = 1; nodes <= 5000; nodes++) {
        core.infos.nodes = nodes;
        if (nodes % 500 === 0) await settled(client);
      }
      expect(core.infos.pulled).toBeLessThanOrEqual(PACED_ITEMS);
      const seen: (number | undefined)[] = [];
      for await (const { value } of stream) {
        seen.push(value?.nodes);
        if (value?.nodes === 5000) break;
      }
      expect(seen.length).toBeLessThanOrEqual(2 * PACED_ITEMS);
      await settled(client);
      expect(core.open.infos).toBe(0);
    });
  });

  describe('the journal', () => {
    const change = (act: string) => ({
      act,
      kind: 'DaemonSet',
      ref: { contextName: 'prod', namespace: 'logging', name: 'agent' },
      outcome: 'done' as const,
      kubectl: 'kubectl …',
      before: { spec: { containers: [{ env: [{ name: 'TOKEN', value: 'hush-hush' }] }] } },
    });

    afterEach(() => rm(core.journalFolder, { recursive: true, force: true }));

    it('comes in pages, the newest first, each entry with its object, and says when there is another', async () => {
      const written = await client.journal.watchWritten();
      expect((await written.next()).value).toMatchObject({ state: { phase: 'live' }, value: 0 });
      await core.journal.write(change('pause'));
      expect((await written.next()).value).toMatchObject({ value: 1 });
      await core.journal.write(change('resume'));
      const first = await client.journal.page({ limit: 1 });
      expect(first).toMatchObject({ rows: [{ type: 'change', act: 'resume', outcome: 'done' }], isGone: false });
      const second = await client.journal.page({ limit: 1, before: first.before });
      expect(second).toMatchObject({ rows: [{ type: 'change', act: 'pause' }] });
      expect(second.before).toBeUndefined();
      const detail = await client.journal.detail({ id: second.rows[0]?.id ?? '' });
      expect(detail.before).toContain('TOKEN');
      expect(JSON.stringify([first, second, detail])).not.toContain('hush-hush');
      await written.return(undefined);
    });

    it('takes no place that is not one of its own', async () => {
      const error = await failure(client.journal.detail({ id: '../settings.json:0' }));
      expect(error.reason).toBe('ContractViolation');
      expect((await failure(client.journal.detail({ id: 'none:0' }))).reason).toBe('NotFound');
    });
  });

  describe('a lossless stream', () => {
    it('pauses its source when a slow reader gives nothing back, and loses nothing when it does', async () => {
      const stream = await readLog();
      await stream.next();
      for (let turn = 0; turn < 20; turn++) await settled(client);
      const paused = core.logs.producedBytes;
      expect(paused).toBeGreaterThan(WINDOW_BYTES / 2);
      expect(paused).toBeLessThanOrEqual(WINDOW_BYTES);
      await settled(client);
      expect(core.logs.producedBytes).toBe(paused);
      await stream.return(undefined);
    });

    it('passes every line in order while bytes are given back', async () => {
      const streamId = 'log-stream-2';
      let text = '';
      const credits: Promise<void>[] = [];
      for await (const item of await readLog(streamId)) {
        if (item.type !== 'lines') continue;
        text += item.text;
        credits.push(client.stream.credit({ streamId, bytes: item.bytes }));
      }
      await Promise.all(credits);
      const lines = text.split('\n');
      expect(lines.pop()).toBe('');
      expect(lines).toHaveLength(core.logs.totalLines);
      expect(lines.every((line, number) => line === lineText(number))).toBe(true);
      expect(core.open.logs).toBe(0);
    });

    it('takes bytes back after its end without a word', async () => {
      await expect(client.stream.credit({ streamId: 'log-stream-gone', bytes: 1 })).resolves.toBeUndefined();
    });

    it('cancelled while its window is used up ends its source', async () => {
      const stream = await readLog('log-stream-3', true);
      await stream.next();
      await settled(client);
      await stream.return(undefined);
      await settled(client);
      expect(core.open.logs).toBe(0);
    });

    it('fails as Disconnected when the connection is lost, and ends its source', async () => {
      const stream = await readLog('log-stream-4', true);
      await stream.next();
      transport.cut();
      await expect(drain(stream)).rejects.toMatchObject({ data: { reason: 'Disconnected' } });
      await clock.advance(0);
      expect(core.open.logs).toBe(0);
    });
  });
});

async function drain(stream: AsyncIterable<unknown>): Promise<number> {
  let items = 0;
  for await (const item of stream) items += item === undefined ? 0 : 1;
  return items;
}
