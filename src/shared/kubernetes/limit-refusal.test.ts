import { describe, expect, it } from 'vitest';
import { limitRefusals } from './limit-refusal.ts';

const podSpec = {
  initContainers: [{ name: 'setup', resources: { limits: { cpu: '3000m' } } }],
  containers: [
    { name: 'main', resources: { limits: { cpu: 3, memory: '2Gi' }, requests: { cpu: '1', memory: '512Mi' } } },
    { name: 'side', resources: { limits: { memory: '2Gi' }, requests: { memory: '1Gi' } } },
    { name: 'bare' },
  ],
};

const places = (message: string) =>
  limitRefusals(message, podSpec).map(({ paths, message: said }) => [
    said,
    ...paths.map((path) => path.replace('.resources', '')),
  ]);

describe('what LimitRanger says is about', () => {
  it.each<readonly [string, readonly string[]]>([
    ['maximum cpu usage per Container is 2, but request is 1', ['containers[0].requests.cpu']],
    ['maximum memory usage per Container is 256Mi, but request is 512Mi', ['containers[0].requests.memory']],
    // It is not written: it is the limit.
    ['maximum cpu usage per Container is 2, but request is 3', ['initContainers[0].limits.cpu']],
    // Nobody has written it: the LimitRange's default.
    [
      'minimum cpu usage per Container is 200m, but request is 50m',
      ['containers[1].requests.cpu', 'containers[2].requests.cpu'],
    ],
    ['minimum memory usage per Container is 1.5Gi, but request is 1Gi', ['containers[1].requests.memory']],
    [
      'maximum memory usage per Container is 1Gi.  No limit is specified',
      ['containers[2].limits.memory', 'initContainers[0].limits.memory'],
    ],
    [
      'minimum cpu usage per Container is 10m.  No request is specified',
      ['containers[1].requests.cpu', 'containers[2].requests.cpu'],
    ],
    ['cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000', ['containers[0].limits.cpu']],
    [
      'memory max limit to request ratio per Container is 1500m, but provided ratio is 2.000000',
      ['containers[1].limits.memory'],
    ],
    [
      'memory max limit to request ratio per Container is 2, but no limit is specified or limit is 0',
      ['containers[2].limits.memory', 'initContainers[0].limits.memory'],
    ],
    [
      'maximum memory usage per Pod is 3Gi, but limit is 4Gi',
      ['containers[0].limits.memory', 'containers[1].limits.memory'],
    ],
    [
      'maximum cpu usage per Pod is 3, but request is 4',
      ['containers[0].requests.cpu', 'initContainers[0].limits.cpu'],
    ],
    [
      'maximum example.com/gpu usage per Container is 1, but limit is 2',
      [
        'containers[0].limits.example.com/gpu',
        'containers[1].limits.example.com/gpu',
        'containers[2].limits.example.com/gpu',
        'initContainers[0].limits.example.com/gpu',
      ],
    ],
  ])('%s', (message, wanted) => {
    const [[, ...paths] = []] = places(message);
    expect(paths).toEqual(wanted);
  });

  it('names the containers where several have the same amount', () => {
    expect(
      places(
        'pods "a" is forbidden: [maximum cpu usage per Container is 2, but limit is 3, maximum memory usage per Container is 1Gi, but limit is 2Gi]',
      ),
    ).toEqual([
      [
        'maximum cpu usage per Container is 2, but limit is 3 (containers main and setup)',
        'containers[0].limits.cpu',
        'initContainers[0].limits.cpu',
      ],
      [
        'maximum memory usage per Container is 1Gi, but limit is 2Gi (containers main and side)',
        'containers[0].limits.memory',
        'containers[1].limits.memory',
      ],
    ]);
  });

  it('nothing that is known, in other words', () => {
    expect(places('maximum of something new')).toEqual([['maximum of something new']]);
  });
});
