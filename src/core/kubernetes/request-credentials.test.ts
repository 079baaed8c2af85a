import { afterEach, describe, expect, it } from 'vitest';
import { inspect } from 'node:util';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import {
  anySignal,
  ConnectionFixture,
  failureOf,
  testAuthority,
  until,
} from '../../../tests/fakes/connection-fixture.ts';
import { replyJson } from '../../../tests/fakes/scripted-api-server.ts';
import type { ApiRequest } from '../../../tests/fakes/scripted-api-server.ts';
import { Credentials, Secret } from './credentials.ts';
import type { FileReader } from './file-reader.ts';
import { RequestCredentials } from './request-credentials.ts';

const fixture = new ConnectionFixture();
afterEach(() => fixture.close());

/** Files in memory, whose version is their text; `reads` counts. */
class MemoryFiles implements FileReader {
  readonly texts = new Map<string, string>();
  reads = 0;

  async read(path: string): Promise<Uint8Array> {
    this.reads++;
    return Buffer.from(this.#text(path));
  }

  async version(path: string): Promise<string> {
    return this.#text(path);
  }

  async size(path: string): Promise<number> {
    return this.#text(path).length;
  }

  #text(path: string): string {
    const text = this.texts.get(path);
    if (text === undefined) throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
    return text;
  }
}

describe('the headers of a user', () => {
  const clock = new FakeClock();
  const files = new MemoryFiles();

  it('are none for an anonymous one', async () => {
    expect(await new RequestCredentials({}, files, clock).headers()).toEqual({});
  });

  it('carry a user name and password as they are written', async () => {
    const headers = await new RequestCredentials({ username: 'admin', password: '0644' }, files, clock).headers();
    expect(headers['authorization']).toBe(`Basic ${Buffer.from('admin:0644').toString('base64')}`);
  });

  it('impersonate with groups, uid and extra, whose keys are escaped as client-go does', async () => {
    const user = { as: 'jane', asUid: '42', asGroups: ['a', 'b'], asUserExtra: { 'example.com/Scope%': ['x', 'y'] } };
    expect(await new RequestCredentials(user, files, clock).headers()).toEqual({
      'impersonate-user': 'jane',
      'impersonate-uid': '42',
      'impersonate-group': ['a', 'b'],
      'impersonate-extra-example.com%2fscope%25': ['x', 'y'],
    });
  });

  it('refuse a token that no header can carry, without repeating it', async () => {
    const error = await new RequestCredentials({ token: 'two\nlines' }, files, clock).headers().catch(String);
    expect(error).toContain('The token of this user has characters that no request can carry.');
    expect(error).not.toContain('lines');
  });

  it('follow the token file, which wins over the token', async () => {
    files.texts.set('/run/token', 'first\n');
    const credentials = new RequestCredentials({ token: 'inline', tokenFile: '/run/token' }, files, clock);
    expect((await credentials.headers())['authorization']).toBe('Bearer first');
    const reads = files.reads;
    await clock.advance(5000);
    expect((await credentials.headers())['authorization']).toBe('Bearer first');
    expect(files.reads).toBe(reads);
    files.texts.set('/run/token', 'second');
    await clock.advance(5000);
    expect((await credentials.headers())['authorization']).toBe('Bearer second');
  });

  it('keep the last token while the file is missing, and fall back to the inline one when it never was there', async () => {
    files.texts.set('/run/token', 'first');
    const credentials = new RequestCredentials({ tokenFile: '/run/token' }, files, clock);
    await credentials.headers();
    files.texts.delete('/run/token');
    await clock.advance(5000);
    expect((await credentials.headers())['authorization']).toBe('Bearer first');
    const inline = new RequestCredentials({ token: 'inline', tokenFile: '/nowhere' }, files, clock);
    expect((await inline.headers())['authorization']).toBe('Bearer inline');
    const none = await new RequestCredentials({ tokenFile: '/nowhere' }, files, clock).headers().catch(String);
    expect(none).toContain('The tokenFile of this user cannot be read: /nowhere (ENOENT).');
  });

  it('know after a 401 whether the file has another token', async () => {
    files.texts.set('/run/token', 'first');
    const credentials = new RequestCredentials({ tokenFile: '/run/token' }, files, clock);
    await credentials.headers();
    expect(await credentials.refresh()).toBe(false);
    files.texts.set('/run/token', 'second');
    expect(await credentials.refresh()).toBe(true);
    expect(await new RequestCredentials({ token: 'inline' }, files, clock).refresh()).toBe(false);
  });
});

