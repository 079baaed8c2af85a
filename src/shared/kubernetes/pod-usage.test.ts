import { describe, expect, it } from 'vitest';
import { containerSample, isPodNameOf, usageBounds, usageSample } from './pod-usage.ts';

const metrics = (name: string, timestamp: string, ...usage: readonly object[]) => ({
  metadata: { name },
  timestamp,
  containers: usage.map((each, index) => ({ name: `c${index}`, usage: each })),
});

describe('what metrics.k8s.io says', () => {
  it('is summed by pod, at the newest time', () => {
    const items = [
      metrics('a', '2026-01-01T00:00:15Z', { cpu: '250m', memory: '10Mi' }, { cpu: '123456789n', memory: '1Ki' }),
      metrics('b', '2026-01-01T00:00:30Z', { cpu: '1', memory: '1Gi' }),
    ];
    const sample = usageSample({ items });
    expect(sample.time).toBe(Date.parse('2026-01-01T00:00:30Z'));
    expect(sample.pods).toEqual([
      { name: 'a', cpu: 0.373456789, memory: 10 * 1024 ** 2 + 1024 },
      { name: 'b', cpu: 1, memory: 1024 ** 3 },
    ]);
  });

  it('is nothing for an odd object, and by container for one pod', () => {
    expect(usageSample({ items: 'odd' })).toEqual({ time: 0, pods: [] });
    expect(containerSample({})).toEqual({ time: 0, pods: [] });
    const one = metrics('a', '2026-01-01T00:00:00Z', { cpu: '5m', memory: 'odd' });
    expect(containerSample(one).pods).toEqual([{ name: 'c0', cpu: 0.005, memory: 0 }]);
  });
});

it('a pod is known by the name that the controller gives it', () => {
  const long = 'x'.repeat(63);
  expect(isPodNameOf('agent', 'agent-x7k2p')).toBe(true);
  expect(isPodNameOf('agent', 'agent-more-x7k2p')).toBe(false);
  expect(isPodNameOf('agent', 'agent')).toBe(false);
  expect(isPodNameOf(long, `${'x'.repeat(58)}x7k2p`)).toBe(true);
});

describe('requests and limits of a pod', () => {
  const container = (requests: object, limits: object = {}) => ({ resources: { requests, limits } });
  const cases: readonly (readonly [string, object, object])[] = [
    ['none', { containers: [{}] }, {}],
    [
      'a sum',
      { containers: [container({ cpu: '100m' }, { cpu: 1 }), container({ cpu: '0.2' }, { cpu: '500m' })] },
      { request: 0.3, limit: 1.5 },
    ],
    [
      'no limit where one has none',
      { containers: [container({ cpu: '1' }, { cpu: '1' }), container({})] },
      { request: 1 },
    ],
    [
      'sidecars, and no other init container',
      {
        containers: [container({ cpu: '1' })],
        initContainers: [container({ cpu: '7' }), { ...container({ cpu: '2' }), restartPolicy: 'Always' }],
      },
      { request: 3 },
    ],
    [
      'those of the pod itself',
      { resources: { requests: { cpu: '4' } }, containers: [container({ cpu: '1' })] },
      { request: 4 },
    ],
  ];
  it.each(cases)('are %s', (_, spec, expected) => {
    const { request, limit } = usageBounds({ ...spec }, 'cpu');
    const rounded = (value: number | undefined) => value && Math.round(value * 1000) / 1000;
    expect({ request: rounded(request), limit: rounded(limit) }).toEqual({
      request: undefined,
      limit: undefined,
      ...expected,
    });
  });
});
