import { afterEach, describe, expect, it } from 'vitest';
import { FakeApiServer } from '../../../tests/fakes/fake-api-server.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { aDaemonSetList, aDaemonSetObject } from '../../../tests/fakes/objects.ts';
import { aContext } from '../../../tests/fakes/contexts.ts';
import { until } from '../../../tests/fakes/until.ts';
import { createConnection } from './connection.ts';
import { createDecodePool } from './decode-pool.ts';
import { createLivePool, type LivePool, type LiveScope } from './live-pool.ts';

const SCOPE: LiveScope<'daemonsets'> = { resource: 'daemonsets', path: '/apis/apps/v1/daemonsets' };

let end: (() => Promise<void>) | undefined;
afterEach(async () => {
  await end?.();
});

async function aPool(): Promise<{
  readonly server: FakeApiServer;
  readonly clock: FakeClock;
  readonly pool: LivePool;
}> {
  const server = await FakeApiServer.start((request) =>
    request.query['watch'] === 'true'
      ? 'open'
      : { body: aDaemonSetList([aDaemonSetObject('agent')], { resourceVersion: '1' }) },
  );
  const clock = new FakeClock();
  const connection = createConnection(aContext(server.url), { clock, env: {} });
  const pool = createLivePool({ connection, decode: createDecodePool({ size: 1 }), clock, random: () => 0 });
  end = async () => {
    await pool.dispose();
    await connection.dispose();
    await server.close();
  };
  return { server, clock, pool };
}

describe('the live pool', () => {
  it('lists once for two readers of one scope, and stops 5 s after the last', async () => {
    const { server, clock, pool } = await aPool();
    const first = pool.open(SCOPE);
    const second = pool.open({ ...SCOPE, query: { labelSelector: undefined } });
    expect(second.value).toBe(first.value);
    const watch = await server.nextOpen();
    await until('live', () => first.value.state.phase === 'live');
    first.release();
    first.release();
    await clock.advance(60_000);
    expect(watch.isClosed).toBe(false);
    second.release();
    await clock.advance(4999);
    expect(watch.isClosed).toBe(false);
    await clock.advance(1);
    await watch.closed;
    expect(pool.size).toBe(0);
    expect(clock.pendingTimers).toBe(0);
    expect(server.seen).toHaveLength(2);
  });

  it('keeps the rows for a reader that comes back within 5 s', async () => {
    const { server, clock, pool } = await aPool();
    const first = pool.open(SCOPE);
    const watch = await server.nextOpen();
    await until('live', () => first.value.state.phase === 'live');
    first.release();
    await clock.advance(4000);
    const again = pool.open(SCOPE);
    await clock.advance(10_000);
    expect(again.value.rows.size).toBe(1);
    expect(again.value).toBe(first.value);
    expect(pool.size).toBe(1);
    expect(watch.isClosed).toBe(false);
    expect(server.requests(SCOPE.path).filter((request) => request.query['watch'] === undefined)).toHaveLength(1);
  });

  it('follows different selectors and resources apart', async () => {
    const { pool } = await aPool();
    pool.open(SCOPE);
    pool.open({ ...SCOPE, query: { labelSelector: 'a=b' } });
    pool.open({ resource: 'pods', path: SCOPE.path });
    expect(pool.size).toBe(3);
  });

  it('leaves no watch and no timer when it is disposed', async () => {
    const { server, clock, pool } = await aPool();
    const lease = pool.open(SCOPE);
    const watch = await server.nextOpen();
    await until('live', () => lease.value.state.phase === 'live');
    await pool.dispose();
    await watch.closed;
    lease.release();
    expect(clock.pendingTimers).toBe(0);
    expect(() => pool.open(SCOPE)).toThrow('disposed');
  });

  it('opens every watch anew when nudged', async () => {
    const { server, pool } = await aPool();
    pool.open(SCOPE);
    const watch = await server.nextOpen();
    pool.nudge();
    await watch.closed;
    await server.nextOpen();
  });
});
