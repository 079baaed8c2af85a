import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, type JsonObject, isJsonArray, isJsonObject } from '../json.ts';
import { type Reply, TestCluster, aManifest, at } from '../testing/api-client.ts';

const HOME = '/apis/apps/v1/namespaces/default/daemonsets';
let cluster: TestCluster;

beforeAll(async () => {
  cluster = await TestCluster.start();
});

afterAll(() => cluster.close());

function create(manifest: Json, query = ''): Promise<Reply> {
  return cluster.send('POST', HOME + query, manifest);
}

/** The causes of a refusal as `field: message`. */
function causes(reply: Reply): readonly string[] {
  const list = at(reply.body, 'details.causes');
  return isJsonArray(list)
    ? list.filter(isJsonObject).map((cause) => `${String(cause['field'])}: ${String(cause['message'])}`)
    : [];
}

describe('a created DaemonSet', () => {
  it('comes back with the server’s metadata and every default', async () => {
    const reply = await create(
      aManifest('defaults', {
        containers: [
          {
            name: 'main',
            image: 'nginx',
            ports: [{ containerPort: 80 }],
            livenessProbe: { httpGet: { port: 80 }, periodSeconds: 0 },
            env: [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
            resources: { limits: { cpu: '0.5', memory: '1024Mi' } },
          },
        ],
        volumes: [
          { name: 'config', configMap: { name: 'c' } },
          { name: 'tmp' },
          { name: 'log', hostPath: { path: '/var/log' } },
        ],
      }),
    );
    expect(reply.code).toBe(201);
    expect(at(reply.body, 'metadata.generation')).toBe(1);
    expect(at(reply.body, 'metadata.annotations')).toEqual({ 'deprecated.daemonset.template.generation': '1' });
    expect(at(reply.body, 'spec.updateStrategy')).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 1, maxSurge: 0 },
    });
    expect(at(reply.body, 'spec.revisionHistoryLimit')).toBe(10);
    expect(at(reply.body, 'spec.template.spec')).toEqual({
      containers: [
        {
          name: 'main',
          image: 'nginx',
          imagePullPolicy: 'Always',
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          ports: [{ containerPort: 80, protocol: 'TCP' }],
          livenessProbe: {
            httpGet: { port: 80, path: '/', scheme: 'HTTP' },
            timeoutSeconds: 1,
            periodSeconds: 10,
            successThreshold: 1,
            failureThreshold: 3,
          },
          env: [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName', apiVersion: 'v1' } } }],
          resources: { limits: { cpu: '500m', memory: '1Gi' } },
        },
      ],
      volumes: [
        { name: 'config', configMap: { name: 'c', defaultMode: 420 } },
        { name: 'tmp', emptyDir: {} },
        { name: 'log', hostPath: { path: '/var/log', type: '' } },
      ],
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
    });
  });

  it('under a name that is taken is refused', async () => {
    await create(aManifest('twice'));
    const reply = await create(aManifest('twice'));
    expect([reply.code, reply.body['reason'], reply.body['message']]).toEqual([
      409,
      'AlreadyExists',
      'daemonsets.apps "twice" already exists',
    ]);
  });

  it('in a dry run is answered as if made, and is not there', async () => {
    const reply = await create(aManifest('dry'), '?dryRun=All');
    expect(reply.code).toBe(201);
    expect(at(reply.body, 'metadata.uid')).toBeDefined();
    expect((await cluster.send('GET', `${HOME}/dry`)).code).toBe(404);
  });

  it('in a namespace that does not exist is refused', async () => {
    const reply = await cluster.send('POST', '/apis/apps/v1/namespaces/nowhere/daemonsets', aManifest('x'));
    expect([reply.code, reply.body['message']]).toEqual([404, 'namespaces "nowhere" not found']);
  });

  it('with a resourceVersion is refused by the storage, which a dry run does not reach', async () => {
    const manifest = { ...aManifest('versioned'), metadata: { name: 'versioned', resourceVersion: '5' } };
    expect((await create(manifest, '?dryRun=All')).code).toBe(201);
    const reply = await create(manifest);
    expect([reply.code, reply.body['message']]).toEqual([
      500,
      'resourceVersion should not be set on objects to be created',
    ]);
  });

  it('may have its name generated', async () => {
    const manifest = aManifest('generated');
    const reply = await create({ ...manifest, metadata: { generateName: 'gen-' } });
    expect(at(reply.body, 'metadata.name')).toMatch(/^gen-[a-z0-9]{5}$/);
  });
});

