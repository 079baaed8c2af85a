import { afterEach, describe, expect, it } from 'vitest';
import type { DaemonSet, Pod } from '../objects.ts';
import { isPodReady } from '../pod-readiness.ts';
import { QuietCluster, imagesOf, withImage } from '../testing/quiet-cluster.ts';

const NEW = 'registry.example.com/tool:2.0';
let cluster: QuietCluster;

afterEach(() => cluster.stop());

function rolledOut(nodes: number, updateStrategy: DaemonSet['spec']['updateStrategy'], podSpec = {}): void {
  cluster = new QuietCluster(nodes);
  const rolling = updateStrategy.rollingUpdate;
  cluster.create('agent', podSpec, {
    updateStrategy: { type: updateStrategy.type, ...(rolling === undefined ? {} : { rollingUpdate: { ...rolling } }) },
  });
  cluster.untilRolledOut('agent');
}

function isNew(pod: Pod): boolean {
  return pod.spec.containers[0]?.image === NEW;
}

/** The most nodes without a ready pod, and the most pods over the nodes, at any time of a rollout. */
function extremes(): { readonly unavailable: number; readonly surplus: number } {
  let unavailable = 0;
  let surplus = 0;
  const nodes = cluster.store.nodes.size;
  const unsubscribe = cluster.store.pods.subscribe(() => {
    const staying = cluster.pods('agent').filter((pod) => pod.metadata.deletionTimestamp === undefined);
    const served = new Set(staying.filter(isPodReady).map((pod) => pod.spec.nodeName));
    unavailable = Math.max(unavailable, nodes - served.size);
    surplus = Math.max(surplus, staying.length - nodes);
  });
  cluster.setImage('agent', NEW);
  cluster.untilRolledOut('agent');
  unsubscribe();
  return { unavailable, surplus };
}

describe('a rolling update', () => {
  it('replaces every pod, with no more than maxUnavailable nodes unserved', () => {
    rolledOut(6, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } });
    expect(extremes()).toEqual({ unavailable: 2, surplus: 0 });
    expect(cluster.pods('agent').every(isNew)).toBe(true);
  });

  it('rounds a percentage of desired up', () => {
    rolledOut(7, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '20%' } });
    expect(extremes().unavailable).toBe(2);
  });

  it('with surge starts the new pod before the old one goes, so that no node is unserved', () => {
    rolledOut(5, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 2 } });
    expect(extremes()).toEqual({ unavailable: 0, surplus: 2 });
  });

  it('with surge waits for ever where a hostPort lets only one pod on a node', () => {
    rolledOut(
      3,
      { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      {
        containers: [
          { name: 'main', image: 'registry.example.com/tool:1.0', ports: [{ containerPort: 9100, hostPort: 9100 }] },
        ],
      },
    );
    cluster.setImage('agent', NEW);
    cluster.clock.advance(60_000);
    const waiting = cluster.pods('agent').filter(isNew);
    expect(waiting.map((pod) => pod.status.phase)).toEqual(['Pending']);
    expect(waiting[0]?.status.conditions?.[0]?.message).toContain("didn't have free ports for the requested pod ports");
  });

  it('is held up by one new pod that does not become ready, when the budget is 1', () => {
    rolledOut(4, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } });
    cluster.update('agent', (current) => {
      const changed = withImage(current, NEW);
      const template = {
        ...changed.spec.template,
        metadata: { ...changed.spec.template.metadata, annotations: { 'everynode.demo/behaviour': 'crash-loop' } },
        // Without a probe it would be ready for the seconds of each life, and the rollout would go on.
        spec: {
          ...changed.spec.template.spec,
          containers: [{ name: 'main', image: NEW, readinessProbe: { initialDelaySeconds: 1 } }],
        },
      };
      return { ...changed, spec: { ...changed.spec, template } };
    });
    cluster.clock.advance(120_000);
    expect(cluster.pods('agent').filter(isNew)).toHaveLength(1);
    expect(cluster.daemonSet('agent').status).toMatchObject({ updatedNumberScheduled: 1, numberUnavailable: 1 });
  });

  it('replaces old pods that serve nobody whatever the budget', () => {
    cluster = new QuietCluster(3);
    cluster.create('agent', {}, {}, { annotations: { 'everynode.demo/behaviour': 'image-pull-failure' } });
    cluster.clock.advance(5_000);
    cluster.update('agent', (current) => {
      const { spec } = withImage(current, NEW);
      return { ...current, spec: { ...spec, template: { ...spec.template, metadata: { labels: { app: 'agent' } } } } };
    });
    cluster.clock.advance(2_500);
    expect(cluster.pods('agent').filter(isNew)).toHaveLength(3);
    cluster.untilRolledOut('agent');
  });

  it('goes back to the old template by a rollback in the middle', () => {
    rolledOut(4, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } });
    cluster.setImage('agent', NEW);
    cluster.until(() => cluster.pods('agent').some(isNew), 'one new pod');
    cluster.setImage('agent', 'registry.example.com/tool:1.0');
    cluster.untilRolledOut('agent');
    expect(cluster.pods('agent').some(isNew)).toBe(false);
  });
});

describe('OnDelete', () => {
  it('leaves old pods alone and makes new ones only where one was deleted', () => {
    rolledOut(3, { type: 'OnDelete' });
    cluster.setImage('agent', NEW);
    cluster.clock.advance(30_000);
    expect(imagesOf(cluster.pods('agent'))).not.toContain(NEW);
    expect(cluster.daemonSet('agent').status.updatedNumberScheduled).toBeUndefined();
    const [pod] = cluster.pods('agent');
    if (pod !== undefined) cluster.store.pods.remove(`default/${pod.metadata.name}`);
    cluster.clock.advance(5_000);
    expect(cluster.pods('agent').filter(isNew)).toHaveLength(1);
    expect(cluster.daemonSet('agent').status.updatedNumberScheduled).toBe(1);
  });
});
