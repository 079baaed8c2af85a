import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { draftNodes, manifestPlacement } from '../../src/shared/form/matching-nodes.ts';
import { at, records } from '../../src/shared/kubernetes/json-fields.ts';
import { nodeFacts } from '../../src/shared/kubernetes/coverage.ts';
import { nodeVerdict } from '../../src/shared/kubernetes/node-coverage.ts';
import { placementChange } from '../../src/shared/kubernetes/placement-change.ts';
import { currentRevision } from '../../src/shared/kubernetes/revision.ts';
import type { PodRow } from '../../src/shared/kubernetes/rows.ts';
import type { JsonObject } from '../../src/shared/manifest/json-value.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { openDaemonSet, type OpenedDaemonSet, valueOf } from './live-reads.ts';
import { aDaemonSet } from './manifests.ts';
import { openRealCore, type RealCore } from './real-core.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';

const NAME = 'agent';
const GPU = { key: 'dedicated', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' };
const ALL_AT_ONCE = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%', maxSurge: 0 } };
const ON_DELETE = { type: 'OnDelete' };
const SURGE = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '100%' } };

let cluster: RealCluster;
let core: RealCore;

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 0, name: 'placement-change' });
  const ssd = { disk: 'ssd' };
  await cluster.addNodes(3, { namePrefix: 'ssd-', labels: ssd });
  await cluster.addNodes(2, { namePrefix: 'hdd-', labels: { disk: 'hdd' } });
  await cluster.addNodes(1, { namePrefix: 'plain-' });
  await cluster.addNodes(2, { namePrefix: 'gpu-', labels: ssd, taints: [{ ...GPU, effect: 'NoSchedule' }] });
  await cluster.addNodes(1, { namePrefix: 'drained-', labels: ssd, taints: [{ key: 'drain', effect: 'NoExecute' }] });
  await cluster.addNodes(1, { namePrefix: 'liked-less-', taints: [{ key: 'busy', effect: 'PreferNoSchedule' }] });
  await withoutNetwork('no-network-');
  core = await openRealCore(cluster);
  const daemonSet = aDaemonSet(NAME) as { spec: object };
  const spec = { ...daemonSet.spec, updateStrategy: ALL_AT_ONCE };
  await cluster.client.create('/apis/apps/v1/namespaces/default/daemonsets', { ...daemonSet, spec });
}, 20 * 60_000);

afterAll(async () => {
  await core[Symbol.asyncDispose]();
  await cluster.stop();
});

/** The node controller taints it by its condition. */
async function withoutNetwork(namePrefix: string): Promise<void> {
  const [name = ''] = await cluster.addNodes(1, { namePrefix });
  const conditions = [{ type: 'NetworkUnavailable', status: 'True', reason: 'NoRouteCreated' }];
  const path = `/api/v1/nodes/${name}`;
  const type = 'application/strategic-merge-patch+json';
  await cluster.client.send('PATCH', `${path}/status`, { status: { conditions } }, type);
  const taints = async () => records(at(await cluster.client.read(path), 'spec', 'taints')).map(({ key }) => key);
  await vi.waitFor(async () => expect(await taints()).toContain('node.kubernetes.io/network-unavailable'), 20_000);
}

/** What a user edits: fields of the pod template's spec, as they are to be, or the strategy. */
interface Edit {
  readonly strategy?: object;
  readonly pod: Readonly<Record<string, unknown>>;
}

function edited(text: string, { strategy, pod }: Edit): JsonObject {
  const { spec, ...object } = JSON.parse(text) as { spec: { template: { spec: object } } };
  const {
    nodeSelector: _,
    affinity: __,
    tolerations: ___,
    hostNetwork: ____,
    ...rest
  } = spec.template.spec as JsonObject;
  const template = { ...spec.template, spec: { ...rest, ...pod } };
  return { ...object, spec: { ...spec, template, ...(strategy && { updateStrategy: strategy }) } } as JsonObject;
}

