import { toTimestamp } from '../clock.ts';
import type { ConfigMap, Secret, StringMap } from '../objects.ts';
import { CONFIG_TEXTS } from './config-texts.ts';
import type { SeedContext } from './load-daemon-set.ts';

const DAY_MS = 86_400_000;

interface ConfigPlan {
  readonly namespace: string;
  readonly name: string;
  readonly ageDays: number;
  readonly data: StringMap;
}

interface SecretPlan extends ConfigPlan {
  readonly type: string;
}

const CONFIG_MAPS: readonly ConfigPlan[] = [
  {
    namespace: 'logging',
    name: 'fluent-bit',
    ageDays: 31,
    data: {
      'fluent-bit.conf': CONFIG_TEXTS.fluentBit,
      'parsers.conf': CONFIG_TEXTS.parsers,
      'log-level': 'info',
      'output-host': 'logs.example.com',
    },
  },
  {
    namespace: 'security',
    name: 'falco-rules',
    ageDays: 150,
    data: {
      'falco.yaml': CONFIG_TEXTS.falco,
      'falco_rules.local.yaml': CONFIG_TEXTS.falcoRules,
      'alerts-url': 'https://alerts.example.com/falco',
    },
  },
  {
    namespace: 'kube-system',
    name: 'kube-proxy',
    ageDays: 401,
    data: { 'config.conf': CONFIG_TEXTS.kubeProxy, 'kubeconfig.conf': CONFIG_TEXTS.kubeProxyKubeconfig },
  },
  {
    namespace: 'storage',
    name: 'csi-node',
    ageDays: 97,
    data: { CSI_LOG_LEVEL: '4', CSI_MAX_VOLUMES: '24', CSI_POOL: 'fast' },
  },
];

/** Every value says that it is worth nothing. */
const SECRETS: readonly SecretPlan[] = [
  {
    namespace: 'logging',
    name: 'fluent-bit-output',
    ageDays: 31,
    type: 'Opaque',
    data: { token: 'demo-only-token' },
  },
  {
    namespace: 'logging',
    name: 'registry-login',
    ageDays: 31,
    type: 'kubernetes.io/dockerconfigjson',
    data: {
      '.dockerconfigjson': JSON.stringify({
        auths: { 'registry.example.com': { username: 'demo-only', password: 'demo-only-password' } },
      }),
    },
  },
  {
    namespace: 'security',
    name: 'falco-alerts',
    ageDays: 150,
    type: 'Opaque',
    data: { token: 'demo-only-alerts-token', 'ca.crt': 'demo-only-certificate\n' },
  },
  {
    namespace: 'storage',
    name: 'csi-login',
    ageDays: 97,
    type: 'kubernetes.io/basic-auth',
    data: { username: 'demo-only-user', password: 'demo-only-password' },
  },
];

function inBase64(data: StringMap): StringMap {
  return Object.fromEntries(
    Object.entries(data).map(([key, text]) => [key, Buffer.from(text).toString('base64')] as const),
  );
}

/** Loads the ConfigMaps and Secrets that the DaemonSets of the opening state name. */
export function loadConfigObjects({ store, random, clock }: SeedContext): void {
  const metadataOf = ({ namespace, name, ageDays }: ConfigPlan): ConfigMap['metadata'] => ({
    name,
    namespace,
    uid: random.uid(),
    resourceVersion: '',
    creationTimestamp: toTimestamp(clock.now() - ageDays * DAY_MS),
  });
  for (const plan of CONFIG_MAPS) {
    const object: ConfigMap = { kind: 'ConfigMap', apiVersion: 'v1', metadata: metadataOf(plan), data: plan.data };
    store.configMaps.load(object);
  }
  for (const plan of SECRETS) {
    const values = { data: inBase64(plan.data), type: plan.type };
    const object: Secret = { kind: 'Secret', apiVersion: 'v1', metadata: metadataOf(plan), ...values };
    store.secrets.load(object);
  }
}