describe('impersonation with several groups', () => {
  it('reaches the server as several headers', async () => {
    const server = await fixture.secureServer((_request, reply) => replyJson(reply, 200, {}));
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, {
      user: { as: 'jane', asGroups: ['a', 'b'] },
    });
    await connection.get({ path: '/version', signal: anySignal() });
    expect(connection.httpVersion).toBe('1.1');
    expect(groupsOf(server.requests[0])).toEqual(['a', 'b']);
  });
});

function groupsOf(request: ApiRequest | undefined): readonly string[] {
  const raw = request && 'rawHeaders' in request ? request.rawHeaders : [];
  return raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === 'impersonate-group');
}

describe('certificate files', () => {
  it('that change on disk are used for the next request, and the old connection ends', async () => {
    const seen: (string | undefined)[] = [];
    const server = await fixture.server(
      {
        tls: testAuthority.issue({ commonName: 'api', names: ['127.0.0.1'] }),
        clientCa: testAuthority.cert,
        http2: false,
      },
      (request, reply) => {
        seen.push(
          'getPeerCertificate' in request.socket
            ? request.socket.getPeerCertificate().subject.CN?.toString()
            : undefined,
        );
        replyJson(reply, 200, {});
      },
    );
    const clock = new FakeClock();
    const files = new MemoryFiles();
    const write = (commonName: string) => {
      const client = testAuthority.issue({ commonName });
      files.texts.set('/c/tls.crt', client.cert).set('/c/tls.key', client.key);
    };
    write('before');
    const connection = fixture.connect(`https://127.0.0.1:${server.port}`, {
      user: { clientCertificate: '/c/tls.crt', clientKey: '/c/tls.key' },
      deps: { clock, files },
    });
    const get = () => connection.get({ path: '/version', signal: anySignal() });
    await get();
    files.texts.delete('/c/tls.key');
    await clock.advance(4000);
    await get();
    write('after');
    await clock.advance(4000);
    await get();
    expect(seen).toEqual(['before', 'before', 'after']);
    await until(() => server.openSockets === 1);
    expect(server.openSockets).toBe(1);
  });

  it('that are missing are named', async () => {
    const connection = fixture.connect('https://127.0.0.1:1', {
      user: { clientCertificate: '/c/tls.crt', clientKey: '/c/tls.key' },
      deps: { files: new MemoryFiles() },
    });
    const error = await failureOf(connection.get({ path: '/version', signal: anySignal() }));
    expect(error.message).toBe('The file of client-certificate cannot be read: /c/tls.crt (ENOENT).');
  });
});

describe('credentials', () => {
  const credentials = new Credentials({
    token: 'secret-token',
    password: 'secret-password',
    clientKeyData: 'secret-key',
  });

  it('print as [redacted] in every way of printing', () => {
    const holder = { credentials, proxyUrl: new Secret('http://me:secret-proxy@p') };
    const prints = [
      `${credentials}`,
      JSON.stringify(holder),
      inspect(holder, { depth: 9, showHidden: true, getters: true }),
      `${holder.proxyUrl}`,
    ];
    for (const print of prints) {
      expect(print).toContain('[redacted]');
      expect(print).not.toContain('secret-');
    }
  });

  it('know their kind and whether they say the same', () => {
    expect(credentials.kind).toBe('token');
    expect(new Credentials({ clientCertificate: '/a' }).kind).toBe('certificate');
    expect(new Credentials({ username: 'a' }).kind).toBe('basic');
    expect(new Credentials({ tokenFile: '/t' }).kind).toBe('tokenFile');
    expect(new Credentials({ authProvider: 'oidc' }).kind).toBe('auth-provider');
    expect(new Credentials({ exec: { command: 'x', args: [], env: [], file: '/f' } }).kind).toBe('exec');
    expect(Credentials.anonymous.kind).toBe('anonymous');
    expect(credentials.equals(new Credentials({ token: 'other' }))).toBe(false);
    expect(new Credentials({ token: 'a' }).equals(new Credentials({ token: 'a' }))).toBe(true);
  });
});
