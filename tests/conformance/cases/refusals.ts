import { expect } from 'vitest';
import { type ConformanceGroup, aCase } from '../conformance-case.ts';
import { itemsAt, textAt } from '../json-path.ts';
import { PATCH } from '../judged-cluster.ts';
import { type Json, type Parts, nowhere } from '../manifest.ts';

type Cause = readonly [reason: string, field: string];
const rolling = (rollingUpdate: Json): Parts => ({
  spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate } },
});
const main = (container: Json): Parts => ({ container });
const pod = (spec: Json): Parts => ({ pod: spec });
const PODS = 'spec.template.spec';
const CONTAINER = `${PODS}.containers[0]`;
const BUDGET = 'spec.updateStrategy.rollingUpdate';
const REQUIRED = 'FieldValueRequired';
const INVALID = 'FieldValueInvalid';

const INVALIDS: readonly (readonly [what: string, parts: Parts, causes: readonly Cause[]])[] = [
  ['no image', main({ image: '' }), [[REQUIRED, `${CONTAINER}.image`]]],
  ['no container name', main({ name: '' }), [[REQUIRED, `${CONTAINER}.name`]]],
  ['a container name with capitals', main({ name: 'Main' }), [[INVALID, `${CONTAINER}.name`]]],
  ['no containers', pod({ containers: [] }), [[REQUIRED, `${PODS}.containers`]]],
  [
    'two containers of one name',
    pod({ containers: [1, 2].map((each) => ({ name: 'x', image: `registry.test/x:${each}` })) }),
    [['FieldValueDuplicate', `${PODS}.containers[1].name`]],
  ],
  ['a port of 0', main({ ports: [{ containerPort: 0 }] }), [[REQUIRED, `${CONTAINER}.ports[0].containerPort`]]],
  ['a port of 70000', main({ ports: [{ containerPort: 70_000 }] }), [[INVALID, `${CONTAINER}.ports[0].containerPort`]]],
  [
    'a protocol that is none',
    main({ ports: [{ containerPort: 1, protocol: 'ICMP' }] }),
    [['FieldValueNotSupported', `${CONTAINER}.ports[0].protocol`]],
  ],
  ['an env without a name', main({ env: [{ value: '1' }] }), [[REQUIRED, `${CONTAINER}.env[0].name`]]],
  [
    'a mount of no volume',
    main({ volumeMounts: [{ name: 'none', mountPath: '/x' }] }),
    [['FieldValueNotFound', `${CONTAINER}.volumeMounts[0].name`]],
  ],
  [
    'requests above limits',
    main({ resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }),
    [[INVALID, `${CONTAINER}.resources.requests`]],
  ],
  [
    'a pull policy that is none',
    main({ imagePullPolicy: 'Sometimes' }),
    [['FieldValueNotSupported', `${CONTAINER}.imagePullPolicy`]],
  ],
  ['restartPolicy Never', pod({ restartPolicy: 'Never' }), [['FieldValueNotSupported', `${PODS}.restartPolicy`]]],
  [
    'activeDeadlineSeconds',
    pod({ activeDeadlineSeconds: 5 }),
    [['FieldValueForbidden', `${PODS}.activeDeadlineSeconds`]],
  ],
  [
    'a toleration operator that is none',
    pod({ tolerations: [{ key: 'a', operator: 'Like' }] }),
    [['FieldValueNotSupported', `${PODS}.tolerations[0].operator`]],
  ],
  [
    'a toleration without key that is not Exists',
    pod({ tolerations: [{ operator: 'Equal', value: 'x' }] }),
    [[INVALID, `${PODS}.tolerations[0].operator`]],
  ],
  ['a node selector key that is none', pod({ nodeSelector: { 'a b': 'x' } }), [[INVALID, `${PODS}.nodeSelector`]]],
  ['negative minReadySeconds', { spec: { minReadySeconds: -1 } }, [[INVALID, 'spec.minReadySeconds']]],
  ['a negative history limit', { spec: { revisionHistoryLimit: -1 } }, [[INVALID, 'spec.revisionHistoryLimit']]],
  [
    'a strategy that is none',
    { spec: { updateStrategy: { type: 'Recreate' } } },
    [['FieldValueNotSupported', 'spec.updateStrategy']],
  ],
  ['maxUnavailable 0 and no surge', rolling({ maxUnavailable: 0 }), [[REQUIRED, `${BUDGET}.maxUnavailable`]]],
  ['maxUnavailable 0% and no surge', rolling({ maxUnavailable: '0%' }), [[REQUIRED, `${BUDGET}.maxUnavailable`]]],
  ['maxUnavailable and maxSurge', rolling({ maxUnavailable: 1, maxSurge: 1 }), [[INVALID, `${BUDGET}.maxSurge`]]],
  ['maxSurge beside the default maxUnavailable', rolling({ maxSurge: '10%' }), [[INVALID, `${BUDGET}.maxSurge`]]],
  ['maxUnavailable of -1', rolling({ maxUnavailable: -1 }), [[INVALID, `${BUDGET}.maxUnavailable`]]],
  ['maxUnavailable of 101%', rolling({ maxUnavailable: '101%' }), [[INVALID, `${BUDGET}.maxUnavailable`]]],
  ['maxUnavailable of "5"', rolling({ maxUnavailable: '5' }), [[INVALID, `${BUDGET}.maxUnavailable`]]],
  [
    'a selector that does not match',
    { spec: { selector: { matchLabels: { app: 'else' } } } },
    [[INVALID, 'spec.template.metadata.labels']],
  ],
  ['an empty selector', { spec: { selector: {} } }, [[INVALID, 'spec.selector']]],
  [
    'an In without values',
    { spec: { selector: { matchExpressions: [{ key: 'app', operator: 'In' }] } } },
    [[REQUIRED, 'spec.selector.matchExpressions[0].values']],
  ],
  ['a label value that is none', { metadata: { labels: { a: 'b c' } } }, [[INVALID, 'metadata.labels']]],
  [
    'an annotation key that is none',
    { metadata: { annotations: { 'a b': 'x' } } },
    [[INVALID, 'metadata.annotations']],
  ],
];

