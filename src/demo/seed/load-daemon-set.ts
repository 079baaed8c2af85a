import type { DemoClock } from '../clock.ts';
import { toTimestamp } from '../clock.ts';
import { daemonStatus } from '../controller/daemon-status.ts';
import { verdictOn } from '../controller/eligibility.ts';
import { newDaemonPod, targetNodeName } from '../controller/pod-factory.ts';
import { newRevision, templateHash } from '../controller/revision-history.ts';
import type { EventRecorder } from '../event-recorder.ts';
import { type JsonObject, isJsonObject } from '../json.ts';
import { behaviourOf } from '../kubelet/behaviour.ts';
import { withCondition } from '../kubelet/pod-conditions.ts';
import { unschedulableMessage } from '../kubelet/scheduler.ts';
import { type DaemonSet, type Pod, TEMPLATE_GENERATION } from '../objects.ts';
import { admitPodSpec } from '../admission/pod-admission.ts';
import type { SeededRandom } from '../random.ts';
import { decodeAs } from '../schema/decode.ts';
import { defaultDaemonSet } from '../schema/defaults.ts';
import type { Store } from '../store/store.ts';
import { objectsAt } from '../validation/read.ts';
import { asCrashing } from './crashing-pod.ts';
import type { DaemonSetPlan, RevisionPlan } from './daemon-set-plan.ts';
import type { NodePlan } from './nodes.ts';
import { asRunning } from './running-pod.ts';

const DAY_MS = 86_400_000;

export interface SeedContext {
  readonly store: Store;
  readonly clock: DemoClock;
  readonly random: SeededRandom;
  readonly events: EventRecorder;
  readonly nodes: readonly NodePlan[];
}

function podSpecOf(plan: DaemonSetPlan, image: string): JsonObject {
  const withImage = (container: JsonObject): JsonObject => ({ image, ...container });
  const inits = objectsAt(plan.podSpec, 'initContainers').map(withImage);
  return {
    ...plan.podSpec,
    ...(inits.length === 0 ? {} : { initContainers: inits }),
    containers: objectsAt(plan.podSpec, 'containers').map(withImage),
  };
}

/** The DaemonSet as it was when one of its revisions was the newest; made by the same defaults as a created one. */
function daemonSetAt(
  plan: DaemonSetPlan,
  index: number,
  revision: RevisionPlan,
  uid: string,
  nowMs: number,
): DaemonSet {
  const labels = { 'app.kubernetes.io/name': plan.name };
  const given = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {
      name: plan.name,
      namespace: plan.namespace,
      uid,
      resourceVersion: '',
      generation: index + 1,
      creationTimestamp: toTimestamp(nowMs - plan.ageDays * DAY_MS),
      labels,
      annotations: {
        [TEMPLATE_GENERATION]: String(index + 1),
        'kubernetes.io/change-cause': revision.changeCause,
        ...(plan.alias === undefined ? {} : { 'kubesphere.io/alias-name': plan.alias }),
        ...(plan.description === undefined ? {} : { 'kubesphere.io/description': plan.description }),
      },
    },
    spec: {
      selector: { matchLabels: labels },
      ...(plan.updateStrategy === undefined ? {} : { updateStrategy: plan.updateStrategy }),
      ...(plan.minReadySeconds === undefined ? {} : { minReadySeconds: plan.minReadySeconds }),
      template: {
        metadata: { labels, ...(revision.annotations === undefined ? {} : { annotations: revision.annotations }) },
        spec: podSpecOf(plan, revision.image),
      },
    },
    status: {
      currentNumberScheduled: 0,
      numberMisscheduled: 0,
      desiredNumberScheduled: 0,
      numberReady: 0,
      observedGeneration: index + 1,
    },
  };
  const { value, unknown } = decodeAs('DaemonSet', given);
  if (unknown.length > 0) throw new Error(`the opening state has unknown fields: ${unknown.join(', ')}`);
  const complete = defaultDaemonSet(value);
  if (!isJsonObject(complete['spec'])) throw new Error(`${plan.name} has no spec`);
  // Decoded against the schema, with the API's defaults: a DaemonSet.
  return complete as unknown as DaemonSet;
}

interface Versions {
  readonly daemonSets: readonly DaemonSet[];
  readonly hashes: readonly string[];
}

function loadVersions(context: SeedContext, plan: DaemonSetPlan): Versions {
  const nowMs = context.clock.now();
  const uid = context.random.uid();
  const daemonSets = plan.revisions.map((revision, index) => daemonSetAt(plan, index, revision, uid, nowMs));
  for (const [index, daemonSet] of daemonSets.entries()) {
    const ageDays = plan.revisions[index]?.ageDays ?? 0;
    const createdAtMs = nowMs - ageDays * DAY_MS;
    context.store.loadRevision(newRevision({ daemonSet, revision: index + 1, uid: context.random.uid(), createdAtMs }));
  }
  return { daemonSets, hashes: daemonSets.map((daemonSet) => templateHash(daemonSet.spec.template, undefined)) };
}

