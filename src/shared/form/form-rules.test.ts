import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../manifest/json-value.ts';
import { ruleProblems } from './form-rules.ts';
import { openForm } from './open-form.ts';

const SOUND = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: logging
spec:
  selector:
    matchLabels:
      app: agent
  template:
    metadata:
      labels:
        app: agent
    spec:
      containers:
        - name: main
          image: registry.example.com/agent:1.4
          ports:
            - name: metrics
              containerPort: 9100
          volumeMounts:
            - name: logs
              mountPath: /var/log
              readOnly: true
      volumes:
        - name: logs
          hostPath:
            path: /var/log
`;

function manifestOf(text: string): JsonObject {
  const opened = openForm(text);
  if (!opened.ok) throw new Error(opened.refusal.message);
  return opened.form.manifest;
}

/** Findings of the sound manifest with some of its text replaced, as `path: message`. */
function foundWith(...replaced: readonly (readonly [from: string, to: string])[]): readonly string[] {
  const text = replaced.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`the manifest has no ${from}`);
    return before.replace(from, to);
  }, SOUND);
  return ruleProblems(manifestOf(text)).map(({ path, message, severity }) => `${severity} ${path}: ${message}`);
}

const CONTAINER = 'spec.template.spec.containers[0]';
const CONTAINER_TEXT = 'image: registry.example.com/agent:1.4\n';

function inContainer(yaml: string): readonly string[] {
  const lines = yaml.split('\n').map((line) => `          ${line}\n`);
  return foundWith([CONTAINER_TEXT, `${CONTAINER_TEXT}${lines.join('')}`]);
}

function inPod(yaml: string): readonly string[] {
  const lines = yaml.split('\n').map((line) => `      ${line}\n`);
  return foundWith(['      containers:\n', `${lines.join('')}      containers:\n`]);
}

function inSpec(yaml: string): readonly string[] {
  const lines = yaml.split('\n').map((line) => `  ${line}\n`);
  return foundWith(['  selector:\n', `${lines.join('')}  selector:\n`]);
}

it('a sound manifest has nothing to be said', () => {
  expect(foundWith()).toEqual([]);
});

describe('metadata', () => {
  it.each([
    ['name: agent\n  namespace', 'name: ""\n  namespace', 'error metadata.name: A name is needed.'],
    [
      'name: agent\n  namespace',
      'name: Agent_1\n  namespace',
      "error metadata.name: The name must consist of lower case letters, digits, '-' and '.', and start and end with a letter or digit.",
    ],
    [
      'name: agent\n  namespace',
      `name: ${'a'.repeat(254)}\n  namespace`,
      'error metadata.name: The name must be no more than 253 characters.',
    ],
    [
      'name: agent\n  namespace',
      `name: ${'a'.repeat(60)}\n  namespace`,
      'warning metadata.name: Pods keep the first 58 characters of this name.',
    ],
    [
      'namespace: logging',
      'namespace: a.b',
      "error metadata.namespace: The namespace must consist of lower case letters, digits and '-', and start and end with a letter or digit.",
    ],
  ])('%j as %j', (from, to, finding) => {
    expect(foundWith([from, to])).toContain(finding);
  });

  it('a namespace may be left to the context, and a name to the server', () => {
    expect(foundWith(['  namespace: logging\n', ''])).toEqual([]);
    expect(foundWith(['name: agent\n  namespace', 'generateName: agent-\n  namespace'])).toEqual([]);
  });

  it('labels and annotations are held to the syntax of keys and values', () => {
    const wrong = foundWith(['  namespace: logging\n', '  namespace: logging\n  labels: {"-a": x, b: "y z"}\n']);
    expect(wrong).toHaveLength(2);
    expect(wrong[0]).toMatch(/^error metadata\.labels: The key "-a": name part must consist/);
    expect(wrong[1]).toMatch(/^error metadata\.labels: The value of "b": a valid label must/);
    expect(foundWith(['  namespace: logging\n', '  namespace: logging\n  annotations: {a/b/c: x}\n'])[0]).toMatch(
      /^error metadata\.annotations: The key "a\/b\/c":/,
    );
  });

  it('alias, description and all annotations together have their lengths, counted as people and as the server count', () => {
    const annotated = (key: string, value: string) =>
      foundWith(['  namespace: logging\n', `  namespace: logging\n  annotations: {${key}: "${value}"}\n`]);
    expect(annotated('kubesphere.io/alias-name', '日'.repeat(63))).toEqual([]);
    expect(annotated('kubesphere.io/alias-name', '日'.repeat(64))).toEqual([
      'error metadata.annotations[kubesphere.io/alias-name]: The alias has more than 63 characters.',
    ]);
    expect(annotated('kubesphere.io/description', 'x'.repeat(257))).toEqual([
      'error metadata.annotations[kubesphere.io/description]: The description has more than 256 characters.',
    ]);
    expect(annotated('note', '日'.repeat(90_000))).toEqual([
      'error metadata.annotations: The annotations have 270004 bytes, and at most 262144 are taken.',
    ]);
  });
});

describe('the selector', () => {
  it('is needed, and the pods need its labels', () => {
    expect(foundWith(['      app: agent\n  template', '      {}\n  template'])).toEqual([
      'error spec.selector: A selector is needed: the labels by which the DaemonSet knows its pods.',
    ]);
    expect(foundWith(['        app: agent\n', '        app: other\n'])).toEqual([
      'error spec.template.metadata.labels: The pod labels lack the selector\'s "app: agent".',
    ]);
  });

  it.each([
    ['{key: tier, operator: In, values: [node]}', 1],
    ['{key: tier, operator: Exists}', 1],
    ['{key: tier, operator: DoesNotExist}', 0],
    ['{key: app, operator: NotIn, values: [other]}', 0],
    ['{key: app, operator: NotIn, values: [agent]}', 1],
    ['{key: app, operator: In, values: [x, agent]}', 0],
  ])('has expressions too: %s', (expression, findings) => {
    const found = foundWith(['    matchLabels:\n', `    matchExpressions: [${expression}]\n    matchLabels:\n`]);
    expect(found).toHaveLength(findings);
  });
});

describe('the update strategy', () => {
  const BOTH = 'spec.updateStrategy.rollingUpdate';
  it.each([
    ['{type: Recreate}', ['error spec.updateStrategy: The update strategy is RollingUpdate or OnDelete.']],
    [
      '{rollingUpdate: {maxUnavailable: 0}}',
      [`error ${BOTH}.maxUnavailable: maxUnavailable and maxSurge cannot both be 0: no pod could be replaced.`],
    ],
    ['{rollingUpdate: {maxUnavailable: 0%, maxSurge: 10%}}', []],
    [
      '{rollingUpdate: {maxUnavailable: 1, maxSurge: 1}}',
      [`error ${BOTH}.maxSurge: A surge is taken only where maxUnavailable is 0.`],
    ],
    [
      '{rollingUpdate: {maxSurge: 1}}',
      [`error ${BOTH}.maxSurge: A surge is taken only where maxUnavailable is written as 0: left out, it counts as 1.`],
    ],
    [
      '{rollingUpdate: {maxUnavailable: "2"}}',
      [
        `error ${BOTH}.maxUnavailable: A whole number or a percentage such as 20% is expected; a number stands without quotes.`,
      ],
    ],
    ['{rollingUpdate: {maxUnavailable: 101%}}', [`error ${BOTH}.maxUnavailable: This cannot be more than 100%.`]],
    ['{rollingUpdate: {maxUnavailable: -1}}', [`error ${BOTH}.maxUnavailable: This cannot be negative.`]],
    // The server does not look at rollingUpdate then.
    ['{type: OnDelete, rollingUpdate: {maxUnavailable: "2"}}', []],
  ])('%s', (strategy, findings) => {
    expect(inSpec(`updateStrategy: ${strategy}`)).toEqual(findings);
  });

  it('warns of a surge whose pods take ports of their node', () => {
    const surge = 'updateStrategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}';
    const finding = /^warning .*maxSurge: The pods take ports of their node/;
    expect(
      foundWith(
        ['  selector:\n', `  ${surge}\n  selector:\n`],
        ['containerPort: 9100', 'containerPort: 9100\n              hostPort: 9100'],
      ),
    ).toEqual([expect.stringMatching(finding)]);
    expect(
      foundWith(
        ['  selector:\n', `  ${surge}\n  selector:\n`],
        ['      containers:\n', '      hostNetwork: true\n      containers:\n'],
      ),
    ).toEqual([expect.stringMatching(finding)]);
    expect(inSpec(surge)).toEqual([]);
  });

  it('and its seconds and history are not negative', () => {
    expect(inSpec('minReadySeconds: -1\nrevisionHistoryLimit: -2')).toEqual([
      'error spec.minReadySeconds: This cannot be negative.',
      'error spec.revisionHistoryLimit: This cannot be negative.',
    ]);
  });
});

describe('a container', () => {
  it('is needed, with a name and an image', () => {
    expect(ruleProblems({ spec: { template: { spec: { containers: [{}] } } } }).map(({ path }) => path)).toEqual([
      'metadata.name',
      'spec.selector',
      `${CONTAINER}.name`,
      `${CONTAINER}.image`,
    ]);
    expect(ruleProblems({ spec: {} }).map(({ path }) => path)).toContain('spec.template.spec.containers');
  });

  it('has a name of its own over workers and init containers', () => {
    expect(inPod('initContainers: [{name: main, image: "a:1"}]')).toEqual([
      'error spec.template.spec.initContainers[0].name: Another container is called "main" already.',
    ]);
  });

  it.each([
    ['registry.example.com:5000/agent', 1],
    ['agent:latest', 1],
    ['agent:1.2', 0],
    [`agent@sha256:${'0'.repeat(64)}`, 0],
    ['Agent:1', 1],
    ['agent:1 2', 1],
  ])('warns of the tag latest, and of what no node can pull: %s', (image, findings) => {
    expect(foundWith(['registry.example.com/agent:1.4', image])).toHaveLength(findings);
  });

  it('has ports from 1 to 65535, names of at most 15 characters, and no port of the node twice', () => {
    const ports = (yaml: string) =>
      foundWith(['            - name: metrics\n              containerPort: 9100\n', yaml]);
    expect(ports('            - {containerPort: 0}\n')).toEqual([
      `error ${CONTAINER}.ports[0].containerPort: A port number is needed.`,
    ]);
    expect(ports('            - {containerPort: 65536}\n')).toEqual([
      `error ${CONTAINER}.ports[0].containerPort: The port must be between 1 and 65535.`,
    ]);
    expect(ports('            - {containerPort: 80, name: a-name-of-sixteen}\n')).toEqual([
      `error ${CONTAINER}.ports[0].name: The port's name must be no more than 15 characters.`,
    ]);
    expect(ports('            - {containerPort: 80, name: "80"}\n')).toEqual([
      `error ${CONTAINER}.ports[0].name: The port's name must contain at least one letter.`,
    ]);
    expect(
      ports('            - {containerPort: 80, name: web}\n            - {containerPort: 81, name: web}\n'),
    ).toEqual([`error ${CONTAINER}.ports[1].name: Another port is called "web" already.`]);
    expect(
      ports('            - {containerPort: 80, hostPort: 80}\n            - {containerPort: 81, hostPort: 80}\n'),
    ).toEqual([`error ${CONTAINER}.ports[1].hostPort: Another port takes 80 of the node already.`]);
    expect(
      ports(
        '            - {containerPort: 80, hostPort: 80}\n            - {containerPort: 81, hostPort: 80, protocol: UDP}\n',
      ),
    ).toEqual([]);
  });

  it('asks for no more than its limit', () => {
    const amounts = (yaml: string) => inContainer(`resources: ${yaml}`);
    expect(amounts('{requests: {cpu: 200m}, limits: {cpu: 0.1}}')).toEqual([
      `error ${CONTAINER}.resources.requests[cpu]: The request is more than the limit, 0.1.`,
    ]);
    expect(amounts('{requests: {cpu: 1000m, memory: 1Gi}, limits: {cpu: 1, memory: 1024Mi}}')).toEqual([]);
    expect(amounts('{requests: {memory: 1 GB}}')).toEqual([
      `error ${CONTAINER}.resources.requests[memory]: A quantity such as 100m, 2 or 200Mi is expected.`,
    ]);
    expect(amounts('{limits: {cpu: -1}}')).toEqual([
      `error ${CONTAINER}.resources.limits[cpu]: This cannot be negative.`,
    ]);
  });

  it('mounts volumes that are there, each at a path of its own', () => {
    const mounts = (yaml: string) =>
      foundWith(['            - name: logs\n              mountPath: /var/log\n              readOnly: true\n', yaml]);
    expect(mounts('            - {name: gone, mountPath: /x}\n')).toEqual([
      `error ${CONTAINER}.volumeMounts[0].name: There is no volume "gone" in this pod.`,
    ]);
    expect(mounts('            - {name: logs, mountPath: /x}\n            - {name: logs, mountPath: /x}\n')).toEqual([
      `error ${CONTAINER}.volumeMounts[1].mountPath: Another volume is mounted at /x already.`,
    ]);
    expect(mounts('            - {name: logs, mountPath: /x, subPath: ../y}\n')[0]).toContain('must not contain ".."');
    expect(mounts('            - {name: logs, mountPath: /x, subPath: /y}\n')[0]).toContain('must be a relative path');
  });
});

