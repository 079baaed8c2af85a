import { expect } from 'vitest';
import { type ConformanceGroup, aCase } from '../conformance-case.ts';
import { at, itemsAt, textAt } from '../json-path.ts';

const RESOURCES = [
  ['/api/v1', 'pods', 'Pod', true],
  ['/api/v1', 'nodes', 'Node', false],
  ['/api/v1', 'namespaces', 'Namespace', false],
  ['/api/v1', 'events', 'Event', true],
  ['/api/v1', 'configmaps', 'ConfigMap', true],
  ['/api/v1', 'secrets', 'Secret', true],
  ['/apis/apps/v1', 'daemonsets', 'DaemonSet', true],
  ['/apis/apps/v1', 'controllerrevisions', 'ControllerRevision', true],
  ['/apis/authorization.k8s.io/v1', 'selfsubjectaccessreviews', 'SelfSubjectAccessReview', false],
  ['/apis/authentication.k8s.io/v1', 'selfsubjectreviews', 'SelfSubjectReview', false],
] as const;

const resources = RESOURCES.map(([path, name, kind, namespaced]) =>
  aCase(`${path} names ${name}`, async (cluster) => {
    const document = await cluster.get(path);
    expect(document).toMatchObject({ kind: 'APIResourceList', groupVersion: path.replace(/^\/apis?\//, '') });
    const found = itemsAt(document, 'resources').find((resource) => textAt(resource, 'name') === name);
    expect(found).toMatchObject({ kind, namespaced });
  }),
);

export const DISCOVERY: ConformanceGroup = {
  name: 'discovery',
  cases: [
    aCase('/version is Kubernetes 1.37', async (cluster) => {
      expect(await cluster.get('/version')).toMatchObject({ major: '1', minor: '37' });
      expect(textAt(await cluster.get('/version'), 'gitVersion')).toMatch(/^v1\.37\.\d+/);
    }),
    aCase('/readyz is ok', async (cluster) => {
      expect(await cluster.get('/readyz')).toBe('ok');
    }),
    aCase('/apis has apps/v1 as preferred', async (cluster) => {
      const groups = itemsAt(await cluster.get('/apis'), 'groups');
      const apps = groups.find((group) => textAt(group, 'name') === 'apps');
      expect(at(apps, 'preferredVersion')).toEqual({ groupVersion: 'apps/v1', version: 'v1' });
    }),
    ...resources,
    aCase('DaemonSets can be listed, watched, patched and deleted, and are called ds', async (cluster) => {
      const found = itemsAt(await cluster.get('/apis/apps/v1'), 'resources').find(
        (resource) => textAt(resource, 'name') === 'daemonsets',
      );
      expect(itemsAt(found, 'verbs')).toEqual(
        expect.arrayContaining(['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']),
      );
      expect(at(found, 'shortNames')).toEqual(['ds']);
      expect(at(found, 'singularName')).toBe('daemonset');
    }),
    ...['/apis/nowhere.test/v1/things', '/apis/nowhere.test', '/nowhere', '/apis/metrics.k8s.io/v1beta1/nodes'].map(
      (path) =>
        aCase(`${path}, of which nothing is installed, is 404 and no Status`, async (cluster) => {
          expect(await cluster.send('GET', path)).toMatchObject({ code: 404, body: '404 page not found\n' });
        }),
    ),
    aCase('a resource that its group does not have is 404 with a Status', async (cluster) => {
      expect((await cluster.send('GET', '/apis/apps/v1/things')).body).toMatchObject({
        kind: 'Status',
        code: 404,
        reason: 'NotFound',
        message: 'the server could not find the requested resource',
      });
    }),
    aCase('a path that is nothing is 404 NotFound', async (cluster) => {
      const reply = await cluster.send('GET', '/apis/apps/v1/namespaces/default/daemonthings');
      expect(reply.code).toBe(404);
    }),
  ],
};
