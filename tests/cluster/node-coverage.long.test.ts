import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NodeFacts, type PodPlacement, nodeVerdict } from '../../src/shared/kubernetes/node-coverage.ts';
import type { Taint } from '../../src/shared/kubernetes/toleration.ts';
import type { ApiUnderTest } from '../conformance/api-under-test.ts';
import { at, itemsAt, numberAt, textAt } from '../conformance/json-path.ts';
import { type JudgedCluster, NAMESPACE, PATCH, prepareCluster } from '../conformance/judged-cluster.ts';
import { aDaemonSet } from '../conformance/manifest.ts';
import { nodeTraits, placement } from '../conformance/random-placement.ts';
import { startRealApi } from '../conformance/start-real-api.ts';

const NODES = 16;
const COMBINATIONS = 240;
const SEED = 20_261_124;
const TARGET =
  'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms.0.matchFields.0.values.0';

let api: ApiUnderTest;
let cluster: JudgedCluster;
let nodes: readonly NodeFacts[];

beforeAll(async () => {
  api = await startRealApi({ nodes: NODES });
  cluster = await prepareCluster(api, 120_000);
  const traits = fc.sample(nodeTraits, { numRuns: NODES, seed: SEED });
  const found = await cluster.items('/api/v1/nodes');
  for (const [index, node] of found.entries()) {
    const { labels = {}, taints = [] } = traits[index] ?? {};
    const path = `/api/v1/nodes/${textAt(node, 'metadata.name')}`;
    await cluster.ok('PATCH', path, { metadata: { labels }, spec: { taints } }, PATCH.merge);
  }
  nodes = (await cluster.items('/api/v1/nodes')).map(factsOf);
});

afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

function factsOf(node: unknown): NodeFacts {
  return {
    name: textAt(node, 'metadata.name'),
    labels: at(node, 'metadata.labels') as NodeFacts['labels'],
    taints: itemsAt(node, 'spec.taints') as readonly Taint[],
  };
}

/** Nodes for which the daemon controller made each DaemonSet's pods, by the DaemonSet's name. */
async function nodesOfPods(): Promise<ReadonlyMap<string, readonly string[]>> {
  const pods = await cluster.items(`/api/v1/namespaces/${NAMESPACE}/pods`);
  return new Map(
    [...Map.groupBy(pods, (pod) => textAt(pod, 'metadata.labels.app'))].map(([name, own]) => [
      name,
      own.map((pod) => textAt(pod, TARGET)).toSorted(),
    ]),
  );
}

describe('node coverage', () => {
  it(`is what the daemon controller does, in ${COMBINATIONS} combinations of taints, selectors, affinity and tolerations`, async () => {
    const names = nodes.map(({ name }) => name);
    const placements: readonly PodPlacement[] = fc.sample(placement(names), { numRuns: COMBINATIONS, seed: SEED });
    for (const [index, pod] of placements.entries())
      await cluster.create(aDaemonSet(`cover-${index}`, { pod: { ...pod } }));
    const sets = await cluster.until(
      () => cluster.items(cluster.sets()),
      (found) =>
        found.every(
          (set) =>
            numberAt(set, 'status.observedGeneration') === 1 &&
            numberAt(set, 'status.currentNumberScheduled') === numberAt(set, 'status.desiredNumberScheduled'),
        ),
      'the controller has made all pods',
    );
    const desired = new Map(
      sets.map((set) => [textAt(set, 'metadata.name'), numberAt(set, 'status.desiredNumberScheduled')]),
    );
    // A pod that the controller made before it knew of a taint goes again, and its status does not count it.
    const pods = await cluster.until(
      nodesOfPods,
      (found) => [...desired].every(([name, count]) => (found.get(name)?.length ?? 0) === count),
      'each DaemonSet has the pods that its status says',
    );
    const wrong = placements.flatMap((pod, index) => {
      const name = `cover-${index}`;
      const expected = nodes.filter((node) => nodeVerdict(pod, node).outcome === 'shouldRun').map((node) => node.name);
      const made = { desired: desired.get(name), nodes: pods.get(name) ?? [] };
      const agrees = made.desired === expected.length && made.nodes.join() === expected.toSorted().join();
      return agrees ? [] : [{ pod, expected, made }];
    });
    expect(wrong).toEqual([]);
    // Combinations that all say the same would prove nothing.
    const counts = new Set(desired.values());
    expect(counts.size).toBeGreaterThan(NODES / 2);
  });
});
