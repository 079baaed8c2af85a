import { toTimestamp } from '../clock.ts';
import type { Node, StringMap } from '../objects.ts';
import { between, type SeededRandom } from '../random.ts';
import type { Taint } from '../../shared/kubernetes/toleration.ts';

export type Pool = 'control-plane' | 'worker' | 'gpu';

/** One node to be, before it is an object. */
export interface NodePlan {
  readonly name: string;
  readonly pool: Pool;
  readonly zone: string;
  readonly index: number;
  /** Set apart for disk maintenance: a NoSchedule taint, put there after its pods had started. */
  readonly maintenance: boolean;
}

export const ZONES = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'] as const;
export const MAINTENANCE_TAINT = 'node.example.com/maintenance';
export const GPU_TAINT = 'nvidia.com/gpu';
export const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

function poolOf(index: number, count: number): Pool {
  const controlPlanes = count >= 9 ? 3 : 1;
  if (index < controlPlanes) return 'control-plane';
  const gpus = count >= 6 ? Math.max(1, Math.round(count / 6)) : 0;
  return index < controlPlanes + gpus ? 'gpu' : 'worker';
}

/** The nodes of a cluster of a size: three zones in turn, 3 of the control plane, a sixth with GPUs, 2 under maintenance. */
export function planNodes(count: number): readonly NodePlan[] {
  const digits = Math.max(2, String(count).length);
  const numbers = new Map<string, number>();
  const plans = Array.from({ length: count }, (_, index): NodePlan => {
    const pool = poolOf(index, count);
    const zone = ZONES[index % ZONES.length] ?? ZONES[0];
    const group = `${pool}/${zone}`;
    const number = (numbers.get(group) ?? 0) + 1;
    numbers.set(group, number);
    const prefix = pool === 'control-plane' ? 'control' : pool;
    return {
      name: `${prefix}-${zone.slice(-1)}-${String(number).padStart(digits, '0')}`,
      pool,
      zone,
      index,
      maintenance: false,
    };
  });
  const last = new Set(count >= 12 ? plans.slice(-2) : []);
  return plans.map((plan) => (last.has(plan) ? { ...plan, maintenance: true } : plan));
}

const SIZES: Readonly<Record<Pool, { readonly type: string; readonly cpu: number; readonly memoryMi: number }>> = {
  'control-plane': { type: 'm6i.xlarge', cpu: 4, memoryMi: 15_500 },
  worker: { type: 'm6i.2xlarge', cpu: 8, memoryMi: 31_000 },
  gpu: { type: 'g5.2xlarge', cpu: 8, memoryMi: 30_720 },
};

function labelsOf(plan: NodePlan): StringMap {
  const { type } = SIZES[plan.pool];
  return {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': plan.name,
    'kubernetes.io/os': 'linux',
    'node.kubernetes.io/instance-type': type,
    'node.example.com/pool': plan.pool,
    'topology.kubernetes.io/region': 'eu-central-1',
    'topology.kubernetes.io/zone': plan.zone,
    ...(plan.pool === 'control-plane'
      ? { [CONTROL_PLANE]: '', 'node.kubernetes.io/exclude-from-external-load-balancers': '' }
      : {}),
    ...(plan.pool === 'gpu' ? { 'nvidia.com/gpu.present': 'true', 'nvidia.com/gpu.product': 'NVIDIA-A10G' } : {}),
  };
}

function taintsOf(plan: NodePlan): readonly Taint[] {
  return [
    ...(plan.pool === 'control-plane' ? [{ key: CONTROL_PLANE, effect: 'NoSchedule' } as const] : []),
    ...(plan.pool === 'gpu' ? [{ key: GPU_TAINT, value: 'present', effect: 'NoSchedule' } as const] : []),
    ...(plan.maintenance ? [{ key: MAINTENANCE_TAINT, value: 'disk', effect: 'NoSchedule' } as const] : []),
  ];
}

function conditionsOf(readySince: string, heartbeat: string): Node['status']['conditions'] {
  const pressure = ['MemoryPressure', 'DiskPressure', 'PIDPressure'].map((type) => {
    const word = type.replace('Pressure', '');
    const [reason, message] = [
      `KubeletHas${word === 'Disk' ? 'No' : 'Sufficient'}${word === 'Disk' ? 'DiskPressure' : word}`,
      word === 'Disk'
        ? 'kubelet has no disk pressure'
        : `kubelet has sufficient ${word === 'PID' ? 'PID' : 'memory'} available`,
    ];
    return { type, status: 'False', reason, message, lastHeartbeatTime: heartbeat, lastTransitionTime: readySince };
  });
  const ready = { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' };
  return [...pressure, { ...ready, lastHeartbeatTime: heartbeat, lastTransitionTime: readySince }];
}

const DAY_MS = 86_400_000;

export function newNode(plan: NodePlan, random: SeededRandom, nowMs: number): Node {
  const { cpu, memoryMi } = SIZES[plan.pool];
  const ageDays = plan.pool === 'gpu' ? 96 : plan.pool === 'control-plane' ? 412 : between(plan.name, 30, 401);
  const createdAt = toTimestamp(nowMs - ageDays * DAY_MS - between(`${plan.name}/s`, 0, DAY_MS));
  const high = Math.floor(plan.index / 200);
  const address = `10.0.${high}.${10 + (plan.index % 200)}`;
  const gpu = plan.pool === 'gpu' ? { 'nvidia.com/gpu': '1' } : {};
  const bootId = random.uid();
  const nodeInfo = {
    architecture: 'amd64',
    bootID: bootId,
    containerRuntimeVersion: 'containerd://2.1.4',
    kernelVersion: '6.12.48+deb13-amd64',
    kubeProxyVersion: '',
    kubeletVersion: 'v1.37.2',
    machineID: bootId.replaceAll('-', ''),
    operatingSystem: 'linux',
    osImage: 'Debian GNU/Linux 13 (trixie)',
    systemUUID: random.uid(),
  };
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: plan.name,
      uid: random.uid(),
      resourceVersion: '',
      creationTimestamp: createdAt,
      labels: labelsOf(plan),
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: {
      podCIDR: `10.${128 + (high % 64)}.${10 + (plan.index % 200)}.0/24`,
      providerID: `demo:///${plan.zone}/i-${random.hex(17)}`,
      ...(taintsOf(plan).length === 0 ? {} : { taints: taintsOf(plan) }),
    },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: plan.name },
      ],
      allocatable: {
        cpu: `${cpu * 1000 - 80}m`,
        memory: `${memoryMi}Mi`,
        pods: '110',
        'ephemeral-storage': '95Gi',
        ...gpu,
      },
      capacity: { cpu: `${cpu}`, memory: `${memoryMi + 700}Mi`, pods: '110', 'ephemeral-storage': '100Gi', ...gpu },
      conditions: conditionsOf(createdAt, toTimestamp(nowMs)),
      nodeInfo,
    },
  };
  return node satisfies Node;
}
