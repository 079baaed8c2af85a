import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClusterFixture, type Said, type Sent } from '../../../tests/fakes/cluster-fixture.ts';
import { until } from '../../../tests/fakes/connection-fixture.ts';
import { statusBody } from '../../../tests/fakes/scripted-api-server.ts';
import { checkPods } from './check-pods.ts';

const signal = new AbortController().signal;
const PODS = '/api/v1/namespaces/logging/pods';
const manifestText = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    metadata: {labels: {app: agent}}
    spec:
      priorityClassName: high
      nodeSelector: {disk: ssd}
      containers:
        - name: main
          image: a
`;
const input = { contextName: 'test', manifestText, namespace: 'logging' };

let fixture: ClusterFixture;
let allowed: boolean;

beforeEach(async () => {
  fixture = await ClusterFixture.open();
  allowed = true;
});
afterEach(() => fixture.close());

/** Nodes n1 and n2, of which the second has the disk; pods are answered as told. */
function answerPods(said: Said, nodes: Said = twoNodes()): void {
  fixture.answer = ({ path, query }: Sent) => {
    if (path.endsWith('/selfsubjectaccessreviews')) return [201, { status: { allowed } }];
    if (path === '/api/v1/nodes') return query.has('watch') ? 'silent' : nodes;
    return path === PODS ? said : [404, statusBody(404, 'NotFound', 'no')];
  };
}

function twoNodes(): Said {
  const node = (name: string, labels: object) => ({ metadata: { name, uid: name, resourceVersion: '1', labels } });
  return [200, { metadata: { resourceVersion: '1' }, items: [node('n1', {}), node('n2', { disk: 'ssd' })] }];
}

const sentPods = () => fixture.requests(PODS);

describe('the dry run of one pod', () => {
  it('sends what the controller would create, and stores nothing', async () => {
    answerPods([201, {}, { warning: '299 - "would violate PodSecurity"' }]);
    expect(await checkPods(fixture.cluster, { ...input, uid: 'u-1' }, signal)).toEqual({
      checked: true,
      refusals: [],
      warnings: ['would violate PodSecurity'],
      nodeName: 'n2',
    });
    const [request, ...others] = sentPods();
    expect(others).toEqual([]);
    expect(request?.method).toBe('POST');
    expect(Object.fromEntries(request?.query ?? [])).toEqual({
      dryRun: 'All',
      fieldManager: 'everynode',
      fieldValidation: 'Strict',
    });
    expect(request?.body).toMatchObject({
      kind: 'Pod',
      metadata: {
        generateName: 'agent-',
        labels: { app: 'agent' },
        ownerReferences: [{ uid: 'u-1', controller: true }],
      },
      spec: { priorityClassName: 'high' },
    });
    expect(await fixture.journal()).toBe('');
  });

  it('runs in a context that is read-only here, for nothing is changed', async () => {
    await fixture.close();
    fixture = await ClusterFixture.open({ guardLevel: 'read-only' });
    answerPods([201, {}]);
    expect(await checkPods(fixture.cluster, input, signal)).toMatchObject({ checked: true });
  });

  it('puts a refusal on its field and line', async () => {
    answerPods([
      403,
      statusBody(403, 'Forbidden', 'pods "agent-x" is forbidden: no PriorityClass with name high was found'),
    ]);
    expect(await checkPods(fixture.cluster, input, signal)).toMatchObject({
      checked: true,
      refusals: [
        {
          by: 'PriorityClass',
          path: 'spec.template.spec.priorityClassName',
          message: 'no PriorityClass with name high was found',
          line: 9,
          column: 7,
        },
      ],
    });
  });

  it('is made for no node where nodes may not be listed, or none would get one', async () => {
    answerPods([201, {}], [403, statusBody(403, 'Forbidden', 'nodes is forbidden')]);
    expect(await checkPods(fixture.cluster, input, signal)).toEqual({ checked: true, refusals: [], warnings: [] });
    expect(sentPods()[0]?.body).not.toHaveProperty('spec.affinity');
  });

  it('is not sent without the right, which is said', async () => {
    allowed = false;
    answerPods([201, {}]);
    expect(await checkPods(fixture.cluster, input, signal)).toEqual({
      checked: false,
      why: 'Pods were not checked: you may not create pods in namespace logging.',
    });
    expect(sentPods()).toEqual([]);
  });

  it.each<readonly [string, Said, RegExp]>([
    [
      'the authorizer refuses',
      [403, statusBody(403, 'Forbidden', 'pods is forbidden: User "a" cannot create resource "pods" in API group ""')],
      /cannot create/,
    ],
    ['the server is busy', [429, statusBody(429, 'TooManyRequests', 'busy')], /^Pods were not checked: busy/],
    ['the connection breaks', 'cut', /^Pods were not checked: .*nothing was changed/],
  ])('leaves pods unchecked where %s', async (_what, said, why) => {
    answerPods(said);
    expect(await checkPods(fixture.cluster, input, signal)).toEqual({
      checked: false,
      why: expect.stringMatching(why) as string,
    });
  });

  it('tells of a webhook that fails, since it keeps pods out', async () => {
    answerPods([
      500,
      statusBody(500, 'InternalError', 'Internal error occurred: failed calling webhook "a.b": refused'),
    ]);
    expect(await checkPods(fixture.cluster, input, signal)).toMatchObject({ refusals: [{ by: 'webhook' }] });
  });

  it('has nothing to check without a template', async () => {
    const text = 'apiVersion: apps/v1\nkind: DaemonSet\nspec: {}\n';
    expect(await checkPods(fixture.cluster, { ...input, manifestText: text }, signal)).toEqual({
      checked: false,
      why: 'There is no pod template yet.',
    });
    await expect(checkPods(fixture.cluster, { ...input, manifestText: 'a: [' }, signal)).rejects.toMatchObject({
      reason: 'ManifestSyntax',
    });
  });

  it('ends when its caller leaves', async () => {
    answerPods('silent');
    const caller = new AbortController();
    const waiting = checkPods(fixture.cluster, input, caller.signal);
    await until(() => sentPods().length === 1);
    caller.abort();
    await expect(waiting).rejects.toMatchObject({ reason: 'Cancelled' });
    await until(() => fixture.left >= 1);
  });
});
