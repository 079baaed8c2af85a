import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aContext } from '../../../tests/fakes/contexts.ts';
import {
  anySignal,
  ConnectionFixture,
  failureOf,
  testAuthority,
  until,
} from '../../../tests/fakes/connection-fixture.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { isAlive, PluginFolder } from '../../../tests/fakes/plugin-script.ts';
import { replyJson, statusBody } from '../../../tests/fakes/scripted-api-server.ts';
import type { Clock } from '../../shared/clock.ts';
import { systemClock } from '../system-clock.ts';
import type { ExecPlugin, PluginApproval } from './exec-plugin.ts';
import { ExecPlugins } from './exec-plugins.ts';

const HOUR_MS = 3_600_000;
const fixture = new ConnectionFixture();
let folder: PluginFolder;
let plugins: ExecPlugins | undefined;

beforeEach(() => {
  folder = new PluginFolder();
});

afterEach(async () => {
  await fixture.close();
  plugins?.dispose();
  folder.remove();
});

function runner(clock: Clock = systemClock, approval: PluginApproval = 'approved', onChange = () => undefined) {
  const path = process.env['PATH'] ?? '';
  plugins = new ExecPlugins({
    clock,
    env: process.env,
    platform: process.platform,
    findPath: async () => path,
    approvalOf: () => approval,
    onChange,
  });
  return plugins;
}

function sessionOf(exec: ExecPlugin, clock: Clock = systemClock) {
  const session = runner(clock).open(aContext('https://127.0.0.1:1', {}, { exec }));
  if (!session) throw new Error('no plugin');
  return session;
}

const isoOf = (ms: number) => new Date(ms).toISOString();

