import type { JsonObject } from '../json.ts';
import { BEHAVIOUR } from '../objects.ts';
import type { DaemonSetPlan } from './daemon-set-plan.ts';
import { CONTROL_PLANE, GPU_TAINT, MAINTENANCE_TAINT, type NodePlan } from './nodes.ts';

const EVERYWHERE = [{ operator: 'Exists' }];

function tolerates(...keys: string[]): readonly JsonObject[] {
  return keys.map((key) => ({ key, operator: 'Exists', effect: 'NoSchedule' }));
}

function resources(cpu: string, memory: string, memoryLimit = memory): JsonObject {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } };
}

function hostPath(name: string, path: string, type = ''): JsonObject {
  return { name, hostPath: { path, type } };
}

function mount(name: string, mountPath: string, readOnly = false): JsonObject {
  return readOnly ? { name, mountPath, readOnly } : { name, mountPath };
}

/** A variable whose value is a key of a ConfigMap or Secret. */
function fromKey(
  name: string,
  source: 'configMapKeyRef' | 'secretKeyRef',
  reference: { readonly name: string; readonly key: string; readonly optional?: boolean },
): JsonObject {
  return { name, valueFrom: { [source]: reference } };
}

function httpProbe(path: string, port: number | string, initialDelaySeconds = 0): JsonObject {
  return { httpGet: { path, port }, ...(initialDelaySeconds === 0 ? {} : { initialDelaySeconds }) };
}

/** fluent-bit: a rollout that one crash-looping new pod holds up, for maxUnavailable is 1 and it is spent. */
function fluentBit(nodes: readonly NodePlan[]): DaemonSetPlan {
  const workers = nodes.filter((node) => node.pool === 'worker' && !node.maintenance);
  const crashing = workers[Math.floor(workers.length / 2)]?.name ?? nodes[0]?.name ?? '';
  return {
    name: 'fluent-bit',
    namespace: 'logging',
    ageDays: 31,
    alias: 'Log collector',
    description: 'Ships the containers’ logs of every node to the log store',
    podSpec: {
      serviceAccountName: 'fluent-bit',
      imagePullSecrets: [{ name: 'registry-login' }],
      tolerations: tolerates(CONTROL_PLANE, MAINTENANCE_TAINT),
      containers: [
        {
          name: 'fluent-bit',
          ports: [{ name: 'http', containerPort: 2020 }],
          env: [
            { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
            fromKey('FLUENT_LOG_LEVEL', 'configMapKeyRef', { name: 'fluent-bit', key: 'log-level' }),
            fromKey('FLUENT_OUTPUT_HOST', 'configMapKeyRef', { name: 'fluent-bit', key: 'output-host' }),
            fromKey('FLUENT_OUTPUT_TOKEN', 'secretKeyRef', { name: 'fluent-bit-output', key: 'token' }),
            // Nobody made this one, and nobody has to.
            fromKey('FLUENT_TAGS', 'configMapKeyRef', { name: 'fluent-bit-local', key: 'tags', optional: true }),
          ],
          readinessProbe: httpProbe('/api/v1/health', 'http'),
          livenessProbe: httpProbe('/', 'http', 10),
          resources: resources('100m', '128Mi', '256Mi'),
          volumeMounts: [mount('config', '/fluent-bit/etc'), mount('varlog', '/var/log', true)],
        },
      ],
      volumes: [{ name: 'config', configMap: { name: 'fluent-bit' } }, hostPath('varlog', '/var/log')],
    },
    revisions: [
      { ageDays: 31, image: 'fluent/fluent-bit:3.1.9', changeCause: 'first roll-out' },
      { ageDays: 19, image: 'fluent/fluent-bit:3.2.2', changeCause: 'upgrade to 3.2' },
      { ageDays: 6, image: 'fluent/fluent-bit:3.2.4', changeCause: 'fix for multiline parsing' },
      {
        ageDays: 0.02,
        image: 'fluent/fluent-bit:4.0.1',
        changeCause: 'upgrade to 4.0',
        annotations: { [BEHAVIOUR]: `crash-loop@${crashing}` },
      },
    ],
    // The crashing node's pod is new, and so are those before it.
    revisionsBehind: (node, order, eligible) => (node.name === crashing || order < eligible * 0.6 ? 0 : 1),
  };
}

const nodeExporter: DaemonSetPlan = {
  name: 'node-exporter',
  namespace: 'monitoring',
  ageDays: 212,
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
  podSpec: {
    hostNetwork: true,
    hostPID: true,
    tolerations: EVERYWHERE,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    containers: [
      {
        name: 'node-exporter',
        args: ['--path.procfs=/host/proc', '--path.sysfs=/host/sys', '--web.listen-address=0.0.0.0:9100'],
        ports: [{ name: 'metrics', containerPort: 9100, hostPort: 9100 }],
        readinessProbe: httpProbe('/', 'metrics'),
        resources: resources('50m', '64Mi'),
        volumeMounts: [mount('proc', '/host/proc', true), mount('sys', '/host/sys', true)],
      },
    ],
    volumes: [hostPath('proc', '/proc'), hostPath('sys', '/sys')],
  },
  revisions: [
    { ageDays: 212, image: 'quay.io/prometheus/node-exporter:v1.8.2', changeCause: 'first roll-out' },
    { ageDays: 74, image: 'quay.io/prometheus/node-exporter:v1.9.1', changeCause: 'upgrade to 1.9.1' },
  ],
};

const cilium: DaemonSetPlan = {
  name: 'cilium',
  namespace: 'kube-system',
  ageDays: 401,
  alias: 'CNI',
  description: 'Pod network, network policies and the service load balancer',
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } },
  podSpec: {
    hostNetwork: true,
    priorityClassName: 'system-node-critical',
    serviceAccountName: 'cilium',
    tolerations: EVERYWHERE,
    initContainers: [
      { name: 'config', command: ['cilium-dbg', 'build-config'], resources: resources('10m', '32Mi') },
      {
        name: 'mount-bpf-fs',
        command: ['sh', '-c', 'mount | grep bpffs || mount -t bpf bpf /sys/fs/bpf'],
        securityContext: { privileged: true },
      },
    ],
    containers: [
      {
        name: 'cilium-agent',
        command: ['cilium-agent'],
        args: ['--config-dir=/tmp/cilium/config-map'],
        ports: [{ name: 'peer-service', containerPort: 4244, hostPort: 4244 }],
        readinessProbe: httpProbe('/healthz', 9879),
        livenessProbe: httpProbe('/healthz', 9879, 120),
        resources: resources('200m', '512Mi', '1Gi'),
        securityContext: { privileged: true },
        volumeMounts: [mount('bpf-maps', '/sys/fs/bpf'), mount('cilium-run', '/var/run/cilium')],
      },
    ],
    volumes: [
      hostPath('bpf-maps', '/sys/fs/bpf', 'DirectoryOrCreate'),
      hostPath('cilium-run', '/var/run/cilium', 'DirectoryOrCreate'),
    ],
  },
  revisions: [
    { ageDays: 401, image: 'quay.io/cilium/cilium:v1.16.3', changeCause: 'first roll-out' },
    { ageDays: 180, image: 'quay.io/cilium/cilium:v1.17.4', changeCause: 'upgrade to 1.17' },
    { ageDays: 41, image: 'quay.io/cilium/cilium:v1.18.1', changeCause: 'upgrade to 1.18' },
  ],
};