describe('the environment', () => {
  it.each([
    ['[{name: ""}]', 'error $.env[0].name: A variable needs a name.'],
    [
      '[{name: "A=B"}]',
      "error $.env[0].name: The variable's name must consist of printable ASCII characters other than '='.",
    ],
    ['[{name: A, value: x}, {name: A, value: y}]', 'warning $.env[1].name: "A" is set twice: the last one counts.'],
    ['[{name: A, valueFrom: {}}]', 'error $.env[0].valueFrom: Where the value comes from is needed.'],
    [
      '[{name: A, value: x, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]',
      'error $.env[0].valueFrom: A variable has a value or a reference, not both.',
    ],
    [
      '[{name: A, valueFrom: {secretKeyRef: {name: s}}}]',
      'error $.env[0].valueFrom.secretKeyRef.key: The key in the Secret is needed.',
    ],
    [
      '[{name: A, valueFrom: {configMapKeyRef: {key: k}}}]',
      "error $.env[0].valueFrom.configMapKeyRef.name: The ConfigMap's name is needed.",
    ],
    ['[{name: A, valueFrom: {fieldRef: {}}}]', 'error $.env[0].valueFrom.fieldRef.fieldPath: A field is needed.'],
    [
      '[{name: A, valueFrom: {resourceFieldRef: {}}}]',
      'error $.env[0].valueFrom.resourceFieldRef.resource: A resource is needed.',
    ],
  ])('%s', (env, finding) => {
    expect(inContainer(`env: ${env}`)).toEqual([finding.replace('$', CONTAINER)]);
  });

  it('leaves a source that is newer than this program to the server', () => {
    expect(inContainer('env: [{name: A, valueFrom: {someNewRef: {name: x}}}]')).toEqual([]);
  });

  it('takes whole ConfigMaps and Secrets by name', () => {
    expect(inContainer('envFrom: [{configMapRef: {name: c}}, {secretRef: {name: s}, prefix: P_}]')).toEqual([]);
    expect(inContainer('envFrom: [{prefix: P_}]')).toEqual([
      `error ${CONTAINER}.envFrom[0]: A ConfigMap or a Secret is needed.`,
    ]);
    expect(inContainer('envFrom: [{configMapRef: {}}]')).toEqual([
      `error ${CONTAINER}.envFrom[0].configMapRef.name: A name is needed.`,
    ]);
  });
});

