import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { PullSecret } from './pull-secret.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

function secretOf(auths: Readonly<Record<string, object>>): PullSecret {
  const data = { '.dockerconfigjson': base64(JSON.stringify({ auths })) };
  const secret = PullSecret.of({ type: 'kubernetes.io/dockerconfigjson', data });
  if (!secret) throw new Error('it is one');
  return secret;
}

/** Which of the keys' logins an image gets; each login's name is its key. */
function found(keys: readonly string[], image: string): readonly string[] {
  const auths = Object.fromEntries(keys.map((key) => [key, { username: key.replaceAll(':', ';'), password: 'hush' }]));
  return secretOf(auths)
    .lookup(image)
    .map(({ basic }) =>
      Buffer.from(basic.reveal(), 'base64')
        .toString()
        .replace(/:hush$/, '')
        .replaceAll(';', ':'),
    );
}

/** The rows of keyring_test.go and the documentation of imagePullSecrets, put in our own words. */
describe('the login for an image', () => {
  it.each<readonly [key: string, image: string, isFound: boolean]>([
    ['registry.example.com', 'registry.example.com/a', true],
    ['registry.example.com', 'registry.example.com', true],
    ['https://registry.example.com', 'registry.example.com/a', true],
    ['https://registry.example.com/v1/', 'registry.example.com/a', true],
    ['https://registry.example.com/v2/', 'registry.example.com/a', true],
    ['registry.example.com/v2/team', 'registry.example.com/team/a', true],
    ['registry.example.com/', 'registry.example.com/a', true],
    ['registry.example.com/team', 'registry.example.com/team/a', true],
    ['registry.example.com/team', 'registry.example.com/teams/a', true],
    ['registry.example.com/team', 'registry.example.com/other/a', false],
    ['registry.example.com/team', 'registry.example.com', false],
    ['registry.example.com', 'registry.example.com:5000/a', false],
    ['registry.example.com:5000', 'registry.example.com:5000/a', true],
    ['registry.example.com:5000', 'registry.example.com/a', false],
    ['example.com', 'registry.example.com/a', false],
    ['registry.example.com', 'registry.example.com.evil.org/a', false],
    ['*.example.com', 'registry.example.com/a', true],
    ['*.example.com', 'a.b.example.com/a', false],
    ['*.*.example.com', 'a.b.example.com/a', true],
    ['*.example.com', 'example.com/a', false],
    // Go's url.Parse takes what follows a question mark for a query.
    ['reg?stry.example.com', 'registry.example.com/a', false],
    ['reg[a-j]stry.example.com', 'registry.example.com/a', true],
    ['reg[^a-j]stry.example.com', 'registry.example.com/a', false],
    ['reg[z-a]stry.example.com', 'registry.example.com/a', false],
    ['*istry.example.com', 'registry.example.com/a', true],
    ['https://index.docker.io/v1/', 'docker.io/library/nginx', true],
    ['index.docker.io', 'docker.io/library/nginx', true],
    ['docker.io', 'docker.io/library/nginx', true],
    ['https://index.docker.io/v1/', 'quay.io/nginx', false],
    ['index.docker.io/v1/team', 'docker.io/team/a', false],
  ])('under %s is for %s: %j', (key, image, isFound) => {
    expect(found([key], image)).toEqual(isFound ? [key] : []);
  });

  it('of the more specific place comes first', () => {
    expect(found(['a.io', 'a.io/team', 'a.io/team/sub'], 'a.io/team/sub/x')).toEqual([
      'a.io/team/sub',
      'a.io/team',
      'a.io',
    ]);
  });
});

describe('a pull secret', () => {
  it('may be of the older type, with auth or with name and password', () => {
    const config = { 'a.io': { auth: base64('me:pass:word') }, 'b.io': { username: 'me', password: 'hush' } };
    const secret = PullSecret.of({
      type: 'kubernetes.io/dockercfg',
      data: { '.dockercfg': base64(JSON.stringify(config)) },
    });
    expect(secret?.lookup('a.io/x')[0]?.basic.reveal()).toBe(base64('me:pass:word'));
    expect(secret?.lookup('b.io/x')[0]?.basic.reveal()).toBe(base64('me:hush'));
  });

  it('leaves out entries that are none', () => {
    const secret = secretOf({ 'a.io': { auth: base64('no colon') }, 'b.io': {}, '': { username: 'a', password: 'b' } });
    expect([...secret.lookup('a.io/x'), ...secret.lookup('b.io/x')]).toEqual([]);
  });

  it.each([
    ['of another type', { type: 'Opaque', data: { '.dockerconfigjson': base64('{}') } }],
    ['without its key', { type: 'kubernetes.io/dockerconfigjson', data: {} }],
    ['that is no JSON', { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': base64('{"auths":') } }],
    ['without a type', {}],
  ])('is none %s', (_what, secret) => {
    expect(PullSecret.of(secret)).toBeUndefined();
  });

  it('prints nothing of its logins', () => {
    const secret = secretOf({ 'a.io': { username: 'me', password: 'hush' } });
    const [login] = secret.lookup('a.io');
    const printed = `${inspect(secret, { depth: 9 })} ${JSON.stringify(secret)} ${JSON.stringify(login)} ${inspect(login)}`;
    expect(printed).not.toMatch(/hush|bWU6/);
    expect(printed).toContain('[redacted]');
  });
});
