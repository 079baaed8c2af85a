import { expect } from 'vitest';
import { type ConformanceGroup, aCase } from '../conformance-case.ts';
import { names, numberAt, textAt } from '../json-path.ts';
import { type JudgedCluster, PATCH, RING_SIZE } from '../judged-cluster.ts';
import { type Json, RING, aDaemonSet, onRing } from '../manifest.ts';

interface NodeChange {
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly Json[];
  readonly unschedulable?: boolean;
}

/** Changes the ring's first node for as long as the callback runs. */
export async function withChangedNode(
  cluster: JudgedCluster,
  change: NodeChange,
  run: (node: string) => Promise<void>,
): Promise<void> {
  const [node = ''] = cluster.ring;
  const { labels = {}, taints, unschedulable } = change;
  const path = `/api/v1/nodes/${node}`;
  const patch = { metadata: { labels }, spec: { taints: taints ?? null, unschedulable: unschedulable ?? null } };
  await cluster.ok('PATCH', path, patch, PATCH.merge);
  try {
    await run(node);
  } finally {
    const without = Object.fromEntries(Object.keys(labels).map((key) => [key, null]));
    const back = { metadata: { labels: without }, spec: { taints: null, unschedulable: null } };
    await cluster.ok('PATCH', path, back, PATCH.merge);
  }
}

const NONE: NodeChange = {};
const tainted = (effect: string, key = 'example.com/t', value = 'v'): NodeChange => ({
  taints: [{ key, value, effect }],
});
const tolerating = (toleration: Json): Json => ({ tolerations: [toleration] });
const KEY = 'example.com/t';

/** What the template asks, what the first node is like, and whether that node is wanted. */
const RULES: readonly (readonly [what: string, pod: Json, node: NodeChange, wanted: boolean])[] = [
  ['nothing asked, nothing against', {}, NONE, true],
  ['NoSchedule', {}, tainted('NoSchedule'), false],
  ['NoExecute', {}, tainted('NoExecute'), false],
  ['PreferNoSchedule', {}, tainted('PreferNoSchedule'), true],
  ['NoSchedule tolerated by Exists', tolerating({ key: KEY, operator: 'Exists' }), tainted('NoSchedule'), true],
  ['NoSchedule tolerated by value', tolerating({ key: KEY, value: 'v' }), tainted('NoSchedule'), true],
  ['NoSchedule and another value', tolerating({ key: KEY, value: 'w' }), tainted('NoSchedule'), false],
  [
    'NoSchedule tolerated for NoExecute only',
    tolerating({ key: KEY, operator: 'Exists', effect: 'NoExecute' }),
    tainted('NoSchedule'),
    false,
  ],
  ['everything tolerated', tolerating({ operator: 'Exists' }), tainted('NoExecute'), true],
  [
    'NoExecute tolerated for a while',
    tolerating({ key: KEY, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 600 }),
    tainted('NoExecute'),
    true,
  ],
  [
    'one of two taints tolerated',
    tolerating({ key: KEY, operator: 'Exists' }),
    { taints: [...(tainted('NoSchedule').taints ?? []), { key: 'example.com/u', effect: 'NoSchedule' }] },
    false,
  ],
  ['disk-pressure', {}, tainted('NoSchedule', 'node.kubernetes.io/disk-pressure', ''), true],
  ['memory-pressure', {}, tainted('NoSchedule', 'node.kubernetes.io/memory-pressure', ''), true],
  ['pid-pressure', {}, tainted('NoSchedule', 'node.kubernetes.io/pid-pressure', ''), true],
  [
    'network-unavailable with hostNetwork',
    { hostNetwork: true },
    tainted('NoSchedule', 'node.kubernetes.io/network-unavailable', ''),
    true,
  ],
  ['a cordoned node', {}, { unschedulable: true }, true],
  ['nodeSelector of a label it has', { nodeSelector: { x: '1' } }, { labels: { x: '1' } }, true],
  ['affinity In', affinity([['x', 'In', ['1', '2']]]), { labels: { x: '2' } }, true],
  ['affinity NotIn', affinity([['x', 'NotIn', ['1', '2']]]), { labels: { x: '2' } }, false],
  ['affinity NotIn of a label it lacks', affinity([['x', 'NotIn', ['1']]]), NONE, true],
  ['affinity Exists', affinity([['x', 'Exists']]), { labels: { x: '' } }, true],
  ['affinity DoesNotExist', affinity([['x', 'DoesNotExist']]), { labels: { x: '' } }, false],
  ['affinity Gt', affinity([['x', 'Gt', ['5']]]), { labels: { x: '6' } }, true],
  ['affinity Gt of what is equal', affinity([['x', 'Gt', ['5']]]), { labels: { x: '5' } }, false],
  ['affinity Lt', affinity([['x', 'Lt', ['5']]]), { labels: { x: '4' } }, true],
  ['affinity Lt of what is no number', affinity([['x', 'Lt', ['5']]]), { labels: { x: 'a' } }, false],
  [
    'affinity of two in one term',
    affinity([
      ['x', 'Exists'],
      ['y', 'Exists'],
    ]),
    { labels: { x: '1' } },
    false,
  ],
  ['affinity of two terms', affinity([['x', 'Exists']], [['y', 'Exists']]), { labels: { x: '1' } }, true],
];