describe('a probe', () => {
  it.each([
    [
      'livenessProbe: {periodSeconds: 5}',
      'error $.livenessProbe: What the probe asks is needed: HTTP, TCP, a command or gRPC.',
    ],
    [
      'livenessProbe: {httpGet: {port: 80}, exec: {command: [a]}}',
      'error $.livenessProbe.exec: A probe asks in one way only.',
    ],
    ['readinessProbe: {httpGet: {path: /}}', 'error $.readinessProbe.httpGet.port: A port is needed.'],
    [
      'readinessProbe: {tcpSocket: {port: 70000}}',
      'error $.readinessProbe.tcpSocket.port: The port must be between 1 and 65535.',
    ],
    [
      'readinessProbe: {tcpSocket: {port: "80"}}',
      "error $.readinessProbe.tcpSocket.port: The port's name must contain at least one letter; a number stands without quotes.",
    ],
    [
      'readinessProbe: {tcpSocket: {port: web}}',
      'warning $.readinessProbe.tcpSocket.port: This container has no port called "web": the probe will fail.',
    ],
    ['startupProbe: {exec: {command: []}}', 'error $.startupProbe.exec.command: A command is needed.'],
    ['startupProbe: {grpc: {port: web}}', 'error $.startupProbe.grpc.port: A gRPC probe takes a port number, no name.'],
    [
      'livenessProbe: {tcpSocket: {port: metrics}, successThreshold: 2}',
      'error $.livenessProbe.successThreshold: For liveness and startup this must be 1.',
    ],
    [
      'livenessProbe: {tcpSocket: {port: metrics}, timeoutSeconds: -1}',
      'error $.livenessProbe.timeoutSeconds: This cannot be negative.',
    ],
    [
      'readinessProbe: {tcpSocket: {port: metrics}, terminationGracePeriodSeconds: 3}',
      'error $.readinessProbe.terminationGracePeriodSeconds: A readiness probe ends nothing: it has no grace period.',
    ],
    [
      'livenessProbe: {tcpSocket: {port: metrics}, terminationGracePeriodSeconds: 0}',
      'error $.livenessProbe.terminationGracePeriodSeconds: This must be at least 1.',
    ],
  ])('%s', (probe, finding) => {
    expect(inContainer(probe)).toEqual([finding.replace('$', CONTAINER)]);
  });

  it('is for workers and sidecars only', () => {
    const probe = 'livenessProbe: {exec: {command: [a]}}';
    expect(inPod(`initContainers: [{name: a, image: "a:1", ${probe}}]`)).toEqual([
      'error spec.template.spec.initContainers[0].livenessProbe: An init container has no probes, unless it is a sidecar.',
    ]);
    expect(inPod(`initContainers: [{name: a, image: "a:1", restartPolicy: Always, ${probe}}]`)).toEqual([]);
  });
});

