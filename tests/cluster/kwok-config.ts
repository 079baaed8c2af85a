import { writeFile } from 'node:fs/promises';
import { podStages } from './pod-stages.ts';
import { stage } from './stage.ts';
import type { Stage } from './stage.ts';

export interface KwokConfig {
  /** Files in the format of CRI logs that every container's log is read from. */
  readonly logFile: string;
  readonly previousLogFile: string;
  readonly metrics: boolean;
}

/** Writes kwok's config file: one JSON document after the other, which YAML allows. */
export async function writeKwokConfig(path: string, config: KwokConfig): Promise<void> {
  const documents = [OPTIONS, nodeStage(), ...podStages(), logs(config), ...(config.metrics ? [USAGE, METRICS] : [])];
  await writeFile(path, documents.map((document) => JSON.stringify(document)).join('\n---\n'));
}

const OPTIONS = {
  apiVersion: 'config.kwok.x-k8s.io/v1alpha1',
  kind: 'KwokConfiguration',
  options: {
    cidr: '10.64.0.0/12',
    // With a document of options kwok 0.8 applies no defaults of its own.
    enableDebuggingHandlers: true,
    podPlayStageParallelism: 16,
    nodePlayStageParallelism: 16,
    nodeLeaseParallelism: 4,
    podsOnNodeSyncParallelism: 4,
    enablePodsOnNodeSyncListPager: true,
  },
};

/** For nodes that a test creates by itself: what they say is kept, and a ready kubelet added. */
function nodeStage(): Stage {
  return stage('node-initialize', 'Node', {
    when: 'any(.status.conditions[]?; .type == "Ready") | not',
    status: `
{{ $now := Now }}
addresses:
- {type: InternalIP, address: {{ Quote NodeIP }}}
- {type: Hostname, address: {{ Quote .metadata.name }}}
daemonEndpoints:
  kubeletEndpoint:
    Port: {{ NodePort }}
conditions:
{{ range NodeConditions }}
- type: {{ Quote .type }}
  status: {{ Quote .status }}
  reason: {{ Quote .reason }}
  message: {{ Quote .message }}
  lastHeartbeatTime: {{ Quote $now }}
  lastTransitionTime: {{ Quote $now }}
{{ end }}`,
  });
}

function logs({ logFile, previousLogFile }: KwokConfig): unknown {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterLogs',
    metadata: { name: 'every-pod' },
    spec: {
      logs: [{ logsFile: logFile, previousLogsFile: previousLogFile, follow: true }],
    },
  };
}

/** `kwok.x-k8s.io/usage-cpu` and `-memory` on a pod are what its containers use. */
const USAGE = {
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'ClusterResourceUsage',
  metadata: { name: 'usage-from-annotation' },
  spec: {
    usages: [
      {
        usage: {
          cpu: { expression: usageExpression('cpu', '1m') },
          memory: { expression: usageExpression('memory', '1Mi') },
        },
      },
    ],
  },
};

function usageExpression(resource: string, fallback: string): string {
  const key = `kwok.x-k8s.io/usage-${resource}`;
  return `"${key}" in pod.metadata.annotations ? Quantity(pod.metadata.annotations["${key}"]) : Quantity("${fallback}")`;
}

const CONTAINER_LABELS = [
  { name: 'container', value: 'container.name' },
  { name: 'namespace', value: 'pod.metadata.namespace' },
  { name: 'pod', value: 'pod.metadata.name' },
];
const POD_LABELS = CONTAINER_LABELS.slice(1);

/** The series of a kubelet's `/metrics/resource` that metrics-server 0.9 reads. */
const METRICS = {
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Metric',
  metadata: { name: 'metrics-resource' },
  spec: {
    path: '/metrics/nodes/{nodeName}/metrics/resource',
    metrics: [
      metric('scrape_error', 'node', 'gauge', '0'),
      metric('container_start_time_seconds', 'container', 'gauge', 'pod.SinceSecond()'),
      metric('container_cpu_usage_seconds_total', 'container', 'counter', 'pod.CumulativeUsage("cpu", container.name)'),
      metric('container_memory_working_set_bytes', 'container', 'gauge', 'pod.Usage("memory", container.name)'),
      metric('pod_cpu_usage_seconds_total', 'pod', 'counter', 'pod.CumulativeUsage("cpu")'),
      metric('pod_memory_working_set_bytes', 'pod', 'gauge', 'pod.Usage("memory")'),
      metric('node_cpu_usage_seconds_total', 'node', 'counter', 'node.CumulativeUsage("cpu")'),
      metric('node_memory_working_set_bytes', 'node', 'gauge', 'node.Usage("memory")'),
    ],
  },
};

function metric(
  name: string,
  dimension: 'node' | 'pod' | 'container',
  kind: 'gauge' | 'counter',
  value: string,
): unknown {
  const base = { name, dimension, kind, help: name, value };
  if (dimension === 'node') return base;
  return { ...base, labels: dimension === 'pod' ? POD_LABELS : CONTAINER_LABELS };
}