const invalids = INVALIDS.map(([what, parts, causes]) =>
  aCase(`${what}: ${causes.map(([reason, field]) => `${reason} at ${field}`).join(', ')}`, async (cluster) => {
    const name = cluster.name('invalid');
    const reply = await cluster.send('POST', cluster.sets(), nowhere(name, parts));
    expect(reply.body).toMatchObject({
      kind: 'Status',
      status: 'Failure',
      code: 422,
      reason: 'Invalid',
      details: { name, group: 'apps', kind: 'DaemonSet' },
    });
    const found = itemsAt(reply.body, 'details.causes').map((cause) => [
      textAt(cause, 'reason'),
      textAt(cause, 'field'),
    ]);
    expect(found.toSorted(), textAt(reply.body, 'message')).toEqual(causes.toSorted());
  }),
);

const NAMES = ['Bad_Name', '-x', 'x'.repeat(254), 'a..b'] as const;
const badNames = NAMES.map((name) =>
  aCase(`the name ${name.slice(0, 12)} is invalid at metadata.name`, async (cluster) => {
    const template = {
      metadata: { labels: { app: 'x' } },
      spec: { containers: [{ name: 'm', image: 'registry.test/m:1' }] },
    };
    const spec = { selector: { matchLabels: { app: 'x' } }, template };
    const reply = await cluster.send('POST', cluster.sets(), nowhere(name, { spec }));
    expect(reply.body).toMatchObject({ code: 422, reason: 'Invalid' });
    expect(itemsAt(reply.body, 'details.causes')).toMatchObject([{ reason: INVALID, field: 'metadata.name' }]);
  }),
);

const DECODING = [
  ['minReadySeconds as a text', { minReadySeconds: 'ten' }],
  ['a selector that is a list', { selector: [] }],
] as const;
const undecodable = DECODING.map(([what, spec]) =>
  aCase(`${what} is 400 BadRequest`, async (cluster) => {
    const reply = await cluster.send('POST', cluster.sets(), nowhere(cluster.name('bad'), { spec }));
    expect(reply.body).toMatchObject({ code: 400, reason: 'BadRequest' });
  }),
);

export const REFUSALS: ConformanceGroup = {
  name: 'refusals',
  cases: [
    ...invalids,
    ...badNames,
    ...undecodable,
    aCase('changing the selector is FieldValueInvalid: field is immutable', async (cluster) => {
      const name = cluster.name('selector');
      await cluster.create(nowhere(name));
      const labels = { app: name, more: 'x' };
      const patch = { spec: { selector: { matchLabels: labels }, template: { metadata: { labels } } } };
      const reply = await cluster.send('PATCH', cluster.sets(name), patch, PATCH.merge);
      expect(reply.body).toMatchObject({ code: 422, reason: 'Invalid' });
      expect(itemsAt(reply.body, 'details.causes')).toMatchObject([{ reason: INVALID, field: 'spec.selector' }]);
      expect(textAt(reply.body, 'message')).toContain('field is immutable');
    }),
    aCase('creating a name twice is 409 AlreadyExists', async (cluster) => {
      const name = cluster.name('twice');
      await cluster.create(nowhere(name));
      const reply = await cluster.send('POST', cluster.sets(), nowhere(name));
      expect(reply.body).toMatchObject({
        code: 409,
        reason: 'AlreadyExists',
        message: `daemonsets.apps "${name}" already exists`,
        details: { name, group: 'apps', kind: 'daemonsets' },
      });
    }),
    aCase('reading what is not there is 404 NotFound', async (cluster) => {
      const reply = await cluster.send('GET', cluster.sets('nobody'));
      expect(reply.body).toMatchObject({
        code: 404,
        reason: 'NotFound',
        message: 'daemonsets.apps "nobody" not found',
        details: { name: 'nobody', group: 'apps', kind: 'daemonsets' },
      });
    }),
    aCase('creating in a namespace that is not there is 404 NotFound', async (cluster) => {
      const reply = await cluster.send('POST', '/apis/apps/v1/namespaces/nowhere/daemonsets', nowhere('x'));
      expect(reply.body).toMatchObject({ code: 404, reason: 'NotFound', message: 'namespaces "nowhere" not found' });
    }),
    aCase('creating under another namespace than the address is 400', async (cluster) => {
      const reply = await cluster.send('POST', cluster.sets(), nowhere('x', { metadata: { namespace: 'default' } }));
      expect(reply.body).toMatchObject({ code: 400, reason: 'BadRequest' });
    }),
    aCase('a body of another kind is 400', async (cluster) => {
      const reply = await cluster.send('POST', cluster.sets(), { ...nowhere('x'), kind: 'Deployment' });
      expect(reply.body).toMatchObject({ code: 400, reason: 'BadRequest' });
    }),
    aCase('a body that is no JSON is 400', async (cluster) => {
      const reply = await cluster.send('POST', cluster.sets(), '{"kind":');
      expect(reply.body).toMatchObject({ code: 400, reason: 'BadRequest' });
    }),
  ],
};