describe('decoding', () => {
  it('refuses unknown fields when it is strict, and warns of them when it is not', async () => {
    const manifest = aManifest('loose', {}, { replicas: 3 });
    const strict = await create(manifest, '?fieldValidation=Strict');
    expect([strict.code, strict.body['message']]).toEqual([
      400,
      'DaemonSet in version "v1" cannot be handled as a DaemonSet: strict decoding error: unknown field "spec.replicas"',
    ]);
    const warned = await create(manifest);
    expect(warned.headers.get('warning')).toBe('299 - "unknown field \\"spec.replicas\\""');
    expect(at(warned.body, 'spec.replicas')).toBeUndefined();
    const silent = await create({ ...manifest, metadata: { name: 'silent' } }, '?fieldValidation=Ignore');
    expect(silent.headers.get('warning')).toBeNull();
  });

  it('refuses a field that is given twice when it is strict', async () => {
    const text = JSON.stringify(aManifest('double')).replace(
      '"selector"',
      '"minReadySeconds":1,"minReadySeconds":2,"selector"',
    );
    const reply = await create(text, '?fieldValidation=Strict');
    expect(reply.body['message']).toContain('strict decoding error: duplicate field "spec.minReadySeconds"');
  });

  it('refuses values of the wrong kind, other kinds and other media', async () => {
    const wrong = await create(aManifest('x', {}, { minReadySeconds: 'soon' }));
    expect([wrong.code, wrong.body['reason']]).toEqual([400, 'BadRequest']);
    expect(wrong.body['message']).toContain(
      'json: cannot unmarshal string into Go struct field DaemonSetSpec.spec.minReadySeconds of type int32',
    );
    expect((await create({ ...aManifest('x'), kind: 'Deployment' })).code).toBe(400);
    expect((await create({ ...aManifest('x'), apiVersion: 'apps/v1beta1' })).code).toBe(400);
    expect((await create('{"kind":')).code).toBe(400);
    expect((await cluster.send('POST', HOME, 'kind: DaemonSet', { type: 'application/yaml' })).code).toBe(415);
    expect((await create(`"${'x'.repeat(3 * 1024 * 1024)}"`)).code).toBe(413);
  });
});

describe('validation', () => {
  it('names every fault with its field', async () => {
    const reply = await create({
      ...aManifest('x', {
        containers: [
          { name: 'Bad', ports: [{ containerPort: 70_000 }], volumeMounts: [{ name: 'gone', mountPath: '/x' }] },
          { name: 'ok', image: 'a:1', resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } },
        ],
      }),
      metadata: { name: 'Bad_Name', labels: { 'a b': 'c' } },
    });
    expect([reply.code, reply.body['reason']]).toEqual([422, 'Invalid']);
    expect(reply.body['message']).toMatch(
      /^DaemonSet\.apps "Bad_Name" is invalid: \[metadata\.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain/,
    );
    expect(causes(reply).map((cause) => cause.split(':').slice(0, 2).join(':'))).toEqual([
      'metadata.name: Invalid value',
      'metadata.labels: Invalid value',
      'spec.template.spec.containers[0].name: Invalid value',
      'spec.template.spec.containers[0].image: Required value',
      'spec.template.spec.containers[0].ports[0].containerPort: Invalid value',
      'spec.template.spec.containers[0].volumeMounts[0].name: Not found',
      'spec.template.spec.containers[1].resources.requests: Invalid value',
    ]);
  });

  it.each<[string, JsonObject, JsonObject, string]>([
    ['no containers', { containers: [] }, {}, 'spec.template.spec.containers: Required value'],
    [
      'two containers of one name',
      {
        containers: [
          { name: 'a', image: 'i' },
          { name: 'a', image: 'i' },
        ],
      },
      {},
      'spec.template.spec.containers[1].name: Duplicate value: "a"',
    ],
    [
      'a restart policy',
      { restartPolicy: 'Never' },
      {},
      'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
    ],
    [
      'a selector that does not match',
      {},
      { selector: { matchLabels: { b: 'c' } } },
      'spec.template.metadata.labels: Invalid value: {"app":"x"}: `selector` does not match template `labels`',
    ],
    [
      'an empty selector',
      {},
      { selector: {} },
      'spec.selector: Invalid value: {}: empty selector is invalid for daemonset',
    ],
    [
      'both budgets',
      {},
      { updateStrategy: { rollingUpdate: { maxSurge: 1 } } },
      'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero',
    ],
    [
      'no budget',
      {},
      { updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } },
      'spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0',
    ],
    [
      'too much budget',
      {},
      { updateStrategy: { rollingUpdate: { maxUnavailable: '110%' } } },
      'spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: "110%": must not be greater than 100%',
    ],
    [
      'an unknown strategy',
      {},
      { updateStrategy: { type: 'Recreate' } },
      'spec.updateStrategy: Unsupported value: {"Type":"Recreate","RollingUpdate":null}: supported values: "RollingUpdate", "OnDelete"',
    ],
    [
      'negative seconds',
      {},
      { minReadySeconds: -1 },
      'spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      'a volume without a path',
      { volumes: [{ name: 'v', hostPath: { path: '' } }] },
      {},
      'spec.template.spec.volumes[0].hostPath.path: Required value',
    ],
    [
      'a probe without a handler',
      { containers: [{ name: 'a', image: 'i', readinessProbe: { periodSeconds: 5 } }] },
      {},
      'spec.template.spec.containers[0].readinessProbe: Required value: must specify a handler type',
    ],
    [
      'a toleration with a value and Exists',
      { tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] },
      {},
      'spec.template.spec.tolerations[0].operator: Invalid value: "b": value must be empty when `operator` is \'Exists\'',
    ],
    [
      'an affinity without terms',
      { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } },
      {},
      'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term',
    ],
  ])('refuses %s', async (_, podSpec, spec, expected) => {
    const reply = await create(aManifest('x', podSpec, spec));
    expect(reply.code).toBe(422);
    expect(causes(reply)).toEqual([expected]);
  });
});

