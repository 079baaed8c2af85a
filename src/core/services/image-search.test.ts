import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClusterFixture } from '../../../tests/fakes/cluster-fixture.ts';
import { serverCertificate, testAuthority, until } from '../../../tests/fakes/connection-fixture.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { HttpProxy } from '../../../tests/fakes/http-proxy.ts';
import { RegistryServer, type RegistryServerOptions, sendJson } from '../../../tests/fakes/registry-server.ts';
import { statusBody } from '../../../tests/fakes/scripted-api-server.ts';
import { createRegistryRequest, type RegistryRequest } from '../registry/registry-request.ts';
import { createImageSearch, type ImageSearch } from './image-search.ts';
import type { Settings, SettingsStore } from './settings.ts';

const LOGIN = 'robot:hush-hush';
const signal = new AbortController().signal;
const pullSecret = { contextName: 'test', namespace: 'logging', name: 'pull' };
const repositories = { 'team/agent': ['1.0', '1.1', 'latest'], 'team/shipper': ['2.0'], other: [] };

let clock: FakeClock;
let fixture: ClusterFixture;
let servers: RegistryServer[];
let request: RegistryRequest;
let settings: SettingsStore;
let images: ImageSearch;

beforeEach(async () => {
  clock = new FakeClock();
  fixture = await ClusterFixture.open({ clock });
  servers = [];
  request = createRegistryRequest({ env: {}, extraAuthorities: [testAuthority.cert] });
  let current: Settings = {
    addedFiles: [],
    contexts: {},
    imageSearch: true,
    execPlugins: { policy: 'Allowlist', approved: [] },
  };
  settings = {
    get current() {
      return current;
    },
    problem: undefined,
    async update(change) {
      current = change(current);
    },
  };
  images = createImageSearch({ findCluster: fixture.find, settings, request, clock });
});
afterEach(async () => {
  request.dispose();
  for (const server of servers) await server.close();
  await fixture.close();
});

async function registry(options: RegistryServerOptions = {}): Promise<RegistryServer> {
  const server = await RegistryServer.start({ tls: serverCertificate, repositories, ...options });
  servers.push(server);
  return server;
}

/** The cluster holds a pull secret for these registries. */
function holdSecret(...hosts: readonly string[]): void {
  const auths = Object.fromEntries(hosts.map((host) => [host, { auth: btoa(LOGIN) }]));
  const data = { '.dockerconfigjson': btoa(JSON.stringify({ auths })) };
  fixture.answer = () => [200, { type: 'kubernetes.io/dockerconfigjson', data }];
}

const tagsOf = (server: RegistryServer, more: object = {}) =>
  images.tags({ image: `${server.host}/team/agent:1`, ...more }, signal);
const authorizations = (server: RegistryServer) => server.seen.map(({ authorization }) => authorization);

describe('a private registry', () => {
  it('is searched by a part of the name, over all pages of its catalog', async () => {
    const server = await registry({ pageSize: 1 });
    const said = await images.repositories({ registry: server.host, query: 'TEAM/' }, signal);
    expect(said).toEqual({ items: [{ name: 'team/agent' }, { name: 'team/shipper' }], more: false });
    expect(server.seen.map(({ path }) => path)).toEqual(['/v2/_catalog', '/v2/_catalog', '/v2/_catalog']);
  });

  it('gives its tags, over all pages', async () => {
    const server = await registry({ pageSize: 2 });
    expect(await tagsOf(server)).toEqual({ items: ['1.0', '1.1', 'latest'], more: false });
  });

  it('may have a repository without tags', async () => {
    const server = await registry({ instead: (_request, reply) => done(reply, 200, { name: 'a', tags: null }) });
    expect(await tagsOf(server)).toEqual({ items: [], more: false });
  });

  it('on the own machine may go without TLS', async () => {
    const server = await RegistryServer.start({ repositories });
    servers.push(server);
    expect(await tagsOf(server)).toMatchObject({ items: ['1.0', '1.1', 'latest'] });
  });

  it.each(['Basic', 'Bearer'] as const)('that wants a %s login is asked without one first', async (auth) => {
    const server = await registry({ auth, login: LOGIN });
    expect(await tagsOf(server)).toEqual({ none: `${server.host} wants a login: pick its registry secret.` });
    holdSecret(server.host);
    expect(await tagsOf(server, { pullSecret })).toEqual({ items: ['1.0', '1.1', 'latest'], more: false });
    expect(server.seen.at(-1)?.authorization).toMatch(auth === 'Basic' ? /^Basic / : /^Bearer token-of/);
  });

  it('gives a token for the repository that was asked for', async () => {
    const server = await registry({ login: LOGIN });
    holdSecret(server.host);
    await tagsOf(server, { pullSecret });
    const [token] = server.seen.filter(({ path }) => path === '/token');
    expect(token?.query).toEqual({ service: 'registry', scope: 'repository:team/agent:pull' });
  });
});

