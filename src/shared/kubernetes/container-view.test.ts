import { describe, expect, it } from 'vitest';
import { containerState, containerViews } from './container-view.ts';

const pod = {
  spec: {
    initContainers: [
      { name: 'prepare', image: 'busybox:1.36' },
      { name: 'proxy', image: 'proxy:2', restartPolicy: 'Always' },
    ],
    containers: [
      {
        name: 'fluent-bit',
        image: 'fluent/fluent-bit:4.1.2',
        ports: [
          { containerPort: 2020, name: 'http' },
          { containerPort: 53, protocol: 'UDP', hostPort: 53, hostIP: '10.0.0.1' },
        ],
        resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        livenessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 5 },
        readinessProbe: { tcpSocket: { port: 2020 } },
        startupProbe: { exec: { command: ['test', '-f', '/ready'] } },
        volumeMounts: [
          { name: 'varlog', mountPath: '/var/log', readOnly: true },
          { name: 'data', mountPath: '/data', subPath: 'state' },
        ],
        envFrom: [{ configMapRef: { name: 'base' } }, { prefix: 'DB_', secretRef: { name: 'db' } }],
        env: [
          { name: 'LEVEL', value: 'a-plain-value' },
          { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'api', key: 'token' } } },
          { name: 'HOST', valueFrom: { configMapKeyRef: { name: 'base', key: 'host' } } },
          { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
          { name: 'CPUS', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
        ],
      },
    ],
  },
  status: {
    initContainerStatuses: [
      { name: 'prepare', ready: true, restartCount: 0, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
    ],
    containerStatuses: [
      {
        name: 'fluent-bit',
        ready: false,
        restartCount: 6,
        imageID: 'sha256:abc',
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s' } },
        lastState: { terminated: { exitCode: 1, reason: 'Error', startedAt: 'a', finishedAt: 'b' } },
      },
    ],
  },
};

describe('containers of a pod', () => {
  const [prepare, proxy, fluentBit] = containerViews(pod);

  it('lists init containers first and tells sidecars from plain ones', () => {
    expect([prepare, proxy, fluentBit].map((item) => [item?.name, item?.kind])).toEqual([
      ['prepare', 'init'],
      ['proxy', 'sidecar'],
      ['fluent-bit', 'worker'],
    ]);
  });

  it('joins state, last state, restarts and image id by name', () => {
    expect(fluentBit).toMatchObject({
      restarts: 6,
      ready: false,
      imageID: 'sha256:abc',
      state: { kind: 'waiting', reason: 'CrashLoopBackOff', message: 'back-off 5m0s' },
      lastState: { kind: 'terminated', exitCode: 1, reason: 'Error', startedAt: 'a', finishedAt: 'b' },
    });
    expect(proxy?.state).toEqual({ kind: 'unknown' });
    expect(prepare).not.toHaveProperty('lastState');
  });

  it('names each variable and where it comes from, and shows no value', () => {
    expect(fluentBit?.env).toEqual([
      'all keys of ConfigMap base',
      'all keys of Secret db, each as DB_…',
      'LEVEL',
      'TOKEN from Secret api, key token',
      'HOST from ConfigMap base, key host',
      'NODE from field spec.nodeName',
      'CPUS from resource limits.cpu, not set: node allocatable',
    ]);
  });

  it('says of a limit that is not set what the kubelet takes', () => {
    const env = ['limits.cpu', 'limits.memory', 'requests.cpu'].map((resource) => ({
      name: 'A',
      valueFrom: { resourceFieldRef: { resource } },
    }));
    const container = { name: 'main', resources: { limits: { cpu: '0' } }, env };
    const [main] = containerViews({ spec: { resources: { limits: { memory: '1Gi' } }, containers: [container] } });
    expect(main?.env).toEqual([
      'A from resource limits.cpu, not set: node allocatable',
      'A from resource limits.memory, not set: the limit of the pod',
      'A from resource requests.cpu',
    ]);
  });

  it('words ports, mounts, resources and probes', () => {
    expect(fluentBit?.ports).toEqual(['2020/TCP (http)', '53/UDP on host port 10.0.0.1:53']);
    expect(fluentBit?.mounts).toEqual(['/var/log from varlog (read-only)', '/data from data (read-write, path state)']);
    expect(fluentBit?.requests).toEqual({ cpu: '100m', memory: '64Mi' });
    expect(fluentBit?.limits).toEqual({ memory: '128Mi' });
    expect(fluentBit?.probes).toEqual([
      'liveness: GET http://:http/, delay 0s, timeout 1s, period 5s, success 1, failure 3',
      'readiness: TCP :2020, delay 0s, timeout 1s, period 10s, success 1, failure 3',
      'startup: exec ["test","-f","/ready"], delay 0s, timeout 1s, period 10s, success 1, failure 3',
    ]);
  });

  it('reads a gRPC probe and names the headers of an HTTP one, not their values', () => {
    const [view] = containerViews({
      spec: {
        containers: [
          {
            name: 'a',
            livenessProbe: { grpc: { port: 9090, service: 'health' } },
            readinessProbe: {
              httpGet: { port: 80, scheme: 'HTTPS', httpHeaders: [{ name: 'Authorization', value: 'x' }] },
            },
          },
        ],
      },
    });
    expect(view?.probes[0]).toContain('gRPC :9090 health');
    expect(view?.probes[1]).toContain('GET https://:80/ with headers Authorization,');
  });

  it('survives odd objects', () => {
    for (const odd of [
      undefined,
      null,
      'x',
      3,
      [],
      {},
      { spec: { containers: 'x' } },
      { spec: { containers: [null, 3] } },
    ]) {
      expect(containerViews(odd)).toEqual([]);
    }
    expect(containerState({})).toEqual({ kind: 'waiting' });
    expect(containerState(undefined)).toEqual({ kind: 'unknown' });
  });
});
