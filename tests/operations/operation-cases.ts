import type { Operation } from '../../src/renderer/features/operations/index.ts';
import type { AccessCheck } from '../../src/shared/contract/cluster.ts';
import { AppError } from '../../src/shared/errors/app-error.ts';
import { setImages } from '../../src/shared/form/set-image.ts';
import { toControllerRevisionRow } from '../../src/shared/kubernetes/controller-revision-row.ts';
import { at, records, text } from '../../src/shared/kubernetes/json-fields.ts';
import { currentRevision, oldRevisions } from '../../src/shared/kubernetes/revision.ts';
import { toPodRow } from '../../src/shared/kubernetes/pod-row.ts';
import { withStrategyType } from '../../src/shared/manifest/strategy-type.ts';
import { aSet, ENV_VALUE, NAMESPACE, type OperationWorld } from './operation-world.ts';

export interface OperationTarget {
  readonly contextName: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** What a call came to, as far as it says it: an act of its own run answers later. */
export interface Called {
  readonly kubectl?: string;
}

/** One thing that the user can do to a cluster. */
export interface OperationCase {
  readonly title: string;
  /** Where it is one of those of a DaemonSet's menus. */
  readonly operation?: Operation;
  /** The contract's method. */
  readonly method: string;
  /** In the journal. */
  readonly act: string;
  readonly right: Omit<AccessCheck, 'namespace' | 'name'>;
  readonly strategy?: 'RollingUpdate';
  /** After `kubectl --context NAME`; `name` and `pod` of the case. */
  readonly kubectl: (of: { readonly name: string; readonly pod: string; readonly node: string }) => string;
  readonly call: (world: OperationWorld, target: OperationTarget) => Promise<Called>;
  /** What it is refused with when the object is another by now; Conflict unless told. */
  readonly otherUid?: 'AlreadyExists';
}

const SETS = { group: 'apps', resource: 'daemonsets' } as const;
const PATCH = { ...SETS, verb: 'patch' } as const;
const DELETE_PODS = { group: '', resource: 'pods', verb: 'delete' } as const;
const NODES = { group: '', resource: 'nodes', verb: 'patch' } as const;

/** A save of the object's text, edited. The object is read by its name, the change is for the uid of the target. */
function saving(edit: (jsonText: string) => string): OperationCase['call'] {
  return async ({ client }, target) => {
    const { contextName, namespace, name } = target;
    const { jsonText: beforeText } = await client.daemonSet.read({ contextName, namespace, name });
    return client.daemonSet.save({ ...target, beforeText, afterText: edit(beforeText), dryRun: false });
  };
}

function withImage(jsonText: string): string {
  const set = setImages(jsonText, { main: 'registry.test/agent:2' });
  if (!set.ok) throw new Error(set.why);
  return set.text;
}

interface Editable {
  metadata: Record<string, unknown>;
  spec: {
    revisionHistoryLimit?: number;
    template: { spec: { containers: { env: { name: string; value: string }[] }[] } };
  };
}

function edited(edit: (object: Editable) => void): OperationCase['call'] {
  return saving((jsonText) => {
    const object = JSON.parse(jsonText) as Editable;
    edit(object);
    return JSON.stringify(object);
  });
}

async function rollback(world: OperationWorld, target: OperationTarget): Promise<Called> {
  const { client } = world;
  const { contextName, namespace, name } = target;
  const [old] = oldRevisions((await world.revisions(name)).map(toControllerRevisionRow));
  const { jsonText: beforeText } = await client.daemonSet.read({ contextName, namespace, name });
  const revision = { name: old?.name ?? '', uid: old?.uid ?? '' };
  return client.daemonSet.rollback({ ...target, revision, beforeText, dryRun: false });
}

/** The first pod by name; a target of another uid asks for a pod of another uid. */
async function podTarget(world: OperationWorld, target: OperationTarget): Promise<OperationTarget> {
  const [pod] = (await world.pods(target.name)).map(toPodRow).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const uid = (await uidOf(world, target.name)) === target.uid ? (pod?.uid ?? '') : target.uid;
  return { ...target, name: pod?.name ?? '', uid };
}

async function uidOf(world: OperationWorld, name: string): Promise<string> {
  return text(
    at(await world.send('GET', `/apis/apps/v1/namespaces/${NAMESPACE}/daemonsets/${name}`), 'metadata', 'uid'),
  );
}

async function staged(world: OperationWorld, target: OperationTarget): Promise<Called> {
  const { client } = world;
  const rows = (await world.revisions(target.name)).map(toControllerRevisionRow);
  const [pod] = (await world.pods(target.name)).map(toPodRow).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const hash = currentRevision(rows)?.hash ?? '';
  await client.stagedRollout.start({ ...target, hash, waves: [[pod?.nodeName ?? '']], gateSeconds: 0 });
  for await (const { value } of await client.stagedRollout.watch(target)) {
    const plan = value?.plan;
    if (plan === undefined || plan.phase === 'running') continue;
    await client.stagedRollout.discard(target);
    if (plan.phase === 'held') throw new AppError({ reason: 'Forbidden', message: plan.why ?? '' });
    return {};
  }
  throw new Error('the stream has ended');
}

function cordon(unschedulable: boolean): OperationCase['call'] {
  return async (world, { contextName, name, uid }) => {
    const node = await firstNode(world);
    const isRight = (await uidOf(world, name)) === uid;
    return world.client.node.setUnschedulable({
      contextName,
      name: node.name,
      uid: isRight ? node.uid : uid,
      unschedulable,
    });
  };
}

export async function firstNode(world: OperationWorld): Promise<{ readonly name: string; readonly uid: string }> {
  const [node] = records(at(await world.send('GET', '/api/v1/nodes'), 'items'));
  return { name: text(at(node, 'metadata', 'name')), uid: text(at(node, 'metadata', 'uid')) };
}

const typePatch = (type: string) => `--type=merge -p '{"spec":{"updateStrategy":{"type":"${type}"}}}'`;

const LABELS =
  '{"op":"test","path":"/metadata/labels","value":null},{"op":"add","path":"/metadata/labels","value":{"team":"observability"}}';
const LIMIT =
  '{"op":"test","path":"/spec/revisionHistoryLimit","value":10},{"op":"replace","path":"/spec/revisionHistoryLimit","value":4}';
const patched = (name: string, operations: string) =>
  `-n ${NAMESPACE} patch daemonset/${name} --type=json -p '[${operations}]'`;

/** Everything that the user can do to a cluster, each with what must be true of it. */
export const OPERATION_CASES: readonly OperationCase[] = [
  {
    title: 'create',
    method: 'daemonSet.create',
    act: 'create',
    right: { ...SETS, verb: 'create' },
    kubectl: ({ name }) => `-n ${NAMESPACE} create -f ${name}-new.yaml`,
    otherUid: 'AlreadyExists',
    call: async (world, { contextName, name, uid }) => {
      const isRight = (await uidOf(world, name)) === uid;
      return world.client.daemonSet.create({
        contextName,
        namespace: NAMESPACE,
        manifestText: JSON.stringify(aSet(isRight ? `${name}-new` : name, 'OnDelete')),
        dryRun: false,
      });
    },
  },
  {
    title: 'edit',
    operation: 'edit',
    method: 'daemonSet.save',
    act: 'edit',
    right: PATCH,
    kubectl: ({ name }) => patched(name, LABELS),
    call: edited(({ metadata }) => (metadata['labels'] = { team: 'observability' })),
  },
  {
    title: 'edit as yaml',
    operation: 'yaml',
    method: 'daemonSet.save',
    act: 'edit',
    right: PATCH,
    kubectl: ({ name }) => patched(name, `${LABELS},${LIMIT}`),
    call: edited(({ metadata, spec }) => {
      metadata['labels'] = { team: 'observability' };
      spec.revisionHistoryLimit = 4;
    }),
  },
  {
    title: 'edit config template',
    operation: 'template',
    method: 'daemonSet.save',
    act: 'edit',
    right: PATCH,
    kubectl: ({ name }) => `-n ${NAMESPACE} edit daemonset/${name}`,
    call: edited(({ spec }) => {
      const [container] = spec.template.spec.containers;
      if (container) container.env = [{ name: 'TOKEN', value: `${ENV_VALUE}-too` }];
    }),
  },
  {
    title: 'set image',
    operation: 'image',
    method: 'daemonSet.save',
    act: 'set image',
    right: PATCH,
    kubectl: ({ name }) => `-n ${NAMESPACE} set image daemonset/${name} main=registry.test/agent:2`,
    call: saving(withImage),
  },
  {
    title: 'revision rollback',
    operation: 'rollback',
    method: 'daemonSet.rollback',
    act: 'rollback',
    right: PATCH,
    kubectl: ({ name }) => `-n ${NAMESPACE} rollout undo daemonset/${name} --to-revision=1`,
    call: rollback,
  },
  {
    title: 'redeploy',
    operation: 'redeploy',
    method: 'daemonSet.restart',
    act: 'restart',
    right: PATCH,
    kubectl: ({ name }) => `-n ${NAMESPACE} rollout restart daemonset/${name}`,
    call: ({ client }, target) => client.daemonSet.restart(target),
  },
  {
    title: 'pause',
    operation: 'pause',
    method: 'daemonSet.save',
    act: 'pause',
    right: PATCH,
    strategy: 'RollingUpdate',
    kubectl: ({ name }) => `-n ${NAMESPACE} patch daemonset/${name} ${typePatch('OnDelete')}`,
    call: saving((jsonText) => withStrategyType(jsonText, 'OnDelete') ?? ''),
  },
  {
    title: 'resume',
    operation: 'resume',
    method: 'daemonSet.save',
    act: 'resume',
    right: PATCH,
    kubectl: ({ name }) => `-n ${NAMESPACE} patch daemonset/${name} ${typePatch('RollingUpdate')}`,
    call: saving((jsonText) => withStrategyType(jsonText, 'RollingUpdate') ?? ''),
  },
  {
    title: 'staged rollout',
    operation: 'staged',
    method: 'stagedRollout.start',
    act: 'delete pod',
    right: DELETE_PODS,
    kubectl: ({ pod }) => `-n ${NAMESPACE} delete pod/${pod}`,
    call: staged,
  },
  {
    title: 'delete',
    operation: 'delete',
    method: 'daemonSet.delete',
    act: 'delete',
    right: { ...SETS, verb: 'delete' },
    kubectl: ({ name }) => `-n ${NAMESPACE} delete daemonset/${name} --cascade=orphan`,
    call: ({ client }, target) => client.daemonSet.delete({ ...target, propagationPolicy: 'Orphan' }),
  },
  {
    title: 'history limit',
    method: 'daemonSet.save',
    act: 'set history limit',
    right: PATCH,
    kubectl: ({ name }) =>
      `-n ${NAMESPACE} patch daemonset/${name} --type=merge -p '{"spec":{"revisionHistoryLimit":3}}'`,
    call: edited(({ spec }) => (spec.revisionHistoryLimit = 3)),
  },
  {
    title: 'delete a pod',
    method: 'pod.delete',
    act: 'delete pod',
    right: DELETE_PODS,
    kubectl: ({ pod }) => `-n ${NAMESPACE} delete pod/${pod}`,
    call: async (world, target) => world.client.pod.delete(await podTarget(world, target)),
  },
  {
    title: 'evict a pod',
    method: 'pod.evict',
    act: 'evict pod',
    right: { group: '', resource: 'pods', subresource: 'eviction', verb: 'create' },
    kubectl: ({ pod }) => `create --raw /api/v1/namespaces/${NAMESPACE}/pods/${pod}/eviction -f -`,
    call: async (world, target) => world.client.pod.evict(await podTarget(world, target)),
  },
  {
    title: 'cordon a node',
    method: 'node.setUnschedulable',
    act: 'cordon',
    right: NODES,
    kubectl: ({ node }) => `cordon ${node}`,
    call: cordon(true),
  },
  {
    title: 'uncordon a node',
    method: 'node.setUnschedulable',
    act: 'uncordon',
    right: NODES,
    kubectl: ({ node }) => `uncordon ${node}`,
    call: cordon(false),
  },
];