describe('Docker Hub', () => {
  const hubAnswers = ({ url = '' }: IncomingMessage, reply: ServerResponse): boolean => {
    if (url.startsWith('/v2/search/repositories/?query=log'))
      return done(reply, 200, {
        next: 'https://hub.docker.com/next',
        results: [
          { repo_name: 'grafana/loki', short_description: 'Logs', star_count: 50, is_official: false },
          { repo_name: 'nginx', short_description: '', star_count: 9, is_official: true },
          {},
        ],
      });
    if (url.startsWith('/v2/repositories/library/nginx/tags?'))
      return done(reply, 200, { next: null, results: [{ name: '1.27' }, { name: 'latest' }] });
    return false;
  };

  it('is searched by its own API, and gives tags of official images', async () => {
    const hub = await registry({ instead: hubAnswers });
    images = createImageSearch({
      findCluster: fixture.find,
      settings,
      request,
      clock,
      dockerHub: { api: hub.origin, registry: 'https://127.0.0.1:1' },
    });
    expect(await images.repositories({ registry: 'docker.io', query: 'log' }, signal)).toEqual({
      items: [
        { name: 'grafana/loki', description: 'Logs', stars: 50, official: false },
        { name: 'nginx', stars: 9, official: true },
      ],
      more: true,
    });
    expect(await images.tags({ image: 'nginx' }, signal)).toEqual({ items: ['1.27', 'latest'], more: false });
  });

  it('is asked as a registry where a login for it is picked', async () => {
    const server = await registry({ auth: 'Basic', login: LOGIN });
    images = createImageSearch({
      findCluster: fixture.find,
      settings,
      request,
      clock,
      dockerHub: { api: 'https://127.0.0.1:1', registry: server.origin },
    });
    holdSecret('https://index.docker.io/v1/');
    expect(await images.tags({ image: 'team/agent', pullSecret }, signal)).toMatchObject({
      items: ['1.0', '1.1', 'latest'],
    });
  });
});