describe('an exec plugin', () => {
  it('is asked once by all who wait for the same identity', async () => {
    const exec = folder.plugin(folder.answering({ token: 'a-token' }));
    const context = aContext('https://127.0.0.1:1', {}, { exec });
    const all = runner();
    const [first, second] = [all.open(context), all.open({ ...context, contextName: 'other' })];
    const given = await Promise.all(
      [first, first, second].map(async (session) => session?.credential(anySignal(), 'background')),
    );
    expect(given).toEqual([{ token: 'a-token' }, { token: 'a-token' }, { token: 'a-token' }]);
    expect(folder.runs).toHaveLength(1);
  });

  it('is told that nobody can be asked, and of the cluster only when the kubeconfig wants it', async () => {
    const exec = folder.plugin(folder.answering({ token: 'a-token' }));
    await sessionOf(exec).credential(anySignal(), 'background');
    const cluster = { certificateAuthorityData: 'PEM', tlsServerName: 'kube', execConfig: { audience: 'eu' } };
    const wants = aContext('https://10.0.0.1:6443', cluster, { exec: { ...exec, provideClusterInfo: true } });
    await runner().open(wants)?.credential(anySignal(), 'background');
    expect(folder.runs.map(({ info }) => info)).toEqual([
      { kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1', spec: { interactive: false } },
      {
        kind: 'ExecCredential',
        apiVersion: 'client.authentication.k8s.io/v1',
        spec: {
          cluster: {
            server: 'https://10.0.0.1:6443',
            'tls-server-name': 'kube',
            'certificate-authority-data': Buffer.from('PEM').toString('base64'),
            config: { audience: 'eu' },
          },
          interactive: false,
        },
      },
    ]);
  });

  it('is asked again in the background after 80 % of the life, and waited for at its end', async () => {
    const clock = new FakeClock();
    folder.say({ token: 'first-token', expirationTimestamp: isoOf(clock.now() + HOUR_MS) });
    const session = sessionOf(folder.plugin(folder.fromFile), clock);
    expect(await session.credential(anySignal(), 'background')).toMatchObject({ token: 'first-token' });
    await clock.advance(0.79 * HOUR_MS);
    expect(await session.credential(anySignal(), 'background')).toMatchObject({ token: 'first-token' });
    expect(folder.runs).toHaveLength(1);
    await clock.advance(0.02 * HOUR_MS);
    folder.say({ token: 'second-token', expirationTimestamp: isoOf(clock.now() + HOUR_MS) });
    expect(await session.credential(anySignal(), 'background'), 'the old one meanwhile').toMatchObject({
      token: 'first-token',
    });
    await until(() => session.current?.token === 'second-token');
    await clock.advance(HOUR_MS);
    folder.say({ token: 'third-token' });
    expect(await session.credential(anySignal(), 'background')).toEqual({ token: 'third-token' });
    await clock.advance(1000 * HOUR_MS);
    expect(await session.credential(anySignal(), 'background'), 'without an end').toEqual({ token: 'third-token' });
    expect(folder.runs).toHaveLength(3);
  });

  it('has 60 s, is named meanwhile, and is ended then', async () => {
    const clock = new FakeClock();
    const session = sessionOf(folder.plugin('setInterval(() => undefined, 1000);\n'), clock);
    const asked = session.credential(anySignal(), 'background').catch((error: unknown) => error);
    await until(() => folder.runs.length === 1);
    expect(session.waitingFor).toBe(process.execPath);
    await clock.advance(60_000);
    expect(String(await asked)).toContain('did not answer within 60 s and was ended.');
    expect(session.waitingFor).toBeUndefined();
    expect(clock.pendingTimers).toBe(0);
    await until(() => folder.runs.every(({ pid }) => !isAlive(pid)));
  });

  it('ends with what it started when the last connection that waits for it is closed', async () => {
    const note = JSON.stringify(`${folder.path}/child`);
    const session = sessionOf(
      folder.plugin(`import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'inherit' });
writeFileSync(${note}, String(child.pid));
appendFileSync(${JSON.stringify(`${folder.path}/runs.log`)}, JSON.stringify({ pid: child.pid }) + '\\n');
`),
    );
    const asked = session.credential(anySignal(), 'background').catch((error: unknown) => error);
    await until(() => folder.runs.length === 2);
    session.release();
    expect(await asked).toMatchObject({ reason: 'Cancelled' });
    await until(() => folder.runs.every(({ pid }) => !isAlive(pid)));
  });

  it('goes on for the others when one request is cancelled', async () => {
    const session = sessionOf(folder.plugin(folder.answering({ token: 'a-token' })));
    const one = new AbortController();
    const cancelled = session.credential(one.signal, 'background').catch((error: unknown) => error);
    const other = session.credential(anySignal(), 'background');
    one.abort();
    expect(await cancelled).toMatchObject({ reason: 'Cancelled' });
    expect(await other).toEqual({ token: 'a-token' });
  });

  it('that failed rests before it is run unasked, longer each time, and runs at once for the user', async () => {
    const clock = new FakeClock();
    const session = sessionOf(folder.plugin('process.exit(1);'), clock);
    const ask = (by: 'user' | 'background') => session.credential(anySignal(), by).catch(String);
    const failed = expect.stringContaining('failed with exit code 1');
    expect(await ask('background')).toEqual(failed);
    expect(await ask('background'), 'its reason meanwhile').toEqual(failed);
    await clock.advance(29_000);
    expect(await ask('background')).toEqual(failed);
    expect(folder.runs).toHaveLength(1);
    expect(await ask('user')).toEqual(failed);
    expect(folder.runs).toHaveLength(2);
    await clock.advance(59_000);
    await ask('background');
    expect(folder.runs).toHaveLength(2);
    await clock.advance(2000);
    await ask('background');
    expect(folder.runs).toHaveLength(3);
  });

  it.each([
    ['waiting', 'waits for your approval'],
    ['denied', 'the settings say DenyAll'],
  ] as const)('is not run while its approval is %s', async (approval, words) => {
    const exec = folder.plugin(folder.answering({ token: 'a-token' }));
    const session = runner(systemClock, approval).open(aContext('https://127.0.0.1:1', {}, { exec }));
    await expect(session?.credential(anySignal(), 'background')).rejects.toThrow(words);
    expect(folder.runs).toHaveLength(0);
  });

  it('is not asked where the user entry has a token of its own', () => {
    const exec = folder.plugin(folder.answering({ token: 'a-token' }));
    expect(runner().open(aContext('https://127.0.0.1:1', {}, { exec, token: 'own' }))).toBeUndefined();
  });
});

describe('a connection whose user has an exec plugin', () => {
  it('carries the token, and asks once more after a 401', async () => {
    const seen: (string | undefined)[] = [];
    const server = await fixture.secureServer((request, reply) => {
      seen.push(request.headers.authorization);
      if (request.headers.authorization === 'Bearer good-token') return replyJson(reply, 200, {});
      return replyJson(reply, 401, statusBody(401, 'Unauthorized', 'Unauthorized'));
    });
    folder.say({ token: 'stale-token' });
    const deps = { plugins: runner() };
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, {
      user: { exec: folder.plugin(folder.fromFile) },
      deps,
    });
    const get = { path: '/version', signal: anySignal() };
    const refused = await failureOf(connection.get(get));
    expect(refused.reason).toBe('Unauthorized');
    expect(seen).toEqual(['Bearer stale-token', 'Bearer stale-token']);
    folder.say({ token: 'good-token' });
    const storm = await failureOf(connection.get(get));
    expect(storm.reason).toBe('Unauthorized');
    expect(folder.runs, 'nobody waits, and the credential is seconds old').toHaveLength(2);
    seen.splice(2);
    expect((await connection.get({ ...get, priority: 'user' })).status).toBe(200);
    expect(seen.slice(2)).toEqual(['Bearer stale-token', 'Bearer good-token']);
    expect(folder.runs).toHaveLength(3);
  });

  it('gives the plugin its 60 s before the time of the request begins', async () => {
    const clock = new FakeClock();
    const server = await fixture.secureServer((_request, reply) => replyJson(reply, 200, {}));
    const wait = `import { existsSync } from 'node:fs';
const timer = setInterval(() => {
  if (!existsSync(${JSON.stringify(`${folder.path}/go`)})) return;
  clearInterval(timer);
  ${folder.answering({ token: 'slow-token' })}
}, 5);
`;
    const deps = { plugins: runner(clock), clock };
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, {
      user: { exec: folder.plugin(wait) },
      deps,
    });
    const answer = connection.get({ path: '/version', signal: anySignal() });
    await until(() => folder.runs.length === 1);
    expect(connection.waitingFor).toBe(process.execPath);
    await clock.advance(45_000);
    writeFileSync(`${folder.path}/go`, '');
    expect((await answer).status).toBe(200);
  });

  it('shows a client certificate, and connects anew when the plugin gives another', async () => {
    const issue = (commonName: string) => testAuthority.issue({ commonName, names: [] });
    const [jane, joan] = [issue('jane'), issue('joan')];
    const names: string[] = [];
    const server = await fixture.server(
      {
        tls: testAuthority.issue({ commonName: 'kube-apiserver', names: ['127.0.0.1'] }),
        http2: false,
        clientCa: testAuthority.cert,
      },
      (request, reply) => {
        const socket = request.socket as unknown as { getPeerCertificate(): { subject?: { CN: string } } };
        names.push(socket.getPeerCertificate().subject?.CN ?? 'nobody');
        const isGood = names.length !== 2;
        return isGood ? replyJson(reply, 200, {}) : replyJson(reply, 401, statusBody(401, 'Unauthorized', 'no'));
      },
    );
    folder.say({ clientCertificateData: jane.cert, clientKeyData: jane.key });
    const deps = { plugins: runner() };
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, {
      user: { exec: folder.plugin(folder.fromFile) },
      deps,
    });
    await connection.get({ path: '/version', signal: anySignal() });
    folder.say({ clientCertificateData: joan.cert, clientKeyData: joan.key });
    await connection.get({ path: '/version', signal: anySignal() });
    expect(names).toEqual(['jane', 'jane', 'joan']);
  });
});
