import { expect } from 'vitest';
import { type ConformanceGroup, aCase } from '../conformance-case.ts';
import { at } from '../json-path.ts';
import { type Parts, nowhere } from '../manifest.ts';

const PODS = 'spec.template.spec';
const MAIN = `${PODS}.containers.0`;
const probe = (fields: object): Parts => ({ container: { livenessProbe: { httpGet: { port: 80 }, ...fields } } });

const DEFAULTS_OF: readonly (readonly [path: string, value: unknown, parts?: Parts])[] = [
  ['spec.updateStrategy', { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } }],
  ['spec.revisionHistoryLimit', 10],
  ['spec.minReadySeconds', undefined],
  [`${PODS}.restartPolicy`, 'Always'],
  [`${PODS}.dnsPolicy`, 'ClusterFirst'],
  [`${PODS}.schedulerName`, 'default-scheduler'],
  [`${PODS}.securityContext`, {}],
  [`${PODS}.terminationGracePeriodSeconds`, 30, { pod: { terminationGracePeriodSeconds: undefined } }],
  [`${MAIN}.imagePullPolicy`, 'IfNotPresent'],
  [`${MAIN}.imagePullPolicy`, 'Always', { container: { image: 'registry.test/tool' } }],
  [`${MAIN}.imagePullPolicy`, 'Always', { container: { image: 'registry.test/tool:latest' } }],
  [`${MAIN}.terminationMessagePath`, '/dev/termination-log'],
  [`${MAIN}.terminationMessagePolicy`, 'File'],
  [`${MAIN}.resources`, {}],
  [`${MAIN}.ports`, [{ containerPort: 80, protocol: 'TCP' }], { container: { ports: [{ containerPort: 80 }] } }],
  [
    `${MAIN}.ports`,
    [{ containerPort: 80, protocol: 'TCP' }],
    { container: { ports: [{ containerPort: 80 }] }, pod: { hostNetwork: true } },
  ],
  [`${MAIN}.livenessProbe.periodSeconds`, 10, probe({})],
  [`${MAIN}.livenessProbe.periodSeconds`, 10, probe({ periodSeconds: 0 })],
  [`${MAIN}.livenessProbe.timeoutSeconds`, 1, probe({})],
  [`${MAIN}.livenessProbe.failureThreshold`, 3, probe({})],
  [`${MAIN}.livenessProbe.httpGet`, { path: '/', port: 80, scheme: 'HTTP' }, probe({})],
  [`${MAIN}.resources.requests`, undefined, { container: { resources: { limits: { cpu: '1' } } } }],
  [
    `${PODS}.volumes.0.hostPath`,
    { path: '/x', type: '' },
    { pod: { volumes: [{ name: 'v', hostPath: { path: '/x' } }] } },
  ],
  [`${PODS}.volumes.0.configMap.defaultMode`, 420, { pod: { volumes: [{ name: 'v', configMap: { name: 'c' } }] } }],
];

const defaults = DEFAULTS_OF.map(([path, value, parts = {}]) =>
  aCase(
    `${path} is ${JSON.stringify(value)}${Object.keys(parts).length === 0 ? '' : ` with ${JSON.stringify(parts)}`}`,
    async (cluster) => {
      const reply = await cluster.send(
        'POST',
        cluster.sets('', '?dryRun=All'),
        nowhere(cluster.name('default'), parts),
      );
      expect(reply.code).toBe(201);
      // Go leaves out a minReadySeconds of 0.
      expect(at(reply.body, path)).toEqual(value);
    },
  ),
);

export const DEFAULTS: ConformanceGroup = {
  name: 'defaults',
  cases: [
    ...defaults,
    aCase('a new DaemonSet has uid, generation 1, template generation 1 and an empty status', async (cluster) => {
      const name = cluster.name('new');
      const reply = await cluster.send('POST', cluster.sets(), nowhere(name, { metadata: { generation: 7 } }));
      expect(reply).toMatchObject({
        code: 201,
        body: {
          kind: 'DaemonSet',
          apiVersion: 'apps/v1',
          metadata: {
            name,
            namespace: 'conformance',
            generation: 1,
            uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
            creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
            annotations: { 'deprecated.daemonset.template.generation': '1' },
          },
          status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
        },
      });
    }),
    aCase('generateName gets five characters more, behind its first 58', async (cluster) => {
      const made = async (generateName: string) => {
        const manifest = nowhere('x', { metadata: { name: undefined, generateName } });
        return at((await cluster.send('POST', cluster.sets('', '?dryRun=All'), manifest)).body, 'metadata.name');
      };
      expect(await made('made-')).toMatch(/^made-[a-z0-9]{5}$/);
      expect(await made(`${'a'.repeat(60)}-`)).toMatch(/^a{58}[a-z0-9]{5}$/);
    }),
  ],
};