describe('a login', () => {
  it('is sent to no registry but the one that it stands under', async () => {
    const server = await registry({ auth: 'Basic', login: LOGIN });
    holdSecret('registry.example.com');
    expect(await tagsOf(server, { pullSecret })).toEqual({
      none: `Secret pull has no login for ${server.host}/team/agent.`,
    });
    expect(server.seen).toEqual([]);
  });

  it('goes to a foreign token realm only after asking', async () => {
    const realm = await registry({ login: LOGIN });
    const server = await registry({ realm: `${realm.origin}/token` });
    holdSecret(server.host);
    expect(await tagsOf(server, { pullSecret })).toEqual({ askRealm: realm.origin });
    expect(realm.seen).toEqual([]);
    expect(await tagsOf(server, { pullSecret, approvedRealm: 'https://other.example.com' })).toEqual({
      askRealm: realm.origin,
    });
    expect(await tagsOf(server, { pullSecret, approvedRealm: realm.origin })).toMatchObject({
      items: ['1.0', '1.1', 'latest'],
    });
    expect(authorizations(realm)).toEqual([`Basic ${btoa(LOGIN)}`]);
    expect(authorizations(server).filter((each) => each?.startsWith('Basic'))).toEqual([]);
  });

  it('is not needed for a token that a foreign realm gives to everybody', async () => {
    const realm = await registry();
    const server = await registry({ realm: `${realm.origin}/token` });
    expect(await tagsOf(server)).toMatchObject({ items: ['1.0', '1.1', 'latest'] });
    expect(authorizations(realm)).toEqual([undefined]);
  });

  it('does not cross a redirect, neither as Basic nor as a token', async () => {
    for (const auth of ['Basic', 'Bearer'] as const) {
      const thief = await registry();
      const server: RegistryServer = await registry({
        auth,
        login: LOGIN,
        instead: ({ headers, url = '' }, reply) =>
          headers.authorization !== undefined && url.startsWith('/v2/')
            ? done(reply, 307, {}, { location: `${thief.origin}${url}` })
            : false,
      });
      holdSecret(server.host);
      expect(await tagsOf(server, { pullSecret })).toMatchObject({ items: ['1.0', '1.1', 'latest'] });
      expect(authorizations(thief)).toEqual([undefined]);
    }
  });

  it('is not given to whom a redirect leads to, when that one asks', async () => {
    const thief = await registry({ auth: 'Basic', login: LOGIN });
    const server = await registry({
      instead: ({ url = '' }, reply) => done(reply, 302, {}, { location: `${thief.origin}${url}` }),
    });
    holdSecret(server.host);
    expect(await tagsOf(server, { pullSecret })).toEqual({
      none: `${thief.host} does not accept this login here (401).`,
    });
    expect(authorizations(thief)).toEqual([undefined]);
  });

  it('does not follow a token realm that sends it elsewhere', async () => {
    const thief = await registry();
    const server = await registry({
      login: LOGIN,
      instead: ({ url = '' }, reply) =>
        url.startsWith('/token') ? done(reply, 307, {}, { location: `${thief.origin}/token` }) : false,
    });
    holdSecret(server.host);
    expect(await tagsOf(server, { pullSecret })).toEqual({
      none: `${server.host} sends the sign-in elsewhere, where no login is sent.`,
    });
    expect(thief.seen).toEqual([]);
  });

  it('is tried after another that is refused, and never printed', async () => {
    const server = await registry({ auth: 'Basic', login: LOGIN });
    const auths = { [`${server.host}/team`]: { auth: btoa('robot:wrong') }, [server.host]: { auth: btoa(LOGIN) } };
    const data = { '.dockerconfigjson': btoa(JSON.stringify({ auths })) };
    fixture.answer = () => [200, { type: 'kubernetes.io/dockerconfigjson', data }];
    expect(await tagsOf(server, { pullSecret })).toMatchObject({ items: ['1.0', '1.1', 'latest'] });
    const refused = await registry({ auth: 'Basic', login: 'other:one' });
    holdSecret(refused.host);
    const said = await tagsOf(refused, { pullSecret });
    expect(said).toEqual({ none: `${refused.host} does not accept this login here (401).` });
    expect(JSON.stringify(said)).not.toMatch(/hush/);
  });

  it('needs the right to read the secret', async () => {
    const server = await registry();
    fixture.answer = () => [403, statusBody(403, 'Forbidden', 'secrets "pull" is forbidden')];
    expect(await tagsOf(server, { pullSecret })).toEqual({ none: 'You may not get secrets in namespace logging.' });
    fixture.answer = () => [404, statusBody(404, 'NotFound', 'secrets "pull" not found')];
    expect(await tagsOf(server, { pullSecret })).toEqual({ none: 'There is no Secret pull in namespace logging.' });
    fixture.answer = () => [200, { type: 'Opaque', data: { token: 'aHVzaA==' } }];
    expect(await tagsOf(server, { pullSecret })).toEqual({ none: 'Secret pull is no registry secret.' });
    expect(server.seen).toEqual([]);
  });
});