describe('an update', () => {
  it('raises the generation with the spec, and the template’s generation with the template alone', async () => {
    await create(aManifest('counted'));
    const read = async (patch: JsonObject): Promise<readonly Json[]> => {
      const { body } = await cluster.send('PATCH', `${HOME}/counted`, patch, { type: 'application/merge-patch+json' });
      const annotations = at(body, 'metadata.annotations');
      const template = isJsonObject(annotations) ? annotations['deprecated.daemonset.template.generation'] : undefined;
      return [at(body, 'metadata.generation') ?? null, template ?? null];
    };
    expect(await read({ metadata: { labels: { a: 'b' } } })).toEqual([1, '1']);
    expect(await read({ spec: { minReadySeconds: 3 } })).toEqual([2, '1']);
    expect(await read({ spec: { template: { metadata: { annotations: { a: 'b' } } } } })).toEqual([3, '2']);
    expect(await read({ metadata: { annotations: { 'deprecated.daemonset.template.generation': '9' } } })).toEqual([
      3,
      '2',
    ]);
  });

  it('that changes nothing keeps the resourceVersion', async () => {
    const created = await create(aManifest('still'));
    const version = at(created.body, 'metadata.resourceVersion');
    const reply = await cluster.send('PUT', `${HOME}/still`, { ...created.body, status: {} });
    expect(reply.code).toBe(200);
    expect(at(reply.body, 'metadata.resourceVersion')).toBe(version);
  });

  it('from an old version is a conflict, and one for another uid too', async () => {
    const created = await create(aManifest('raced'));
    const metadata = created.body['metadata'] as JsonObject;
    await cluster.send(
      'PATCH',
      `${HOME}/raced`,
      { metadata: { labels: { a: 'b' } } },
      { type: 'application/merge-patch+json' },
    );
    const stale = await cluster.send('PUT', `${HOME}/raced`, created.body);
    expect([stale.code, stale.body['reason'], stale.body['message']]).toEqual([
      409,
      'Conflict',
      'Operation cannot be fulfilled on daemonsets.apps "raced": the object has been modified; please apply your changes to the latest version and try again',
    ]);
    const other = await cluster.send('PUT', `${HOME}/raced`, {
      ...created.body,
      metadata: { ...metadata, resourceVersion: '', uid: 'other' },
    });
    expect(other.body['message']).toContain('Precondition failed: UID in precondition: other, UID in object meta: ');
  });

  it('cannot change selector or uid', async () => {
    await create(aManifest('fixed'));
    const labels = { app: 'fixed', extra: 'yes' };
    const selector = await cluster.send(
      'PATCH',
      `${HOME}/fixed`,
      { spec: { selector: { matchLabels: labels }, template: { metadata: { labels } } } },
      { type: 'application/merge-patch+json' },
    );
    expect(causes(selector)).toEqual([
      `spec.selector: Invalid value: {"matchLabels":${JSON.stringify(labels)}}: field is immutable`,
    ]);
    const uid = await cluster.send(
      'PATCH',
      `${HOME}/fixed`,
      { metadata: { uid: 'other' } },
      { type: 'application/merge-patch+json' },
    );
    expect(causes(uid)).toEqual(['metadata.uid: Invalid value: "other": field is immutable']);
  });

  it('of the status leaves the spec, and one of the spec leaves the status', async () => {
    await create(aManifest('split'));
    const status = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 9, numberReady: 0 };
    const type = 'application/merge-patch+json';
    const first = await cluster.send(
      'PATCH',
      `${HOME}/split/status`,
      { status, spec: { minReadySeconds: 7 } },
      { type },
    );
    expect([at(first.body, 'status.desiredNumberScheduled'), at(first.body, 'spec.minReadySeconds')]).toEqual([
      9,
      undefined,
    ]);
    const second = await cluster.send(
      'PATCH',
      `${HOME}/split`,
      { status: { desiredNumberScheduled: 1 }, spec: { minReadySeconds: 7 } },
      { type },
    );
    expect([at(second.body, 'status.desiredNumberScheduled'), at(second.body, 'spec.minReadySeconds')]).toEqual([9, 7]);
  });

  it('in a dry run is answered and not kept', async () => {
    await create(aManifest('tried'));
    const reply = await cluster.send(
      'PATCH',
      `${HOME}/tried?dryRun=All`,
      { spec: { minReadySeconds: 7 } },
      { type: 'application/merge-patch+json' },
    );
    expect(at(reply.body, 'metadata.generation')).toBe(2);
    expect(at(await cluster.get(`${HOME}/tried`), 'spec.minReadySeconds')).toBeUndefined();
  });

  it('of another name or namespace than the address is refused', async () => {
    const created = await create(aManifest('here'));
    const reply = await cluster.send('PUT', `${HOME}/elsewhere`, created.body);
    expect([reply.code, reply.body['message']]).toEqual([
      400,
      'the name of the object (here) does not match the name on the URL (elsewhere)',
    ]);
  });
});