/** nvidia-device-plugin: on one node a training pod has taken the memory, so the plugin's pod stays Pending there. */
function devicePlugin(nodes: readonly NodePlan[]): DaemonSetPlan {
  const full = fullGpuNode(nodes);
  return {
    name: 'nvidia-device-plugin',
    namespace: 'gpu',
    ageDays: 88,
    podSpec: {
      priorityClassName: 'system-node-critical',
      nodeSelector: { 'nvidia.com/gpu.present': 'true' },
      tolerations: tolerates(GPU_TAINT),
      containers: [
        {
          name: 'nvidia-device-plugin-ctr',
          env: [{ name: 'FAIL_ON_INIT_ERROR', value: 'false' }],
          resources: resources('50m', '512Mi'),
          volumeMounts: [mount('device-plugin', '/var/lib/kubelet/device-plugins')],
        },
      ],
      volumes: [hostPath('device-plugin', '/var/lib/kubelet/device-plugins')],
    },
    revisions: [
      { ageDays: 88, image: 'nvcr.io/nvidia/k8s-device-plugin:v0.17.1', changeCause: 'first roll-out' },
      { ageDays: 12, image: 'nvcr.io/nvidia/k8s-device-plugin:v0.18.0', changeCause: 'upgrade to 0.18' },
    ],
    unplaced: (node) => node.name === full,
  };
}

/** The GPU node without room for one more pod. */
export function fullGpuNode(nodes: readonly NodePlan[]): string | undefined {
  const gpus = nodes.filter((node) => node.pool === 'gpu');
  return gpus.length < 2 ? undefined : gpus.at(-1)?.name;
}

