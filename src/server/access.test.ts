import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/fakes/fake-clock.ts';
import { Access, CODE_LIFE_MS, type Grant, isDenial } from './access.ts';
import type { Denial } from './denial.ts';

let clock: FakeClock;
let access: Access;

beforeEach(() => {
  clock = new FakeClock();
  access = new Access({ clock, port: 4321 });
});

function granted(result: Grant | Denial): Grant {
  if (isDenial(result)) throw new Error(`denied: ${result.error.message}`);
  return result;
}

function status(result: Grant | Denial | undefined): number | undefined {
  return result !== undefined && 'status' in result ? result.status : undefined;
}

const cookieOf = (grant: Grant) => grant.setCookie?.split(';', 1)[0] ?? '';
const asTab = (cookie: string, value: string) => ({ cookie, 'x-everynode-session': value });
const asSocket = (cookie: string, value: string) => ({
  cookie,
  'sec-websocket-protocol': `everynode.v1, everynode.session.${value}`,
});

describe('the one-time code', () => {
  it('opens the tab that exchanged it, by cookie and value together', () => {
    const grant = granted(access.exchange(access.issueCode(), {}));
    expect(access.refuseRequest(asTab(cookieOf(grant), grant.value))).toBeUndefined();
    expect(access.refuseSocket(asSocket(cookieOf(grant), grant.value))).toBeUndefined();
  });

  it('is taken once', () => {
    const code = access.issueCode();
    granted(access.exchange(code, {}));
    expect(status(access.exchange(code, {}))).toBe(401);
  });

  it('expires after 10 minutes', async () => {
    const code = access.issueCode();
    await clock.advance(CODE_LIFE_MS);
    expect(status(access.exchange(code, {}))).toBe(401);
  });

  it('is good until its last moment', async () => {
    const code = access.issueCode();
    await clock.advance(CODE_LIFE_MS - 1);
    expect(status(access.exchange(code, {}))).toBeUndefined();
  });

  it('stays good when another is issued, but never more than 8 are open', () => {
    const codes = Array.from({ length: 9 }, () => access.issueCode());
    expect(status(access.exchange(codes[0] ?? '', {}))).toBe(401);
    expect(status(access.exchange(codes[1] ?? '', {}))).toBeUndefined();
  });

  it('cannot be guessed: ten wrong ones close the exchange for a minute, for a right one too', async () => {
    for (let i = 0; i < 10; i++) expect(status(access.exchange(`guess-${i}`, {}))).toBe(401);
    const code = access.issueCode();
    const refused = access.exchange(code, {});
    expect(refused).toMatchObject({ status: 429, error: { reason: 'TooManyRequests', retryAfterSeconds: 60 } });
    await clock.advance(60_000);
    expect(status(access.exchange(code, {}))).toBeUndefined();
  });

  it('has 128 bits', () => {
    expect(Buffer.from(access.issueCode(), 'base64url')).toHaveLength(16);
  });
});

describe('cookie and value', () => {
  it('open nothing alone', () => {
    const grant = granted(access.exchange(access.issueCode(), {}));
    expect(status(access.refuseRequest({ cookie: cookieOf(grant) }))).toBe(401);
    expect(status(access.refuseRequest({ 'x-everynode-session': grant.value }))).toBe(401);
    expect(status(access.refuseSocket({ cookie: cookieOf(grant), 'sec-websocket-protocol': 'everynode.v1' }))).toBe(
      401,
    );
    expect(status(access.refuseSocket(asSocket('', grant.value)))).toBe(401);
  });

  it('belong together: the value of one browser opens nothing with the cookie of another', () => {
    const one = granted(access.exchange(access.issueCode(), {}));
    const other = granted(access.exchange(access.issueCode(), {}));
    expect(status(access.refuseRequest(asTab(cookieOf(one), other.value)))).toBe(401);
    expect(status(access.refuseRequest(asTab(cookieOf(other), one.value)))).toBe(401);
  });

  it('give a second tab of the same browser a value of its own and keep its cookie', () => {
    const first = granted(access.exchange(access.issueCode(), {}));
    const second = granted(access.exchange(access.issueCode(), { cookie: cookieOf(first) }));
    expect(second.setCookie).toBeUndefined();
    expect(second.value).not.toBe(first.value);
    expect(access.refuseRequest(asTab(cookieOf(first), first.value))).toBeUndefined();
    expect(access.refuseRequest(asTab(cookieOf(first), second.value))).toBeUndefined();
  });

  it('are replaced when the browser comes with a cookie that this host did not give', () => {
    const grant = granted(access.exchange(access.issueCode(), { cookie: 'everynode-4321=made-up' }));
    expect(grant.setCookie).toMatch(/^everynode-4321=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('are found among the cookies of other programs on this machine', () => {
    const grant = granted(access.exchange(access.issueCode(), {}));
    const cookie = `everynode-9=x; session=y; ${cookieOf(grant)}; z`;
    expect(access.refuseRequest(asTab(cookie, grant.value))).toBeUndefined();
  });

  it('are not taken for a WebSocket of another protocol', () => {
    const grant = granted(access.exchange(access.issueCode(), {}));
    const headers = { cookie: cookieOf(grant), 'sec-websocket-protocol': `everynode.session.${grant.value}` };
    expect(status(access.refuseSocket(headers))).toBe(400);
  });

  it('of the oldest browser are forgotten when there are more than 32', () => {
    const first = granted(access.exchange(access.issueCode(), {}));
    for (let i = 0; i < 32; i++) granted(access.exchange(access.issueCode(), {}));
    expect(status(access.refuseRequest(asTab(cookieOf(first), first.value)))).toBe(401);
  });
});

describe('host and origin', () => {
  it.each(['127.0.0.1:4321', 'localhost:4321', 'LOCALHOST:4321'])('answers to %s', (host) => {
    expect(access.refuseHost({ host })).toBeUndefined();
  });

  it.each([
    undefined,
    '',
    '127.0.0.1',
    'localhost',
    '127.0.0.1:4322',
    'evil.example:4321',
    'localhost.:4321',
    '[::1]:4321',
  ])('does not answer to %s', (host) => {
    expect(status(access.refuseHost(host === undefined ? {} : { host }))).toBe(403);
  });

  it.each([
    undefined,
    'null',
    'http://evil.example',
    'https://127.0.0.1:4321',
    'http://127.0.0.1',
    'http://127.0.0.1:4321/',
    'http://localhost:4321',
  ])('takes no request of origin %s on 127.0.0.1:4321', (origin) => {
    const headers = { host: '127.0.0.1:4321', ...(origin === undefined ? {} : { origin }) };
    expect(status(access.refuseOrigin(headers))).toBe(403);
  });

  it('takes its own origin', () => {
    expect(access.refuseOrigin({ host: 'localhost:4321', origin: 'http://localhost:4321' })).toBeUndefined();
  });

  it('has no port in its names when it listens on 80', () => {
    expect(new Access({ clock, port: 80 }).refuseHost({ host: 'localhost' })).toBeUndefined();
  });
});
