import { afterEach, describe, expect, it } from 'vitest';
import { ConnectionFixture, failureOf } from '../../../tests/fakes/connection-fixture.ts';
import { aStatus, FakeApiServer, type Scripted } from '../../../tests/fakes/fake-api-server.ts';
import { aDaemonSetList, aDaemonSetObject } from '../../../tests/fakes/objects.ts';
import { until } from '../../../tests/fakes/until.ts';
import type { DaemonSetRow } from '../../shared/kubernetes/rows.ts';
import { type DecodedList, decodeList } from './decode.ts';
import { listPages } from './list-pages.ts';

const fixture = new ConnectionFixture();
afterEach(() => fixture.close());

/** Three pages of one DaemonSet each. */
function pageOf(token: string | undefined): Scripted {
  const nth = Number(token ?? 0);
  const more = nth < 2 ? { continue: String(nth + 1) } : {};
  return { body: aDaemonSetList([aDaemonSetObject(`agent-${nth}`)], { resourceVersion: '9', ...more }) };
}

async function list(answer: (token: string | undefined) => Scripted = pageOf) {
  const server = fixture.own(await FakeApiServer.start(({ query }) => answer(query['continue'])));
  const controller = new AbortController();
  /** Each waits here until the test lets it be decoded. */
  const waiting: (() => void)[] = [];
  const pages = listPages<DaemonSetRow>({
    connection: fixture.connect(server.url),
    path: '/apis/apps/v1/daemonsets',
    query: {},
    decoder: {
      list: (bytes) =>
        new Promise<DecodedList<DaemonSetRow>>((resolve) =>
          waiting.push(() => resolve(decodeList('daemonsets', bytes))),
        ),
      watch: () => Promise.reject(new Error('nobody watches')),
    },
    signal: controller.signal,
    pageSize: 500,
    firstPageSize: 100,
  });
  const nextPage = async () => {
    const coming = pages.next();
    void coming.catch(() => undefined);
    await until('a page to decode', () => waiting.length > 0);
    return { coming, decode: () => waiting.shift()?.() };
  };
  return { server, controller, pages, nextPage };
}

describe('the pages of a list', () => {
  it('begin with a small one, and the next is asked for before this one is decoded, one ahead', async () => {
    const { server, nextPage, pages } = await list();
    const first = await nextPage();
    await until('the second request', () => server.seen.length === 2);
    expect(server.seen.map(({ query }) => query)).toEqual([{ limit: '100' }, { limit: '500', continue: '1' }]);
    first.decode();
    expect((await first.coming).value).toMatchObject({ rows: [{ name: 'agent-0' }], continueToken: '1' });
    expect(server.seen).toHaveLength(2);
    const names = [];
    for (let nth = 1; nth < 3; nth++) {
      const { coming, decode } = await nextPage();
      decode();
      const { value } = await coming;
      names.push(value?.rows[0]?.name);
    }
    expect(names).toEqual(['agent-1', 'agent-2']);
    expect((await pages.next()).done).toBe(true);
    expect(server.seen).toHaveLength(3);
  });

  it('fail with the page that fails, after the one before it was given', async () => {
    const expired = aStatus(410, 'Expired', 'the continue token is too old');
    const { nextPage, pages } = await list((token) => (token === undefined ? pageOf(token) : expired));
    const first = await nextPage();
    first.decode();
    expect((await first.coming).value).toMatchObject({ rows: [{ name: 'agent-0' }] });
    expect((await failureOf(pages.next())).data.reason).toBe('Expired');
  });

  it('end, and end the request for the next page, when nobody wants more', async () => {
    const { server, nextPage, pages } = await list((token) => (token === undefined ? pageOf(token) : 'open'));
    const first = await nextPage();
    const open = await server.nextOpen();
    first.decode();
    await first.coming;
    await pages.return(undefined);
    await open.closed;
    expect(open.isClosed).toBe(true);
  });

  it('end without an error when the signal aborts while a page is decoded', async () => {
    const { controller, nextPage } = await list();
    const first = await nextPage();
    controller.abort();
    first.decode();
    expect((await first.coming).done).toBe(true);
  });
});
