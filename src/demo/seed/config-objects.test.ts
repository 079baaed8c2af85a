import { describe, expect, it } from 'vitest';
import { STRATEGIES } from '../api/strategy.ts';
import { asJson, canonicalJson } from '../json.ts';
import { TestCluster, at } from '../testing/api-client.ts';
import { environmentProblem, missingPullSecrets, volumeProblems } from '../kubelet/configuration.ts';
import { decodeAs } from '../schema/decode.ts';

async function withCluster(look: (test: TestCluster) => Promise<void> | void): Promise<void> {
  const test = await TestCluster.start({ nodes: 12 });
  try {
    await look(test);
  } finally {
    await test.close();
  }
}

describe('the opening state’s ConfigMaps and Secrets', () => {
  it('are all that its DaemonSets need, and would be let in by the server', () =>
    withCluster(({ cluster: { store } }) => {
      for (const { metadata, spec } of store.daemonSets.items()) {
        const { namespace = '' } = metadata;
        const config = {
          namespace,
          configMap: (name: string) => store.configMaps.get(`${namespace}/${name}`),
          secret: (name: string) => store.secrets.get(`${namespace}/${name}`),
        };
        const podSpec = spec.template.spec;
        expect(volumeProblems(podSpec, config), metadata.name).toEqual([]);
        expect(missingPullSecrets(podSpec, config), metadata.name).toEqual([]);
        for (const container of [...(podSpec.initContainers ?? []), ...podSpec.containers])
          expect(environmentProblem(container, config), metadata.name).toBe('');
      }
      const all = [
        ...store.configMaps.items().map((object) => [STRATEGIES.configmaps, object] as const),
        ...store.secrets.items().map((object) => [STRATEGIES.secrets, object] as const),
      ];
      for (const [strategy, object] of all) {
        expect(strategy.validateCreate(asJson(object)), object.metadata.name).toEqual([]);
        const decoded = decodeAs(object.kind, asJson(object));
        expect(decoded.unknown).toEqual([]);
        expect(canonicalJson(decoded.value)).toBe(canonicalJson(object));
      }
    }));

  it('hold no secret that is worth anything', () =>
    withCluster(({ cluster: { store } }) => {
      const values = store.secrets.items().flatMap(({ data = {} }) => Object.values(data));
      for (const value of values) expect(Buffer.from(value, 'base64').toString()).toContain('demo-only');
    }));

  it('name one reference that is optional and leads nowhere', () =>
    withCluster(async (test) => {
      const daemonSet = await test.get('/apis/apps/v1/namespaces/logging/daemonsets/fluent-bit');
      const env = JSON.stringify(at(daemonSet, 'spec.template.spec.containers.0.env'));
      expect(env).toContain('{"name":"fluent-bit-local","key":"tags","optional":true}');
      const answer = await test.send('GET', '/api/v1/namespaces/logging/configmaps/fluent-bit-local');
      expect(answer.code).toBe(404);
    }));

  it('are refused to the user where they are the security team’s, for a reason that a review says too', () =>
    withCluster(async (test) => {
      const path = '/api/v1/namespaces/security/secrets/falco-alerts';
      expect((await test.send('GET', path)).code).toBe(403);
      const resourceAttributes = { verb: 'get', resource: 'secrets', namespace: 'security', name: 'falco-alerts' };
      const review = { kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } };
      const reply = await test.send('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', review);
      expect(at(reply.body, 'status')).toEqual({
        allowed: false,
        denied: true,
        reason: 'the Secrets of namespace security are read by the security team alone',
      });
    }));

  it('let a deleted pod of each DaemonSet come again', () =>
    withCluster(async ({ cluster: { store }, clock }) => {
      const before = store.daemonSets.items().map(({ status }) => status.numberReady);
      for (const pod of store.pods.items()) {
        if (pod.metadata.ownerReferences !== undefined)
          store.pods.remove(`${pod.metadata.namespace}/${pod.metadata.name}`);
      }
      clock.advance(300_000);
      const after = store.daemonSets.items().map(({ status }) => status.numberReady);
      // But those that crash, and the one for which there is no room.
      for (const [index, count] of after.entries()) expect(count).toBeGreaterThanOrEqual((before[index] ?? 0) - 1);
    }));
});
