import { describe, expect, it } from 'vitest';
import { aContext } from '../../../tests/fakes/contexts.ts';
import type { UserFacts } from './credentials.ts';
import type { FileReader } from './file-reader.ts';
import type { KubeContext } from './kubeconfig-merge.ts';
import { NamedFiles } from './named-files.ts';
import type { ClusterFacts } from './resolved-context.ts';

function filesWith(present: ReadonlyMap<string, string | undefined>): FileReader {
  const version = async (path: string) => {
    if (!present.has(path)) throw Object.assign(new Error('missing'), { code: 'ENOENT' });
    const code = present.get(path);
    if (code !== undefined) throw Object.assign(new Error(code), { code });
    return '1';
  };
  return { version, read: async () => Buffer.from(''), size: async () => 0 };
}

function listed(cluster: Partial<ClusterFacts>, user: UserFacts = {}): KubeContext {
  const resolved = aContext('https://a', cluster, user);
  return { contextName: 'test', name: 'test', file: '/f', insecureSkipTlsVerify: false, resolved };
}

describe('the files that a context names', () => {
  const present = new Map<string, string | undefined>([
    ['/there', undefined],
    ['/locked', 'EACCES'],
  ]);
  const problemOf = async (cluster: Partial<ClusterFacts>, user?: UserFacts) =>
    (await new NamedFiles(filesWith(present)).check(listed(cluster, user))).problem?.message;

  it('are all there', async () => {
    expect(
      await problemOf({ certificateAuthority: '/there' }, { clientCertificate: '/there', clientKey: '/there' }),
    ).toBeUndefined();
  });

  it.each<[Partial<ClusterFacts>, UserFacts, string]>([
    [{ certificateAuthority: '/gone' }, {}, 'The file of certificate-authority does not exist: /gone.'],
    [{ certificateAuthority: '/locked' }, {}, 'The file of certificate-authority cannot be read: /locked (EACCES).'],
    [{}, { clientCertificate: '/gone' }, 'The file of client-certificate does not exist: /gone.'],
    [{}, { clientCertificate: '/there', clientKey: '/gone' }, 'The file of client-key does not exist: /gone.'],
    [{}, { tokenFile: '/gone' }, 'The file of tokenFile does not exist: /gone.'],
    [
      { certificateAuthority: 'ca.crt' },
      {},
      'certificate-authority is the relative path ca.crt, which leads nowhere in an uploaded text: the file is missing.',
    ],
  ])('%o %o is told', async (cluster, user, message) => {
    expect(await problemOf(cluster, user)).toBe(message);
  });

  it('do not matter where something else is used in their place', async () => {
    expect(await problemOf({ certificateAuthority: '/gone', certificateAuthorityData: 'pem' })).toBeUndefined();
    expect(await problemOf({ certificateAuthority: '/gone', insecureSkipTlsVerify: true })).toBeUndefined();
    expect(
      await problemOf(
        {},
        { clientCertificate: '/gone', clientCertificateData: 'pem', clientKey: '/gone', clientKeyData: 'pem' },
      ),
    ).toBeUndefined();
    expect(await problemOf({}, { tokenFile: '/gone', token: 'inline' })).toBeUndefined();
  });

  it('leave a context alone that has a problem already', async () => {
    const broken: KubeContext = {
      contextName: 'x',
      name: 'x',
      file: '/f',
      insecureSkipTlsVerify: false,
      problem: { reason: 'KubeconfigInvalid', message: 'no cluster' },
    };
    expect(await new NamedFiles(filesWith(present)).check(broken)).toBe(broken);
  });

  it('are looked at again by `changed`', async () => {
    const state = new Map<string, string | undefined>();
    const named = new NamedFiles(filesWith(state));
    await named.check(listed({ certificateAuthority: '/ca' }));
    expect(await named.changed()).toBe(false);
    state.set('/ca', undefined);
    expect(await named.changed()).toBe(true);
  });
});
