import { describe, expect, it } from 'vitest';
import { inTemplate, podRefusals } from './pod-refusal.ts';

const podSpec = {
  initContainers: [{ name: 'setup', resources: { limits: { cpu: '3000m' } } }],
  containers: [
    { name: 'main', resources: { limits: { cpu: '3' }, requests: { cpu: '3' } } },
    { name: 'side', resources: { limits: { memory: '2Gi' } } },
  ],
  volumes: [{ name: 'tmp' }, { name: 'host' }],
};

const places = (message: string, causes?: readonly { readonly path: string; readonly message: string }[]) =>
  podRefusals({ reason: 'Forbidden', message, ...(causes ? { causes } : {}) }, podSpec).map(
    ({ by, path }) => `${by} ${path.replace('spec.template.spec.', '')}`,
  );

describe('a refused pod', () => {
  it('by validation has its causes on the template’s fields', () => {
    const causes = [
      { path: 'spec.containers[0].image', message: 'Required value' },
      { path: 'metadata.labels', message: 'Invalid value' },
    ];
    expect(podRefusals({ reason: 'Invalid', message: 'x', causes }, podSpec)).toEqual([
      { by: 'API', path: 'spec.template.spec.containers[0].image', message: 'Required value' },
      { by: 'API', path: 'spec.template.metadata.labels', message: 'Invalid value' },
    ]);
  });

  it('by decoding has its unknown fields on the template’s', () => {
    expect(places('strict decoding error: unknown field "spec.foo"')).toEqual(['API foo']);
  });

  it.each<readonly [string, readonly string[]]>([
    [
      'pods "a" is forbidden: violates PodSecurity "restricted:latest": privileged (containers "setup", "main" must not set securityContext.privileged=true), host namespaces (hostNetwork=true, hostIPC=true), restricted volume types (volume "host" uses restricted volume type "hostPath"), unrestricted capabilities (container "side" must set securityContext.capabilities.drop=["ALL"])',
      [
        'PodSecurity initContainers[0].securityContext.privileged',
        'PodSecurity containers[0].securityContext.privileged',
        'PodSecurity hostNetwork',
        'PodSecurity hostIPC',
        'PodSecurity volumes[1]',
        'PodSecurity containers[1].securityContext.capabilities.drop',
      ],
    ],
    [
      'violates PodSecurity "baseline:v1.37": hostPort (containers "main", "side" use hostPorts 80, 443)',
      ['PodSecurity containers[0].ports', 'PodSecurity containers[1].ports'],
    ],
    [
      'violates PodSecurity "restricted:latest": runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false), something new',
      ['PodSecurity securityContext.runAsNonRoot', 'PodSecurity spec.template.spec'],
    ],
    ['violates PodSecurity "restricted:latest": forbidden sysctls (kernel.msgmax)', ['PodSecurity spec.template.spec']],
    [
      'pods "a" is forbidden: exceeded quota: few, requested: limits.cpu=4,requests.cpu=3, used: limits.cpu=0,requests.cpu=0, limited: limits.cpu=1,requests.cpu=1',
      [
        'ResourceQuota containers[0].resources.limits.cpu',
        'ResourceQuota initContainers[0].resources.limits.cpu',
        'ResourceQuota containers[0].resources.requests.cpu',
      ],
    ],
    ['exceeded quota: few, requested: pods=1, used: pods=5, limited: pods=5', ['ResourceQuota spec.template.spec']],
    [
      'exceeded quota: few, requested: cpu=3, used: cpu=0, limited: cpu=1',
      ['ResourceQuota containers[0].resources.requests.cpu'],
    ],
    [
      'failed quota: few: must specify limits.cpu for: side,setup; requests.memory for: main',
      [
        'ResourceQuota containers[1].resources.limits.cpu',
        'ResourceQuota initContainers[0].resources.limits.cpu',
        'ResourceQuota containers[0].resources.requests.memory',
      ],
    ],
    [
      'pods "a" is forbidden: [maximum cpu usage per Container is 2, but limit is 3, maximum memory usage per Container is 1Gi, but limit is 2Gi]',
      [
        'LimitRange containers[0].resources.limits.cpu',
        'LimitRange initContainers[0].resources.limits.cpu',
        'LimitRange containers[1].resources.limits.memory',
      ],
    ],
    [
      'minimum cpu usage per Container is 10m.  No request is specified',
      ['LimitRange containers[1].resources.requests.cpu'],
    ],
    [
      'maximum cpu usage per Pod is 2, but limit is 7',
      ['LimitRange containers[0].resources.limits.cpu', 'LimitRange initContainers[0].resources.limits.cpu'],
    ],
    ['maximum storage usage per Pod is 2, but limit is 7', ['LimitRange spec.template.spec']],
    [
      'cpu max limit to request ratio per Container is 2, but provided ratio is 4.000000',
      ['LimitRange spec.template.spec'],
    ],
    ['pods "a" is forbidden: no PriorityClass with name high was found', ['PriorityClass priorityClassName']],
    ['the integer value of priority (5) must not be provided in pod spec', ['PriorityClass priority']],
    ['error looking up service account a/b: serviceaccount "b" not found', ['ServiceAccount serviceAccountName']],
    ['pod rejected: RuntimeClass "x" not found', ['RuntimeClass runtimeClassName']],
    ['admission webhook "a.b" denied the request: violates PodSecurity "x": y', ['webhook spec.template.spec']],
    ['Internal error occurred: failed calling webhook "a.b": timeout', ['webhook spec.template.spec']],
    ['something that nobody knows', ['other spec.template.spec']],
  ])('%s', (message, wanted) => {
    expect(places(message)).toEqual(wanted);
  });

  it('keeps the server’s words of each finding', () => {
    const message =
      'violates PodSecurity "baseline:latest": privileged (container "main" must not set securityContext.privileged=true), host namespaces (hostPID=true)';
    expect(podRefusals({ reason: 'Forbidden', message }, podSpec).map((refusal) => refusal.message)).toEqual([
      'privileged (container "main" must not set securityContext.privileged=true)',
      'host namespaces (hostPID=true)',
    ]);
  });
});

describe('a pod’s path in the template', () => {
  it.each([
    ['spec.volumes[0]', 'spec.template.spec.volumes[0]'],
    ['spec', 'spec.template.spec'],
    ['metadata.labels[a]', 'spec.template.metadata.labels[a]'],
    ['', 'spec.template.spec'],
    ['specimen', 'specimen'],
  ])('of %j is %j', (pod, template) => {
    expect(inTemplate(pod)).toBe(template);
  });
});
