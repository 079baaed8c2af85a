import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changedLines, edited, formOf } from '../fakes/form-at-hand.ts';
import { wholeForm } from '../fakes/whole-form.ts';
import { MIN_READY_SECONDS } from '../../src/shared/form/fields/strategy-fields.ts';
import { writeField } from '../../src/shared/form/field.ts';
import { ruleProblems } from '../../src/shared/form/form-rules.ts';
import { objectsAt, objectAt, asObject, textAt } from '../../src/shared/kubernetes/json-fields.ts';
import { type JsonObject, toJsonText } from '../../src/shared/manifest/json-value.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';

let cluster: RealCluster;

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 1, name: 'form' });
}, 20 * 60_000);

afterAll(() => cluster.stop());

const PATH = '/apis/apps/v1/namespaces/default/daemonsets';

describe('a manifest with every field of the form', () => {
  it('breaks none of our rules, is created strictly, and read back exactly', async () => {
    const form = wholeForm('default');
    expect(ruleProblems(form.manifest).filter(({ severity }) => severity === 'error')).toEqual([]);
    const sent: unknown = JSON.parse(toJsonText(form.manifest));
    await cluster.client.create(`${PATH}?fieldValidation=Strict`, sent);
    const stored: unknown = JSON.parse((await cluster.client.send('GET', `${PATH}/whole-form`)).body);
    expect(stored).toMatchObject(asObject(sent));
  });

  it('is opened again, and one field changed changes one line and nothing else on the server', async () => {
    const form = formOf(wholeForm('default').text);
    const next = edited(form, writeField(form, MIN_READY_SECONDS, 7));
    expect(changedLines(form.text, next.text)).toEqual(['- minReadySeconds: 3', '+ minReadySeconds: 7']);
    const before = await spec();
    const answer = await cluster.client.send('PUT', `${PATH}/whole-form`, {
      ...asObject(JSON.parse(toJsonText(next.manifest))),
    });
    expect(answer.status).toBe(200);
    expect(await spec()).toEqual({ ...before, minReadySeconds: 7 });
  });
});