const falco: DaemonSetPlan = {
  name: 'falco',
  namespace: 'security',
  ageDays: 150,
  alias: 'Runtime security',
  updateStrategy: { type: 'OnDelete' },
  podSpec: {
    serviceAccountName: 'falco',
    tolerations: EVERYWHERE,
    containers: [
      {
        name: 'falco',
        args: ['/usr/bin/falco', '-pk'],
        env: [
          fromKey('ALERTS_URL', 'configMapKeyRef', { name: 'falco-rules', key: 'alerts-url' }),
          fromKey('ALERTS_TOKEN', 'secretKeyRef', { name: 'falco-alerts', key: 'token' }),
        ],
        resources: resources('100m', '512Mi', '1Gi'),
        securityContext: { privileged: true },
        volumeMounts: [mount('dev', '/host/dev'), mount('rules', '/etc/falco'), mount('alerts', '/etc/alerts', true)],
      },
    ],
    volumes: [
      hostPath('dev', '/dev'),
      { name: 'rules', configMap: { name: 'falco-rules' } },
      {
        name: 'alerts',
        projected: {
          sources: [
            { configMap: { name: 'falco-rules', items: [{ key: 'alerts-url', path: 'url' }] } },
            { secret: { name: 'falco-alerts', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          ],
        },
      },
    ],
  },
  revisions: [
    { ageDays: 150, image: 'falcosecurity/falco:0.40.0', changeCause: 'first roll-out' },
    { ageDays: 9, image: 'falcosecurity/falco:0.41.3', changeCause: 'upgrade to 0.41' },
  ],
  revisionsBehind: (_node, order, eligible) => (order < eligible * 0.62 ? 0 : 1),
};

const kubeProxy: DaemonSetPlan = {
  name: 'kube-proxy',
  namespace: 'kube-system',
  ageDays: 401,
  podSpec: {
    hostNetwork: true,
    priorityClassName: 'system-node-critical',
    serviceAccountName: 'kube-proxy',
    tolerations: EVERYWHERE,
    containers: [
      {
        name: 'kube-proxy',
        command: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf'],
        resources: { requests: { cpu: '50m', memory: '64Mi' } },
        securityContext: { privileged: true },
        volumeMounts: [mount('kube-proxy', '/var/lib/kube-proxy')],
      },
    ],
    volumes: [{ name: 'kube-proxy', configMap: { name: 'kube-proxy' } }],
  },
  revisions: [
    { ageDays: 401, image: 'registry.k8s.io/kube-proxy:v1.35.4', changeCause: 'first roll-out' },
    { ageDays: 22, image: 'registry.k8s.io/kube-proxy:v1.37.2', changeCause: 'upgrade to 1.37' },
  ],
};

/** csi-node does not tolerate the maintenance taint: on those nodes its pods may stay, and count as misscheduled. */
const csiNode: DaemonSetPlan = {
  name: 'csi-node',
  namespace: 'storage',
  ageDays: 97,
  minReadySeconds: 5,
  podSpec: {
    tolerations: tolerates(CONTROL_PLANE, GPU_TAINT),
    containers: [
      {
        name: 'node-driver-registrar',
        image: 'registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.14.0',
        args: ['--csi-address=/csi/csi.sock'],
        resources: resources('10m', '32Mi'),
        volumeMounts: [mount('plugin-dir', '/csi')],
      },
      {
        name: 'csi-plugin',
        env: [{ name: 'CSI_ENDPOINT', value: 'unix:///csi/csi.sock' }],
        envFrom: [{ configMapRef: { name: 'csi-node' } }, { prefix: 'CSI_LOGIN_', secretRef: { name: 'csi-login' } }],
        readinessProbe: { tcpSocket: { port: 9808 } },
        resources: resources('50m', '96Mi'),
        securityContext: { privileged: true },
        volumeMounts: [mount('plugin-dir', '/csi'), mount('login', '/etc/csi-login', true)],
      },
    ],
    volumes: [
      hostPath('plugin-dir', '/var/lib/kubelet/plugins/csi.example.com', 'DirectoryOrCreate'),
      { name: 'login', secret: { secretName: 'csi-login' } },
    ],
  },
  revisions: [
    { ageDays: 97, image: 'registry.example.com/storage/csi-node:2.6.0', changeCause: 'first roll-out' },
    { ageDays: 33, image: 'registry.example.com/storage/csi-node:2.7.1', changeCause: 'faster unmount' },
  ],
};

const armTuner: DaemonSetPlan = {
  name: 'arm-tuner',
  namespace: 'platform',
  ageDays: 3,
  podSpec: {
    nodeSelector: { 'kubernetes.io/arch': 'arm64' },
    containers: [{ name: 'tuner', args: ['--profile=throughput'], resources: resources('20m', '32Mi') }],
  },
  revisions: [{ ageDays: 3, image: 'registry.example.com/platform/tuner:0.3', changeCause: 'first roll-out' }],
};

/** The DaemonSets of the opening state. */
export function daemonSetPlans(nodes: readonly NodePlan[]): readonly DaemonSetPlan[] {
  return [fluentBit(nodes), nodeExporter, cilium, devicePlugin(nodes), falco, kubeProxy, csiNode, armTuner];
}