/** What the page reads when the controller has nothing left to do, by its own status. */
async function settled(title: string): Promise<OpenedDaemonSet> {
  let opened = await openDaemonSet(core, NAME);
  const left = async () => {
    opened = await openDaemonSet(core, NAME);
    const { row, pods, target, nodes, placement } = opened;
    const leaves = new Set(
      nodes.filter((node) => nodeVerdict(placement, nodeFacts(node)).outcome === 'mustLeave').map(({ name }) => name),
    );
    const current = currentRevision(await valueOf(core.client.daemonSet.watchRevisions(target)));
    const isOld = ({ revisionHash }: PodRow) => row.strategy.type !== 'OnDelete' && revisionHash !== current?.hash;
    return {
      unseen: row.generation - row.observedGeneration,
      old: pods.filter(isOld).map(({ nodeName }) => nodeName),
      unready: pods.filter(({ ready }) => !ready).map(({ nodeName }) => nodeName),
      leaving: pods.filter(({ nodeName = '' }) => leaves.has(nodeName)).map(({ nodeName }) => nodeName),
      missing: row.desired - row.current,
      uncounted: pods.length - row.current - row.misscheduled,
    };
  };
  await expect.poll(left, { message: title }).toEqual({
    unseen: 0,
    old: [],
    unready: [],
    leaving: [],
    missing: 0,
    uncounted: 0,
  });
  return opened;
}

const nodesOf = ({ pods }: Pick<OpenedDaemonSet, 'pods'>) => pods.map(({ nodeName = '' }) => nodeName).toSorted();
const without = (names: readonly string[], others: readonly string[]) => names.filter((name) => !others.includes(name));

/** What was said of an edit before it was saved, and what the controller made of it. */
async function judge(title: string, edit: Edit) {
  const before = await settled(`before ${title}`);
  const { target, nodes } = before;
  const { jsonText } = await core.client.daemonSet.read(target);
  const draft = edited(jsonText, edit);
  const was = manifestPlacement(JSON.parse(jsonText) as JsonObject);
  const strategy = at(draft, 'spec', 'updateStrategy', 'type') === 'OnDelete' ? 'OnDelete' : 'RollingUpdate';
  const holders = new Set(nodesOf(before));
  const { gain, lose } = placementChange(was, manifestPlacement(draft), nodes, strategy, holders);
  const said = { gain: gain.toSorted(), lose: lose.toSorted(), desired: draftNodes(draft, nodes).run.length };
  const afterText = JSON.stringify(draft);
  await core.client.daemonSet.save({ ...target, beforeText: jsonText, afterText, dryRun: false });
  const after = await settled(title);
  const [had, has] = [nodesOf(before), nodesOf(after)];
  return { said, done: { gain: without(has, had), lose: without(had, has), desired: after.row.desired } };
}

const required = (...nodeSelectorTerms: readonly object[]) => ({
  nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
});
const expression = (key: string, operator: string, ...values: readonly string[]) => ({
  matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }],
});
const preferred = {
  nodeAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: expression('disk', 'In', 'hdd') }],
  },
};
const ONLY_SSD = { nodeSelector: { disk: 'ssd' } };

interface Step extends Edit {
  readonly title: string;
  readonly gain: readonly string[];
  readonly lose: readonly string[];
}