let touches = 0;

/** A change of the spec without a meaning. */
function touch(): Json {
  touches += 1;
  return { spec: { revisionHistoryLimit: 10 + (touches % 2) } };
}

type Requirement = readonly [key: string, operator: string, values?: readonly string[]];

function affinity(...terms: readonly (readonly Requirement[])[]): Json {
  const nodeSelectorTerms = terms.map((term) => ({
    matchExpressions: term.map(([key, operator, values]) => ({
      key,
      operator,
      ...(values === undefined ? {} : { values }),
    })),
  }));
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } };
}

/** A toleration of everything, and no other wish than the row's label: it counts the node as soon as the controller has seen it. */
function witness(name: string, row: string): Json {
  return aDaemonSet(name, { pod: { nodeSelector: { row }, tolerations: [{ operator: 'Exists' }] } });
}

const rules = RULES.map(([what, pod, node, wanted]) =>
  aCase(`${what}: ${wanted ? 'a pod' : 'no pod'}`, async (cluster) => {
    const [name, seen] = [cluster.name('rule'), cluster.name('witness')];
    const nodeSelector = { ...(pod['nodeSelector'] as Json | undefined), row: name };
    await cluster.create(aDaemonSet(name, { pod: { ...pod, nodeSelector } }));
    await cluster.create(witness(seen, name));
    await withChangedNode(cluster, { ...node, labels: { ...node.labels, row: name } }, async (first) => {
      await cluster.untilStatus(seen, { desiredNumberScheduled: 1 });
      // Any change of the spec makes the controller look again.
      await cluster.patch(name, { spec: { minReadySeconds: 1 } });
      await cluster.untilStatus(name, { desiredNumberScheduled: wanted ? 1 : 0 });
      const pods = await cluster.until(
        () => cluster.pods(name),
        (found) => found.length >= (wanted ? 1 : 0) && found.every((each) => textAt(each, 'spec.nodeName') !== ''),
        `${name} has its pod on ${first}`,
      );
      expect(pods.map((each) => textAt(each, 'spec.nodeName'))).toEqual(wanted ? [first] : []);
    });
    await cluster.remove(name);
    await cluster.remove(seen);
  }),
);