/** A pod that found no room when it was made. */
function asUnplaced(context: SeedContext, pod: Pod): Pod {
  const message = unschedulableMessage(context.nodes.length, ['Insufficient memory']);
  const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, observedGeneration: 1 };
  const lastTransitionTime = pod.metadata.creationTimestamp;
  return { ...pod, status: withCondition(pod.status, { ...condition, lastTransitionTime }) };
}

function loadPods(context: SeedContext, plan: DaemonSetPlan, versions: Versions): readonly Pod[] {
  const newest = versions.daemonSets.at(-1);
  if (newest === undefined) return [];
  const nowMs = context.clock.now();
  const nodes = context.nodes.flatMap((node) => {
    const object = context.store.nodes.get(node.name);
    return object !== undefined && verdictOn(newest.spec.template.spec, object).outcome !== 'mustLeave'
      ? [{ node, object }]
      : [];
  });
  // One spec for all pods of a revision, as far as they share it.
  const admitted = versions.daemonSets.map((daemonSet) => ({
    ...daemonSet,
    spec: {
      ...daemonSet.spec,
      template: { ...daemonSet.spec.template, spec: admitPodSpec(daemonSet.spec.template.spec) },
    },
  }));
  const pods: Pod[] = [];
  const suffixes = new Set<string>();
  for (const [order, { node, object }] of nodes.entries()) {
    if (verdictOn(newest.spec.template.spec, object).outcome === 'mayStay' && !node.maintenance) continue;
    const index = admitted.length - 1 - (plan.revisionsBehind?.(node, order, nodes.length) ?? 0);
    const daemonSet = admitted[index] ?? newest;
    const ageMs = (plan.revisions[index]?.ageDays ?? 0) * DAY_MS;
    // A roll-out went from node to node; the pod of the last node is the youngest.
    const nodeAgeMs = nowMs - Date.parse(object.metadata.creationTimestamp);
    const createdAtMs =
      nowMs - Math.min(nodeAgeMs, Math.max(120_000, ageMs - order * Math.min(30_000, (ageMs * 0.8) / nodes.length)));
    const suffix = context.random.nameSuffix((drawn) => suffixes.has(drawn));
    suffixes.add(suffix);
    const pod = newDaemonPod({
      daemonSet,
      nodeName: node.name,
      hash: versions.hashes[index] ?? '',
      createdAtMs,
      suffix,
      uid: context.random.uid(),
    });
    if (plan.unplaced?.(node) === true) {
      pods.push(asUnplaced(context, pod));
      continue;
    }
    const hostIP = object.status.addresses[0]?.address ?? '';
    const running = asRunning(pod, node.name, hostIP, nowMs);
    pods.push(behaviourOf(running) === 'crash-loop' ? asCrashing(running, nowMs) : running);
  }
  for (const pod of pods) context.store.loadPod(pod);
  return pods;
}

function loadEvents(context: SeedContext, daemonSet: DaemonSet, pods: readonly Pod[]): void {
  for (const pod of pods) {
    const [status] = pod.status.containerStatuses ?? [];
    const refused = pod.status.conditions?.find((condition) => condition.reason === 'Unschedulable');
    if (refused !== undefined) {
      const message = refused.message ?? '';
      context.events.load(
        { about: pod, type: 'Warning', reason: 'FailedScheduling', message, component: 'default-scheduler' },
        3_000_000,
        41,
      );
    }
    if (status?.state.waiting !== undefined) {
      const host = pod.spec.nodeName ?? '';
      const fieldPath = `spec.containers{${status.name}}`;
      const title = `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`;
      const message = `Back-off restarting failed container ${status.name} in pod ${title}`;
      context.events.load(
        { about: pod, type: 'Warning', reason: 'BackOff', message, component: 'kubelet', host, fieldPath },
        1_500_000,
        58,
      );
      const created = { about: daemonSet, type: 'Normal', component: 'daemonset-controller' } as const;
      context.events.load(
        { ...created, reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}` },
        1_600_000,
        1,
      );
    }
  }
}

/** Loads a DaemonSet with its revisions and pods as they would stand now; its status is counted by the controller's own function. */
export function loadDaemonSet(context: SeedContext, plan: DaemonSetPlan): void {
  const versions = loadVersions(context, plan);
  const daemonSet = versions.daemonSets.at(-1);
  if (daemonSet === undefined) return;
  const pods = loadPods(context, plan, versions);
  const podsByNode = new Map(pods.map((pod) => [targetNodeName(pod) ?? '', [pod]]));
  const nodes = context.store.nodes.items();
  const view = { daemonSet, nodes, podsByNode, hash: versions.hashes.at(-1) ?? '', nowMs: context.clock.now() };
  context.store.daemonSets.load({ ...daemonSet, status: daemonStatus(view, daemonSet.metadata.generation ?? 1) });
  loadEvents(context, daemonSet, pods);
}