describe('security contexts', () => {
  it('do not deny a privileged container what it has', () => {
    expect(inContainer('securityContext: {privileged: true, allowPrivilegeEscalation: false}')).toEqual([
      `error ${CONTAINER}.securityContext: A privileged container cannot have allowPrivilegeEscalation set to false.`,
    ]);
    expect(
      inContainer('securityContext: {capabilities: {add: [CAP_SYS_ADMIN]}, allowPrivilegeEscalation: false}'),
    ).toHaveLength(1);
    expect(inContainer('securityContext: {privileged: true}')).toEqual([]);
  });

  it('have ids from 0 to 2147483647', () => {
    expect(inContainer('securityContext: {runAsUser: -1}')).toEqual([
      `error ${CONTAINER}.securityContext.runAsUser: An id is between 0 and 2147483647.`,
    ]);
    expect(inPod('securityContext: {fsGroup: 2147483648}')).toEqual([
      'error spec.template.spec.securityContext.fsGroup: An id is between 0 and 2147483647.',
    ]);
    expect(inPod('securityContext: {sysctls: [{name: a, value: "1"}, {name: a, value: "2"}]}')).toEqual([
      'error spec.template.spec.securityContext.sysctls[1].name: "a" is set already.',
    ]);
  });
});

describe('a volume', () => {
  const VOLUME = 'spec.template.spec.volumes[1]';
  const withVolume = (yaml: string) =>
    foundWith(['            path: /var/log\n', `            path: /var/log\n        - ${yaml}\n`]);
  it.each([
    ['{name: logs, emptyDir: {}}', 'error $.name: Another volume is called "logs" already.'],
    ['{emptyDir: {}}', 'error $.name: A volume needs a name.'],
    ['{name: a, emptyDir: {}, hostPath: {path: /a}}', 'error $.hostPath: A volume has one source only.'],
    ['{name: a, hostPath: {path: /a/../b}}', 'error $.hostPath.path: The path must not contain "..".'],
    [
      '{name: a, hostPath: {path: a}}',
      'warning $.hostPath.path: The path should begin with "/": the kubelet needs an absolute one.',
    ],
    ['{name: a, hostPath: {}}', 'error $.hostPath.path: A path of the node is needed.'],
    [
      '{name: a, persistentVolumeClaim: {}}',
      'error $.persistentVolumeClaim.claimName: The name of a PersistentVolumeClaim is needed.',
    ],
    ['{name: a, configMap: {name: ""}}', "error $.configMap.name: The ConfigMap's name is needed."],
    ['{name: a, secret: {}}', "error $.secret.secretName: The Secret's name is needed."],
    [
      '{name: a, secret: {secretName: s, defaultMode: 01000}}',
      'error $.secret.defaultMode: A file mode is between 0 and 0777 (octal).',
    ],
    [
      '{name: a, configMap: {name: c, items: [{key: k, path: /k}]}}',
      'error $.configMap.items[0].path: The file path must be relative to the mount.',
    ],
    ['{name: a, emptyDir: {sizeLimit: much}}', 'error $.emptyDir.sizeLimit: A size such as 500Mi is expected.'],
  ])('%s', (volume, finding) => {
    expect(withVolume(volume)).toEqual([finding.replace('$', VOLUME)]);
  });

  it('of a kind that the form does not make is left to the server', () => {
    expect(withVolume('{name: a, csi: {driver: x}}')).toEqual([]);
    expect(withVolume('{name: a}')).toEqual([]);
  });

  it('warns where a pod may write to what runs its node', () => {
    const writable = foundWith(['path: /var/log\n', 'path: /etc/\n'], ['              readOnly: true\n', '']);
    expect(writable).toEqual([
      'warning spec.template.spec.volumes[0].hostPath.path: /etc of the node is mounted so that the pod can write to it.',
    ]);
    expect(foundWith(['path: /var/log\n', 'path: /etc\n'])).toEqual([]);
  });
});

