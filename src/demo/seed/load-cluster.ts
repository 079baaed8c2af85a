import { toTimestamp } from '../clock.ts';
import type { Namespace, Pod } from '../objects.ts';
import { loadConfigObjects } from './config-objects.ts';
import { daemonSetPlans, fullGpuNode } from './daemon-sets.ts';
import { type SeedContext, loadDaemonSet } from './load-daemon-set.ts';
import { newNode } from './nodes.ts';
import { asRunning } from './running-pod.ts';

const NAMESPACES = [
  'default',
  'gpu',
  'kube-system',
  'logging',
  'monitoring',
  'platform',
  'security',
  'storage',
] as const;
const DAY_MS = 86_400_000;

function newNamespace(context: SeedContext, name: string): Namespace {
  const object = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      uid: context.random.uid(),
      resourceVersion: '',
      creationTimestamp: toTimestamp(context.clock.now() - 412 * DAY_MS),
      labels: { 'kubernetes.io/metadata.name': name },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
  return object satisfies Namespace;
}

/** What takes the memory of one GPU node, so that the device plugin's pod has no room. Deleting it gives the room back. */
function trainingPod(context: SeedContext, nodeName: string): Pod {
  const nowMs = context.clock.now();
  const resources = { cpu: '4', memory: '29300Mi' };
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'train-ranking-model-0',
      namespace: 'gpu',
      uid: context.random.uid(),
      resourceVersion: '',
      generation: 1,
      creationTimestamp: toTimestamp(nowMs - 13 * DAY_MS),
      labels: { app: 'train-ranking-model' },
    },
    spec: {
      containers: [
        {
          name: 'trainer',
          image: 'registry.example.com/ml/trainer:2026-10',
          resources: { requests: resources, limits: resources },
        },
      ],
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
      terminationGracePeriodSeconds: 30,
    },
    status: { phase: 'Pending', qosClass: 'Guaranteed' },
  };
  const node = context.store.nodes.get(nodeName);
  return asRunning(pod, nodeName, node?.status.addresses[0]?.address ?? '', nowMs);
}

/** Fills an empty store with the opening state and seals it. */
export function loadCluster(context: SeedContext): void {
  const { store } = context;
  for (const name of NAMESPACES) store.namespaces.load(newNamespace(context, name));
  for (const plan of context.nodes) store.nodes.load(newNode(plan, context.random, context.clock.now()));
  for (const plan of daemonSetPlans(context.nodes)) loadDaemonSet(context, plan);
  const full = fullGpuNode(context.nodes);
  if (full !== undefined) store.loadPod(trainingPod(context, full));
  loadConfigObjects(context);
  store.seal();
}
