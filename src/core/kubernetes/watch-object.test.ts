import { afterEach, describe, expect, it } from 'vitest';
import { FakeApiServer, type Scripted } from '../../../tests/fakes/fake-api-server.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { aDaemonSetList, aDaemonSetObject } from '../../../tests/fakes/objects.ts';
import { aContext } from '../../../tests/fakes/contexts.ts';
import { until } from '../../../tests/fakes/until.ts';
import { createConnection } from './connection.ts';
import { watchObject } from './watch-object.ts';

const PATH = '/apis/apps/v1/namespaces/default/daemonsets';

let end: (() => Promise<void>) | undefined;
afterEach(async () => {
  await end?.();
});

async function anObject(list: Scripted) {
  const server = await FakeApiServer.start((request) => (request.query['watch'] === 'true' ? 'open' : list));
  const clock = new FakeClock();
  const connection = createConnection(aContext(server.url), { clock, env: {} });
  const object = watchObject({ connection, path: PATH, name: 'agent', clock, random: () => 0 });
  end = async () => {
    await object.stop();
    await connection.dispose();
    await server.close();
  };
  return { server, object, clock };
}

describe('one object', () => {
  it('is read whole, with the type that a list’s items lack and fields that nobody knows', async () => {
    const { apiVersion: _version, kind: _kind, ...item } = aDaemonSetObject('agent');
    const { server, object } = await anObject({
      body: aDaemonSetList([{ ...item, 'x-unknown': { keep: [1, null] } }], { resourceVersion: '5' }),
    });
    expect(object.gone).toBe(false);
    const watch = await server.nextOpen();
    expect(watch.request.query).toMatchObject({ fieldSelector: 'metadata.name=agent', resourceVersion: '5' });
    expect(object.object).toMatchObject({ apiVersion: 'apps/v1', kind: 'DaemonSet', 'x-unknown': { keep: [1, null] } });
    expect(JSON.parse(object.text ?? '')).toEqual(object.object);
  });

  it('keeps the digits of numbers over 2^53 in its text', async () => {
    const text = JSON.stringify(aDaemonSetObject('agent')).replace(
      '"spec":{',
      '"spec":{"big":9007199254740993,"one":1.0,',
    );
    const { server, object } = await anObject({ body: { ...aDaemonSetList([], { resourceVersion: '5' }) } });
    const watch = await server.nextOpen();
    watch.write(`{"type":"ADDED","object":${text}}\n`);
    await until('the object', () => object.object !== undefined);
    expect(object.text).toBe(text);
    expect(object.object).toMatchObject({ spec: { one: 1 } });
  });

  it('is gone after its deletion, and there again as a namesake', async () => {
    const agent = aDaemonSetObject('agent');
    const { server, object } = await anObject({ body: aDaemonSetList([agent], { resourceVersion: '5' }) });
    let told = 0;
    object.subscribe(() => {
      told += 1;
    });
    const watch = await server.nextOpen();
    watch.send('DELETED', agent);
    await until('the end', () => object.gone);
    expect(object.object).toBeUndefined();
    expect(told).toBeGreaterThan(0);
    watch.send('ADDED', aDaemonSetObject('agent', { uid: 'uid-again', resourceVersion: '8' }));
    await until('the namesake', () => !object.gone);
    expect(object.object).toMatchObject({ metadata: { uid: 'uid-again' } });
  });

  it('that was never there is gone once the list says so', async () => {
    const { server, object, clock } = await anObject({ body: aDaemonSetList([], { resourceVersion: '5' }) });
    await server.nextOpen();
    expect(object.gone).toBe(true);
    await object.stop();
    expect(clock.pendingTimers).toBe(0);
  });
});