describe('the pod', () => {
  it.each([
    [
      'terminationGracePeriodSeconds: -1',
      'warning $.terminationGracePeriodSeconds: A negative grace period counts as 1 second.',
    ],
    [
      'hostNetwork: true\nsecurityContext: {sysctls: [{name: net.core.somaxconn, value: "1"}]}',
      'error $.securityContext.sysctls[0].name: With the network of the node this parameter cannot be set.',
    ],
    [
      'hostIPC: true\nsecurityContext: {sysctls: [{name: kernel/shmmax, value: "1"}]}',
      'error $.securityContext.sysctls[0].name: With the IPC namespace of the node this parameter cannot be set.',
    ],
    ['restartPolicy: Never', "error $.restartPolicy: A DaemonSet's pods restart always."],
    [
      'tolerations: [{operator: Equal}]',
      'error $.tolerations[0].operator: Without a key the operator must be Exists, which tolerates every taint.',
    ],
    [
      'tolerations: [{key: a, operator: Exists, value: b}]',
      'error $.tolerations[0].operator: With Exists there is no value.',
    ],
    [
      'tolerations: [{key: a, operator: Exists, effect: NoSchedule, tolerationSeconds: 3}]',
      'error $.tolerations[0].effect: Toleration seconds belong to the effect NoExecute.',
    ],
    ['{hostPID: true, shareProcessNamespace: true}', ''],
  ])('%s', (yaml, finding) => {
    const found = yaml.startsWith('{') ? inPod('hostPID: true\nshareProcessNamespace: true') : inPod(yaml);
    const expected =
      finding || 'error $.shareProcessNamespace: Pods that share the processes of their node cannot have this too.';
    expect(found).toEqual([expected.replace('$', 'spec.template.spec')]);
  });

  it('chooses nodes by labels', () => {
    expect(inPod('nodeSelector: {"a b": c}')[0]).toMatch(/^error spec\.template\.spec\.nodeSelector: "a b": name part/);
    expect(inPod('nodeSelector: {kubernetes.io/os: linux}')).toEqual([]);
  });
});