describe('other resources', () => {
  it('cordons a node by its spec, and the taint follows', async () => {
    const [node] = await cluster.items('/api/v1/nodes?labelSelector=node.example.com/pool=worker');
    const path = `/api/v1/nodes/${String(at(node, 'metadata.name'))}`;
    const type = 'application/strategic-merge-patch+json';
    const cordoned = await cluster.send('PATCH', path, { spec: { unschedulable: true } }, { type });
    expect(at(cordoned.body, 'spec.taints')).toEqual([
      { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
    ]);
    const back = await cluster.send('PATCH', path, { spec: { unschedulable: null } }, { type });
    expect(at(back.body, 'spec.taints')).toBeUndefined();
  });

  it('dry-runs a pod as the controller would make it', async () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { generateName: 'agent-' },
      spec: { containers: [{ name: 'main', image: 'a:1' }] },
    };
    const path = '/api/v1/namespaces/default/pods?dryRun=All';
    const reply = await cluster.send('POST', path, pod);
    expect([reply.code, at(reply.body, 'spec.enableServiceLinks'), at(reply.body, 'spec.serviceAccountName')]).toEqual([
      201,
      true,
      'default',
    ]);
    const refused = await cluster.send('POST', path, { ...pod, spec: { ...pod.spec, priorityClassName: 'gold' } });
    expect([refused.code, refused.body['reason']]).toEqual([403, 'Forbidden']);
    expect(refused.body['message']).toContain('no PriorityClass with name gold was found');
  });

  it('creates a namespace, which can then be used', async () => {
    const made = await cluster.send('POST', '/api/v1/namespaces', { metadata: { name: 'team' } });
    expect([made.code, at(made.body, 'status.phase')]).toEqual([201, 'Active']);
    expect((await cluster.send('POST', '/apis/apps/v1/namespaces/team/daemonsets', aManifest('agent'))).code).toBe(201);
  });
});