describe('trouble is one line', () => {
  it('when nobody listens', async () => {
    expect(await images.tags({ image: '127.0.0.1:1/a' }, signal)).toEqual({
      none: 'The registry at 127.0.0.1:1 refuses the connection (ECONNREFUSED): nothing listens there.',
    });
  });

  it('when there is no such host, as without a network', async () => {
    expect(await images.tags({ image: 'registry.invalid/a' }, signal)).toMatchObject({
      none: expect.stringMatching(/^The registry cannot be found: .*registry\.invalid/) as string,
    });
  });

  it('when the certificate is of an unknown authority', async () => {
    const server = await registry();
    request.dispose();
    request = createRegistryRequest({ env: {} });
    images = createImageSearch({
      findCluster: fixture.find,
      settings,
      request,
      clock,
      dockerHub: { api: server.origin, registry: server.origin },
    });
    expect(await images.tags({ image: 'nginx' }, signal)).toMatchObject({
      none: expect.stringMatching(/^The certificate of .* is not trusted on this machine/) as string,
    });
  });

  it.each<readonly [string, NonNullable<RegistryServerOptions['instead']>, RegExp]>([
    ['the repository is unknown', (_r, reply) => done(reply, 404, {}), /does not have this\.$/],
    ['there were too many requests', (_r, reply) => done(reply, 429, {}), /too many requests/],
    ['the server has an error', (_r, reply) => done(reply, 500, {}), /answers 500\.$/],
    ['the answer is a web page', (_r, reply) => Boolean(reply.end('<html>')), /but not as a registry does\.$/],
    ['the answer breaks off', (_r, reply) => broken(reply), /reset the connection|cannot be reached/],
    [
      'it redirects in a circle',
      ({ url = '' }, reply) => done(reply, 302, {}, { location: url }),
      /does not follow\.$/,
    ],
    [
      'it redirects to plain http',
      (_r, reply) => done(reply, 302, {}, { location: 'http://127.0.0.1:1/' }),
      /does not follow\.$/,
    ],
    [
      'the way to sign in is unknown',
      (_r, reply) => done(reply, 401, {}, { 'www-authenticate': 'Negotiate' }),
      /does not know\.$/,
    ],
    [
      'the token realm is no URL',
      (_r, reply) => done(reply, 401, {}, { 'www-authenticate': 'Bearer realm="x"' }),
      /names no place/,
    ],
    [
      'the token realm is plain http',
      (_r, reply) => done(reply, 401, {}, { 'www-authenticate': 'Bearer realm="http://127.0.0.1:1/"' }),
      /names no place/,
    ],
  ])('when %s', async (_what, instead, words) => {
    const server = await registry({ instead });
    expect(await tagsOf(server)).toMatchObject({ none: expect.stringMatching(words) as string });
  });

  it('when it takes longer than ten seconds', async () => {
    const server = await registry({ instead: () => true });
    const waiting = tagsOf(server);
    await until(() => server.seen.length === 1);
    await clock.advance(10_000);
    expect(await waiting).toEqual({ none: `${server.host} did not answer within 10 s.` });
    await until(() => server.left === 1);
    expect(server.left).toBe(1);
  });

  it('when the image or the host is none', async () => {
    expect(await images.tags({ image: 'A B' }, signal)).toMatchObject({
      none: expect.stringMatching(/^This image/) as string,
    });
    expect(await images.repositories({ registry: 'a/b', query: '' }, signal)).toEqual({
      none: 'a/b is not the host of a registry.',
    });
  });
});

it('a search that is left is ended', async () => {
  const server = await registry({ instead: () => true });
  const caller = new AbortController();
  const waiting = images.tags({ image: `${server.host}/a` }, caller.signal);
  await until(() => server.seen.length === 1);
  caller.abort();
  await expect(waiting).rejects.toMatchObject({ reason: 'Cancelled' });
  await until(() => server.left === 1);
  expect(clock.pendingTimers).toBe(0);
});

describe('a proxy of the environment', () => {
  it('is asked for registries elsewhere, and not for those on the own machine', async () => {
    const proxy = await HttpProxy.start();
    try {
      request.dispose();
      request = createRegistryRequest({
        env: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` },
        extraAuthorities: [testAuthority.cert],
      });
      images = createImageSearch({ findCluster: fixture.find, settings, request, clock });
      proxy.refusal = '403 Forbidden';
      expect(await images.tags({ image: 'registry.invalid/a' }, signal)).toEqual({
        none: 'The proxy does not lead to registry.invalid (ERR_PROXY_TUNNEL).',
      });
      expect(await tagsOf(await registry())).toMatchObject({ items: ['1.0', '1.1', 'latest'] });
      expect(proxy.asked).toEqual(['CONNECT registry.invalid:443']);
    } finally {
      await proxy.close();
    }
  });
});

it('a next page of another registry is not asked for', async () => {
  const other = await registry();
  const server = await registry({
    instead: (_request, reply) => done(reply, 200, { tags: ['1'] }, { link: `<${other.origin}/v2/x>; rel="next"` }),
  });
  expect(await tagsOf(server)).toEqual({ items: ['1'], more: false });
  expect(other.seen).toEqual([]);
});

it('nothing is contacted when the search is turned off', async () => {
  const server = await registry();
  await images.setEnabled(false);
  expect(images.enabled()).toBe(false);
  expect(await tagsOf(server)).toEqual({ none: 'Image search is turned off in the settings.' });
  expect(server.seen).toEqual([]);
  await images.setEnabled(true);
  expect(await tagsOf(server)).toMatchObject({ items: ['1.0', '1.1', 'latest'] });
});

function done(
  reply: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): boolean {
  sendJson(reply, status, body, headers);
  return true;
}

function broken(reply: ServerResponse): boolean {
  reply.writeHead(200, { 'content-length': '100' });
  reply.write('{"tags"', () => reply.socket?.destroy());
  return true;
}