export const ELIGIBILITY: ConformanceGroup = {
  name: 'where daemon pods run',
  cases: [
    ...rules,
    aCase('preferred affinity keeps no node out', async (cluster) => {
      const name = cluster.name('preferred');
      const preference = { matchExpressions: [{ key: 'x', operator: 'Exists' }] };
      const preferredDuringSchedulingIgnoredDuringExecution = [{ weight: 1, preference }];
      const pod = { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution } } };
      await cluster.create(onRing(name, { pod }));
      await cluster.untilRolledOut(name);
      await cluster.remove(name);
    }),
    aCase('affinity on metadata.name picks one node', async (cluster) => {
      const name = cluster.name('field');
      const [node = ''] = cluster.ring;
      const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }];
      const required = { nodeSelectorTerms: [{ matchFields }] };
      const pod = { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } } };
      await cluster.create(onRing(name, { pod }));
      await cluster.untilRolledOut(name, 1);
      expect((await cluster.pods(name)).map((each) => textAt(each, 'spec.nodeName'))).toEqual([node]);
      await cluster.remove(name);
    }),
    aCase('a label put on a node brings a pod, taking it away removes the pod', async (cluster) => {
      const name = cluster.name('moving');
      await cluster.create(onRing(name, { pod: { nodeSelector: { [RING]: 'yes', moving: 'yes' } } }));
      await cluster.untilStatus(name, { desiredNumberScheduled: 0 });
      await withChangedNode(
        cluster,
        { labels: { moving: 'yes' } },
        async () => void (await cluster.untilRolledOut(name, 1)),
      );
      await cluster.until(
        () => cluster.pods(name),
        (pods) => pods.length === 0,
        'its pod is removed',
      );
      await cluster.untilStatus(name, { desiredNumberScheduled: 0, currentNumberScheduled: 0, numberMisscheduled: 0 });
      await cluster.remove(name);
    }),
    aCase('NoSchedule leaves a running pod, which is misscheduled then', async (cluster) => {
      const name = cluster.name('stays');
      await cluster.create(onRing(name));
      await cluster.untilRolledOut(name);
      const before = names(await cluster.pods(name));
      await withChangedNode(cluster, tainted('NoSchedule'), async () => {
        // A taint that moves no pod is counted when the controller looks next.
        await cluster.until(
          () => cluster.patch(name, touch()),
          (set) => numberAt(set, 'status.numberMisscheduled') === 1,
          'one pod is misscheduled',
        );
        await cluster.untilStatus(name, {
          desiredNumberScheduled: RING_SIZE - 1,
          currentNumberScheduled: RING_SIZE - 1,
          numberMisscheduled: 1,
          numberReady: RING_SIZE - 1,
        });
        expect(names(await cluster.pods(name))).toEqual(before);
      });
      await cluster.until(
        () => cluster.patch(name, touch()),
        (set) => numberAt(set, 'status.numberMisscheduled') === 0,
        'no pod is misscheduled',
      );
      await cluster.untilStatus(name, { desiredNumberScheduled: RING_SIZE, numberMisscheduled: 0 });
      await cluster.remove(name);
    }),
    aCase('NoExecute removes a running pod', async (cluster) => {
      const name = cluster.name('leaves');
      await cluster.create(onRing(name));
      await cluster.untilRolledOut(name);
      await withChangedNode(cluster, tainted('NoExecute'), async () => {
        await cluster.until(
          () => cluster.pods(name),
          (pods) => pods.length === RING_SIZE - 1,
          'one pod is removed',
        );
        await cluster.untilStatus(name, { desiredNumberScheduled: RING_SIZE - 1, numberMisscheduled: 0 });
      });
      await cluster.untilRolledOut(name);
      await cluster.remove(name);
    }),
    aCase('daemon pods get the controller’s tolerations and an affinity on their node’s name', async (cluster) => {
      const name = cluster.name('made');
      await cluster.create(onRing(name));
      await cluster.untilRolledOut(name);
      const [pod] = await cluster.pods(name);
      const node = textAt(pod, 'spec.nodeName');
      const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }];
      expect(pod).toMatchObject({
        spec: {
          affinity: {
            nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] } },
          },
          tolerations: [
            { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
            { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
            { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
            { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' },
            { key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule' },
            { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
          ],
        },
      });
      await cluster.remove(name);
    }),
  ],
};