async function spec(): Promise<Readonly<Record<string, unknown>>> {
  return objectAt(asObject(JSON.parse((await cluster.client.send('GET', `${PATH}/whole-form`)).body)), 'spec');
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
/** 239 characters, of which nine are more than a search list takes. */
const LONG_DOMAIN = Array.from({ length: 4 }, () => 'a'.repeat(59)).join('.');

/** One mistake each, in the sound manifest below. */
const MISTAKES: readonly (readonly [from: string, to: string])[] = [
  ['name: sound', 'name: Sound_1'],
  ['labels: {tier: node}', 'labels: {-a: node}'],
  ['labels: {tier: node}', 'labels: {tier: "a b"}'],
  ['matchLabels: {app: sound}', 'matchLabels: {app: other}'],
  ['matchLabels: {app: sound}', 'matchLabels: {}'],
  ['maxUnavailable: 1', 'maxUnavailable: 0'],
  ['maxUnavailable: 1', 'maxUnavailable: "2"'],
  ['maxUnavailable: 1', 'maxUnavailable: 101%'],
  ['maxUnavailable: 1', '{maxUnavailable: 1, maxSurge: 1}'.slice(1, -1)],
  ['maxUnavailable: 1', 'maxSurge: 1'],
  ['minReadySeconds: 0', 'minReadySeconds: -1'],
  ['minReadySeconds: 0', 'revisionHistoryLimit: -1'],
  ['type: RollingUpdate', 'type: Recreate'],
  ['name: main', 'name: Main'],
  ['image: a:1', 'image: ""'],
  ['containerPort: 80', 'containerPort: 70000'],
  ['name: web', 'name: a-name-of-sixteen'],
  ['name: web', 'name: "80"'],
  ['requests: {cpu: 1}', 'requests: {cpu: 3}'],
  ['requests: {cpu: 1}', 'requests: {cpu: -1}'],
  ['mountPath: /logs', 'mountPath: ""'],
  ['{name: logs, mountPath: /logs}', '{name: gone, mountPath: /logs}'],
  ['{name: logs, mountPath: /logs}', '{name: logs, mountPath: /logs}, {name: logs, mountPath: /logs}'],
  ['{name: A, value: b}', '{name: "A=B"}'],
  ['{name: A, value: b}', '{name: A, value: b, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}'],
  ['{name: A, value: b}', '{name: A, valueFrom: {secretKeyRef: {name: s}}}'],
  ['{name: A, value: b}', '{name: A, valueFrom: {}}'],
  ['tcpSocket: {port: web}', 'tcpSocket: {port: 70000}'],
  ['tcpSocket: {port: web}', 'tcpSocket: {port: "80"}'],
  ['tcpSocket: {port: web}', 'exec: {command: []}'],
  ['tcpSocket: {port: web}', 'periodSeconds: 3'],
  ['tcpSocket: {port: web}', '{tcpSocket: {port: web}, successThreshold: 2}'.slice(1, -1)],
  ['tcpSocket: {port: web}', '{tcpSocket: {port: web}, timeoutSeconds: -1}'.slice(1, -1)],
  ['tcpSocket: {port: web}', '{tcpSocket: {port: web}, terminationGracePeriodSeconds: 0}'.slice(1, -1)],
  ['privileged: true', '{privileged: true, allowPrivilegeEscalation: false}'.slice(1, -1)],
  ['privileged: true', 'runAsUser: -1'],
  ['hostPath: {path: /var/log}', 'hostPath: {path: /a/../b}'],
  ['hostPath: {path: /var/log}', 'hostPath: {}'],
  ['hostPath: {path: /var/log}', 'persistentVolumeClaim: {claimName: ""}'],
  ['hostPath: {path: /var/log}', 'configMap: {name: ""}'],
  ['hostPath: {path: /var/log}', 'secret: {secretName: s, defaultMode: 01000}'],
  ['name: logs, hostPath', 'name: Logs, hostPath'],
  [
    'terminationGracePeriodSeconds: 3',
    'hostNetwork: true\n      securityContext: {sysctls: [{name: net.core.somaxconn, value: "1"}]}',
  ],
  [
    'terminationGracePeriodSeconds: 3',
    'hostIPC: true\n      securityContext: {sysctls: [{name: kernel.shmmax, value: "1"}]}',
  ],
  ['{key: a, operator: Exists}', '{operator: Equal}'],
  ['{key: a, operator: Exists}', '{key: a, operator: Exists, value: b}'],
  ['{key: a, operator: Exists}', '{key: a, operator: Exists, tolerationSeconds: 3}'],
  ['nodeSelector: {os: linux}', 'nodeSelector: {"a b": linux}'],
  ...['{key: a, operator: In}', '{key: a, operator: Exists, values: [b]}', '{key: "a b", operator: Exists}'].flatMap(
    (expression) =>
      [
        [
          'affinity: {}',
          `affinity: {nodeAffinity: {${REQUIRED}: {nodeSelectorTerms: [{matchExpressions: [${expression}]}]}}}`,
        ],
        [
          'affinity: {}',
          `affinity: {nodeAffinity: {${PREFERRED}: [{weight: 1, preference: {matchExpressions: [${expression}]}}]}}`,
        ],
      ] as const,
  ),
  ['affinity: {}', `affinity: {nodeAffinity: {${REQUIRED}: {nodeSelectorTerms: []}}}`],
  ['affinity: {}', `affinity: {nodeAffinity: {${PREFERRED}: [{weight: 0, preference: {}}]}}`],
  ['affinity: {}', `affinity: {nodeAffinity: {${PREFERRED}: [{weight: 101, preference: {}}]}}`],
  ['dnsPolicy: ClusterFirst', 'dnsPolicy: None'],
  ['dnsPolicy: ClusterFirst', 'dnsPolicy: None\n      dnsConfig: {searches: [a]}'],
  ['dnsPolicy: ClusterFirst', 'dnsConfig: {nameservers: [10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4]}'],
  ['dnsPolicy: ClusterFirst', 'dnsConfig: {nameservers: [10.0.0.256]}'],
  ['dnsPolicy: ClusterFirst', 'dnsConfig: {nameservers: ["1::2::3"]}'],
  ['dnsPolicy: ClusterFirst', `dnsConfig: {searches: [${Array.from({ length: 33 }, (_, n) => `a${n}`).join(', ')}]}`],
  ['dnsPolicy: ClusterFirst', `dnsConfig: {searches: [${Array.from({ length: 9 }, () => LONG_DOMAIN).join(', ')}]}`],
  ['dnsPolicy: ClusterFirst', 'dnsConfig: {searches: [A.example.com]}'],
  ['dnsPolicy: ClusterFirst', 'dnsConfig: {searches: [""]}'],
  ['dnsPolicy: ClusterFirst', 'dnsConfig: {options: [{value: "2"}]}'],
  ['dnsPolicy: ClusterFirst', 'hostAliases: [{ip: ten, hostnames: [a]}]'],
  ['dnsPolicy: ClusterFirst', 'hostAliases: [{ip: 10.0.0.1, hostnames: [a, B]}]'],
  ['resizePolicy: []', 'resizePolicy: [{resourceName: disk, restartPolicy: NotRequired}]'],
  ['resizePolicy: []', 'resizePolicy: [{resourceName: cpu, restartPolicy: Always}]'],
  ['resizePolicy: []', 'resizePolicy: [{resourceName: cpu}]'],
  [
    'resizePolicy: []',
    'resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}, {resourceName: cpu, restartPolicy: NotRequired}]',
  ],
  [
    'initContainers: []',
    'initContainers: [{name: i, image: "i:1", resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]}]',
  ],
];

const SOUND = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: sound
  namespace: default
  labels: {tier: node}
spec:
  minReadySeconds: 0
  updateStrategy:
    type: RollingUpdate
    rollingUpdate: {maxUnavailable: 1}
  selector:
    matchLabels: {app: sound}
  template:
    metadata:
      labels: {app: sound}
    spec:
      terminationGracePeriodSeconds: 3
      nodeSelector: {os: linux}
      tolerations: [{key: a, operator: Exists}]
      affinity: {}
      dnsPolicy: ClusterFirst
      initContainers: []
      containers:
        - name: main
          image: a:1
          ports: [{name: web, containerPort: 80}]
          resources: {requests: {cpu: 1}, limits: {cpu: 2}}
          resizePolicy: []
          env: [{name: A, value: b}]
          livenessProbe: {tcpSocket: {port: web}}
          securityContext: {privileged: true}
          volumeMounts: [{name: logs, mountPath: /logs}]
      volumes: [{name: logs, hostPath: {path: /var/log}}]
`;

async function serverPaths(manifest: JsonObject): Promise<readonly string[]> {
  const answer = await cluster.client.send(
    'POST',
    `${PATH}?dryRun=All&fieldValidation=Strict`,
    JSON.parse(toJsonText(manifest)),
  );
  const status: unknown = JSON.parse(answer.body);
  return objectsAt(objectAt(asObject(status), 'details'), 'causes').map((cause) => textAt(cause, 'field') ?? '');
}

describe('what our rules refuse', () => {
  it('is nothing in a sound manifest, and the server agrees', async () => {
    const { manifest } = formOf(SOUND);
    expect(ruleProblems(manifest)).toEqual([]);
    expect(await serverPaths(manifest)).toEqual([]);
  });

  it.each(MISTAKES)('%s as %s, the server refuses at the same field', async (from, to) => {
    const text = SOUND.replace(from, to);
    expect(text).not.toBe(SOUND);
    const { manifest } = formOf(text);
    const ours = ruleProblems(manifest)
      .filter(({ severity }) => severity === 'error')
      .map(({ path }) => path);
    const theirs = await serverPaths(manifest);
    expect(ours.length, theirs.join(', ')).toBeGreaterThan(0);
    // The server names a map of quantities as a whole, where the form knows which of them it is.
    const isNamed = (path: string) => theirs.some((each) => path === each || path.startsWith(`${each}[`));
    expect(
      ours.filter((path) => !isNamed(path)),
      `the server names ${theirs.join(', ') || 'nothing'}`,
    ).toEqual([]);
  });
});
