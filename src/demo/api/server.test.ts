import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCluster, at } from '../testing/api-client.ts';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await TestCluster.start();
});

afterAll(() => cluster.close());

describe('the server', () => {
  it('listens on the loopback address alone, with a long token', () => {
    expect(cluster.cluster.url).toMatch(/^http:\/\/127\.0\.0\.1:[0-9]+$/);
    expect(Buffer.from(cluster.cluster.token, 'base64url')).toHaveLength(32);
  });

  it.each(['', 'wrong', 'x'.repeat(43)])('answers 401 to the token %j', async (token) => {
    const reply = await cluster.send('GET', '/api/v1/nodes', undefined, { token });
    expect([reply.code, reply.body['kind'], reply.body['reason'], reply.body['message']]).toEqual([
      401,
      'Status',
      'Unauthorized',
      'Unauthorized',
    ]);
  });

  it('says its version and its resources', async () => {
    expect((await cluster.get('/version'))['gitVersion']).toMatch(/^v1\.37\./);
    expect(at(await cluster.get('/api'), 'versions.0')).toBe('v1');
    expect(at(await cluster.get('/apis'), 'groups.0.preferredVersion.groupVersion')).toBe('apps/v1');
    const names = (at(await cluster.get('/apis/apps/v1'), 'resources') as readonly { readonly name: string }[]).map(
      (entry) => entry.name,
    );
    expect(names).toEqual(['daemonsets', 'controllerrevisions', 'daemonsets/status']);
    expect(await cluster.text('/readyz')).toBe('ok');
  });

  it.each([
    '/api/v1/daemonsets',
    '/apis/apps/v1/pods',
    '/api/v1/namespaces/default/nodes',
    '/api/v1/pods/some-pod',
    '/api/v1/namespaces/default/pods/x/attach',
    '/api/v1/namespaces/%E0%A4%A',
  ])('has nothing at %s', async (path) => {
    const reply = await cluster.send('GET', path);
    expect([reply.code, reply.body['message']]).toEqual([404, 'the server could not find the requested resource']);
  });

  it.each(['/apis/batch/v1/jobs', '/apis/batch', '/nothing'])(
    'answers %s, of which it has not even the group, as a web server does',
    async (path) => {
      const reply = await cluster.raw('GET', path);
      expect([reply.status, await reply.text()]).toEqual([404, '404 page not found\n']);
    },
  );

  it.each([
    ['DELETE', '/apis/apps/v1/namespaces/default/daemonsets'],
    ['POST', '/api/v1/nodes'],
    ['POST', '/apis/apps/v1/daemonsets'],
    ['PUT', '/version'],
    ['POST', '/api/v1/namespaces/gpu/pods/train-ranking-model-0/log'],
    ['DELETE', '/api/v1/nodes/control-a-01'],
    ['GET', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'],
  ])('does not allow %s %s', async (method, path) => {
    expect((await cluster.send(method, path)).code).toBe(405);
  });

  it('names what is not found', async () => {
    const reply = await cluster.send('GET', '/apis/apps/v1/namespaces/default/daemonsets/gone');
    expect([reply.body['message'], at(reply.body, 'details.kind')]).toEqual([
      'daemonsets.apps "gone" not found',
      'daemonsets',
    ]);
  });

  it('lets its user do everything', async () => {
    const spec = { resourceAttributes: { verb: 'delete', group: 'apps', resource: 'daemonsets' } };
    const access = await cluster.send('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { spec });
    expect([access.code, at(access.body, 'status.allowed'), at(access.body, 'spec.resourceAttributes.verb')]).toEqual([
      201,
      true,
      'delete',
    ]);
    const self = await cluster.send('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {});
    expect(at(self.body, 'status.userInfo.username')).toBe('demo-admin');
  });

  it('refuses server-side apply, which it does not have', async () => {
    const reply = await cluster.send('PATCH', '/apis/apps/v1/namespaces/security/daemonsets/falco', '{}', {
      type: 'application/apply-patch+yaml',
    });
    expect(reply.code).toBe(415);
  });

  it('answers a failed test of a JSON patch with 422 without causes', async () => {
    const patch = [{ op: 'test', path: '/metadata/uid', value: 'other' }];
    const reply = await cluster.send('PATCH', '/apis/apps/v1/namespaces/security/daemonsets/falco', patch, {
      type: 'application/json-patch+json',
    });
    expect([reply.code, reply.body['reason'], at(reply.body, 'details.causes')]).toEqual([422, 'Invalid', undefined]);
  });
});
