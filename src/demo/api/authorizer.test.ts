import { describe, expect, it } from 'vitest';
import { DEMO_ADMIN, type DemoUser, forbidden, grantsOf, isAllowed } from './authorizer.ts';
import { requestInfo } from './request-info.ts';

const operator: DemoUser = {
  username: 'operator',
  groups: ['system:authenticated'],
  grants: [
    { namespace: 'team-a', rules: [{ verbs: ['*'], apiGroups: ['apps'], resources: ['daemonsets'] }] },
    { rules: [{ verbs: ['get'], apiGroups: [''], resources: ['*/log'] }] },
  ],
};

function asks(method: string, target: string) {
  const { pathname, searchParams } = new URL(target, 'http://demo');
  return requestInfo(method, pathname, searchParams);
}

describe('a request', () => {
  it.each([
    ['GET', '/api/v1/pods', 'list pods in "" name ""'],
    ['GET', '/api/v1/pods?watch=1', 'watch pods in "" name ""'],
    ['GET', '/api/v1/namespaces/a/pods/b/log', 'get pods/log in "a" name "b"'],
    ['GET', '/api/v1/namespaces/a', 'get namespaces in "a" name "a"'],
    ['PUT', '/api/v1/namespaces/a/status', 'update namespaces/status in "a" name "a"'],
    ['DELETE', '/api/v1/namespaces/a/pods', 'deletecollection pods in "a" name ""'],
    ['DELETE', '/api/v1/namespaces/a/pods/b', 'delete pods in "a" name "b"'],
    ['POST', '/apis/apps/v1/namespaces/a/daemonsets', 'create daemonsets in "a" name ""'],
    ['PATCH', '/apis/apps/v1/namespaces/a/daemonsets/b', 'patch daemonsets in "a" name "b"'],
  ])('%s %s is: %s', (method, target, expected) => {
    const info = asks(method, target);
    if (info.kind !== 'resource') throw new Error('it is a path');
    const what = info.subresource === '' ? info.resource : `${info.resource}/${info.subresource}`;
    expect(`${info.verb} ${what} in "${info.namespace}" name "${info.name}"`).toBe(expected);
  });

  it('of anything else is a path', () => {
    expect(asks('GET', '/version')).toEqual({ kind: 'path', verb: 'get', path: '/version' });
    expect(asks('GET', '/apis/apps/v1')).toMatchObject({ kind: 'path' });
  });
});

describe('a user', () => {
  it('who is the administrator may delete nodes and read metrics', () => {
    expect(isAllowed(DEMO_ADMIN, asks('DELETE', '/api/v1/nodes/one'))).toBe(true);
    expect(isAllowed(DEMO_ADMIN, asks('GET', '/metrics'))).toBe(true);
  });

  it('who is the administrator reads every Secret but those of namespace security, and is told why', () => {
    expect(isAllowed(DEMO_ADMIN, asks('GET', '/api/v1/namespaces/logging/secrets'))).toBe(true);
    expect(isAllowed(DEMO_ADMIN, asks('GET', '/api/v1/namespaces/security/configmaps/falco-rules'))).toBe(true);
    const read = asks('GET', '/api/v1/namespaces/security/secrets/falco-alerts');
    for (const info of [read, asks('GET', '/api/v1/secrets'), asks('GET', '/api/v1/namespaces/security/secrets')])
      expect(isAllowed(DEMO_ADMIN, info)).toBe(false);
    expect(forbidden(DEMO_ADMIN, read).message).toBe(
      'secrets "falco-alerts" is forbidden: User "demo-admin" cannot get resource "secrets" in API group "" in the namespace "security": the Secrets of namespace security are read by the security team alone',
    );
  });

  it('has the rights of a namespace there and nowhere else', () => {
    expect(isAllowed(operator, asks('PATCH', '/apis/apps/v1/namespaces/team-a/daemonsets/x'))).toBe(true);
    expect(isAllowed(operator, asks('PATCH', '/apis/apps/v1/namespaces/team-b/daemonsets/x'))).toBe(false);
    expect(isAllowed(operator, asks('GET', '/apis/apps/v1/daemonsets'))).toBe(false);
    expect(grantsOf(operator, 'team-a')).toHaveLength(3);
    expect(grantsOf(operator, '')).toHaveLength(2);
  });

  it('has no right to a subresource by the right to its resource', () => {
    expect(isAllowed(operator, asks('PUT', '/apis/apps/v1/namespaces/team-a/daemonsets/x/status'))).toBe(false);
    expect(isAllowed(operator, asks('GET', '/api/v1/namespaces/any/pods/x/log'))).toBe(true);
    expect(isAllowed(operator, asks('GET', '/api/v1/namespaces/any/pods/x'))).toBe(false);
  });

  it('may ask what the server has and what one may, like everyone', () => {
    expect(isAllowed(operator, asks('GET', '/apis/apps/v1'))).toBe(true);
    expect(isAllowed(operator, asks('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'))).toBe(true);
    expect(isAllowed(operator, asks('GET', '/metrics'))).toBe(false);
  });

  it('is refused in words that name the right', () => {
    expect(forbidden(operator, asks('GET', '/api/v1/nodes/one')).toJson()).toMatchObject({
      code: 403,
      message:
        'nodes "one" is forbidden: User "operator" cannot get resource "nodes" in API group "" at the cluster scope',
      details: { name: 'one', kind: 'nodes' },
    });
    expect(forbidden(operator, asks('GET', '/metrics')).message).toBe(
      'forbidden: User "operator" cannot get path "/metrics"',
    );
  });
});