/** One after the other: each is an edit of what the one before left. */
const STEPS: readonly Step[] = [
  { title: 'nothing of the placement', strategy: ALL_AT_ONCE, pod: { priority: 0 }, gain: [], lose: [] },
  {
    title: 'a nodeSelector',
    pod: ONLY_SSD,
    gain: [],
    lose: ['hdd-001', 'hdd-002', 'liked-less-001', 'plain-001'],
  },
  { title: 'a toleration', pod: { ...ONLY_SSD, tolerations: [GPU] }, gain: ['gpu-001', 'gpu-002'], lose: [] },
  {
    title: 'a toleration of everything',
    pod: { ...ONLY_SSD, tolerations: [{ operator: 'Exists' }] },
    gain: ['drained-001'],
    lose: [],
  },
  {
    title: 'no toleration any more',
    pod: ONLY_SSD,
    gain: [],
    lose: ['drained-001', 'gpu-001', 'gpu-002'],
  },
  {
    title: 'affinity in the place of the nodeSelector',
    pod: { affinity: required(expression('disk', 'Exists'), expression('topology.kubernetes.io/zone', 'In', 'a')) },
    gain: ['hdd-001', 'hdd-002', 'liked-less-001', 'plain-001'],
    lose: [],
  },
  {
    title: 'affinity to names of nodes',
    pod: {
      affinity: required({ matchFields: [{ key: 'metadata.name', operator: 'NotIn', values: ['ssd-002'] }] }),
      hostNetwork: true,
    },
    gain: ['no-network-001'],
    lose: ['ssd-002'],
  },
  {
    title: 'affinity that is only preferred',
    pod: { affinity: preferred },
    gain: ['ssd-002'],
    lose: ['no-network-001'],
  },
  {
    title: 'a toleration, with maxSurge',
    strategy: SURGE,
    pod: { tolerations: [GPU] },
    gain: ['gpu-001', 'gpu-002'],
    lose: [],
  },
  {
    title: 'no toleration any more and a selector, with maxSurge',
    pod: { affinity: required(expression('disk', 'NotIn', 'ssd')) },
    gain: [],
    lose: ['gpu-001', 'gpu-002', 'ssd-001', 'ssd-002', 'ssd-003'],
  },
  {
    title: 'a selector that nothing has',
    pod: { nodeSelector: { disk: 'tape' } },
    gain: [],
    lose: ['hdd-001', 'hdd-002', 'liked-less-001', 'plain-001'],
  },
  {
    title: 'a toleration and another selector, under OnDelete',
    strategy: ON_DELETE,
    pod: { ...ONLY_SSD, tolerations: [GPU] },
    gain: ['gpu-001', 'gpu-002', 'ssd-001', 'ssd-002', 'ssd-003'],
    lose: [],
  },
  {
    title: 'a selector that nothing has, under OnDelete',
    pod: { nodeSelector: { disk: 'tape' } },
    gain: [],
    lose: ['gpu-001', 'gpu-002', 'ssd-001', 'ssd-002', 'ssd-003'],
  },
  {
    title: 'a toleration and no selector, under OnDelete',
    pod: { affinity: required(expression('disk', 'Exists')), tolerations: [GPU] },
    gain: ['gpu-001', 'gpu-002', 'hdd-001', 'hdd-002', 'ssd-001', 'ssd-002', 'ssd-003'],
    lose: [],
  },
  {
    title: 'a pod that may stay on its node and others that may not, under OnDelete',
    pod: { affinity: required(expression('disk', 'In', 'ssd')) },
    gain: [],
    lose: ['hdd-001', 'hdd-002'],
  },
  {
    title: 'the same as a rolling update, by which what only may stay goes too',
    strategy: ALL_AT_ONCE,
    pod: { affinity: required(expression('disk', 'In', 'ssd')), terminationGracePeriodSeconds: 1 },
    gain: [],
    lose: ['gpu-001', 'gpu-002'],
  },
];

describe('which nodes would gain or lose a pod by a draft', () => {
  it('is what the controller then does', async () => {
    // Before it knew of a node's taint, the controller may have made a pod that may stay: it ends with its revision.
    await core.client.daemonSet.restart((await settled('made')).target);
    const { nodes, placement, ...first } = await settled('replaced');
    expect(nodesOf(first)).toEqual(draftNodes({ spec: { template: { spec: {} } } }, nodes).run.toSorted());
    expect(placement).toMatchObject({ nodeSelector: {}, tolerations: [] });
    for (const { title, gain, lose, ...edit } of STEPS) {
      const { said, done } = await judge(title, edit);
      expect(said, title).toEqual(done);
      expect(done, title).toMatchObject({ gain, lose });
    }
  });
});
