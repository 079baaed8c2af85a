import { expect } from 'vitest';
import { type ConformanceGroup, aCase } from '../conformance-case.ts';
import { at, itemsAt, textAt } from '../json-path.ts';
import { type JudgedCluster, NAMESPACE } from '../judged-cluster.ts';
import { onRing } from '../manifest.ts';

const ACCESS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const RULES = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';
const WHO = '/apis/authentication.k8s.io/v1/selfsubjectreviews';

const VERBS = ['create', 'get', 'list', 'watch', 'patch', 'update', 'delete'] as const;

const access = VERBS.map((verb) =>
  aCase(`an administrator may ${verb} DaemonSets`, async (cluster) => {
    const resourceAttributes = { verb, group: 'apps', resource: 'daemonsets', namespace: NAMESPACE };
    const body = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes },
    };
    const reply = await cluster.send('POST', ACCESS, body);
    expect(reply).toMatchObject({
      code: 201,
      body: { kind: 'SelfSubjectAccessReview', spec: { resourceAttributes }, status: { allowed: true } },
    });
  }),
);

/** Events about an object, once there is one of a reason. */
function eventsAbout(cluster: JudgedCluster, name: string, reason: string): Promise<readonly unknown[]> {
  const selector = encodeURIComponent(`involvedObject.name=${name},reason=${reason}`);
  const path = `/api/v1/namespaces/${NAMESPACE}/events?fieldSelector=${selector}`;
  return cluster.until(
    () => cluster.items(path),
    (events) => events.length > 0,
    `${name} has an event ${reason}`,
  );
}

export const REVIEWS: ConformanceGroup = {
  name: 'reviews',
  cases: [
    ...access,
    aCase('an access review about nothing is invalid', async (cluster) => {
      const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: {} };
      const reply = await cluster.send('POST', ACCESS, body);
      expect(reply.body).toMatchObject({ code: 422, reason: 'Invalid', details: { causes: [{ field: 'spec' }] } });
    }),
    aCase('a rules review of a namespace lists rules', async (cluster) => {
      const spec = { namespace: NAMESPACE };
      const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec };
      const answer = await cluster.ok('POST', RULES, body);
      expect(itemsAt(answer, 'status.resourceRules')).toContainEqual(
        expect.objectContaining({ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }),
      );
      expect(at(answer, 'status.incomplete')).toBe(false);
    }),
    aCase('a rules review without a namespace is 400', async (cluster) => {
      const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: {} };
      expect((await cluster.send('POST', RULES, body)).body).toMatchObject({ code: 400, reason: 'BadRequest' });
    }),
    aCase('a review says who one is', async (cluster) => {
      const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
      const answer = await cluster.ok('POST', WHO, body);
      expect(textAt(answer, 'status.userInfo.username')).not.toBe('');
      expect(itemsAt(answer, 'status.userInfo.groups')).toContain('system:authenticated');
    }),
    aCase('a review cannot be read', async (cluster) => {
      expect((await cluster.send('GET', ACCESS)).body).toMatchObject({ code: 405, reason: 'MethodNotAllowed' });
    }),
  ],
};

export const EVENTS: ConformanceGroup = {
  name: 'events',
  cases: [
    aCase('SuccessfulCreate is said of the DaemonSet by its controller', async (cluster) => {
      const name = cluster.name('ev');
      await cluster.create(onRing(name));
      const uid = textAt(await cluster.untilRolledOut(name), 'metadata.uid');
      const [event] = await eventsAbout(cluster, name, 'SuccessfulCreate');
      expect(event).toMatchObject({
        type: 'Normal',
        source: { component: 'daemonset-controller' },
        involvedObject: { kind: 'DaemonSet', apiVersion: 'apps/v1', name, namespace: NAMESPACE, uid },
      });
      expect(textAt(event, 'message')).toMatch(new RegExp(`^Created pod: ${name}-[a-z0-9]{5}$`));
      await cluster.remove(name);
    }),
    aCase('SuccessfulDelete is said when a rollout takes a pod', async (cluster) => {
      const name = cluster.name('ev');
      await cluster.create(onRing(name));
      await cluster.untilRolledOut(name);
      await cluster.setImage(name, 'registry.test/tool:2');
      const [event] = await eventsAbout(cluster, name, 'SuccessfulDelete');
      expect(textAt(event, 'message')).toMatch(new RegExp(`^Deleted pod: ${name}-[a-z0-9]{5}$`));
      await cluster.remove(name);
    }),
    aCase('FailedCreate is the only sign of pods that are refused', async (cluster) => {
      const name = cluster.name('ev');
      await cluster.create(onRing(name, { pod: { priorityClassName: 'none-such' } }));
      const [event] = await eventsAbout(cluster, name, 'FailedCreate');
      expect(event).toMatchObject({ type: 'Warning', involvedObject: { kind: 'DaemonSet', name } });
      expect(textAt(event, 'message')).toContain('no PriorityClass with name none-such was found');
      await cluster.untilStatus(name, { desiredNumberScheduled: 4, currentNumberScheduled: 0 });
      await cluster.remove(name);
    }),
    aCase('Scheduled is said of the pod', async (cluster) => {
      const name = cluster.name('ev');
      await cluster.create(onRing(name));
      await cluster.untilRolledOut(name);
      const [pod] = await cluster.pods(name);
      const podName = textAt(pod, 'metadata.name');
      const [event] = await eventsAbout(cluster, podName, 'Scheduled');
      expect(textAt(event, 'message')).toBe(
        `Successfully assigned ${NAMESPACE}/${podName} to ${textAt(pod, 'spec.nodeName')}`,
      );
      await cluster.remove(name);
    }),
  ],
};
