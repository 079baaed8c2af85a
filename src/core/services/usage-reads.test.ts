import { afterEach, expect, it } from 'vitest';
import { ClusterFixture, type Said } from '../../../tests/fakes/cluster-fixture.ts';
import { statusBody } from '../../../tests/fakes/scripted-api-server.ts';
import { FakeClock } from '../../../tests/fakes/fake-clock.ts';
import { until } from '../../../tests/fakes/until.ts';
import { containerUsage, podUsage } from './usage-reads.ts';

const API = '/apis/metrics.k8s.io/v1beta1';
const TARGET = { contextName: 'test', namespace: 'logging', name: 'agent', uid: 'u-1' };
const DAEMON_SET = {
  metadata: { name: 'agent', namespace: 'logging', uid: 'u-1' },
  spec: { selector: { matchLabels: { app: 'agent' } } },
};
const figures = (name: string) => ({
  metadata: { name },
  timestamp: '2026-01-01T00:00:00Z',
  containers: [{ name: 'main', usage: { cpu: '10m', memory: '1Mi' } }],
});

let fixture: ClusterFixture;
afterEach(() => fixture.close());

it('asks for the pods that the selector chooses, again after 15 s, and leaves out others', async () => {
  const clock = new FakeClock();
  fixture = await ClusterFixture.open({ clock });
  const items = [figures('agent-aaaaa'), figures('other-aaaaa')];
  fixture.answer = ({ path }) => [200, path.startsWith(API) ? { items } : DAEMON_SET];
  const source = podUsage(fixture.cluster, TARGET);
  await until('the answer', () => source.read().state.phase === 'live');
  expect(source.read().value?.pods).toEqual([{ name: 'agent-aaaaa', cpu: 0.01, memory: 1024 ** 2 }]);
  const asked = () => fixture.sent.filter(({ path }) => path === `${API}/namespaces/logging/pods`);
  expect(asked().map(({ query }) => query.get('labelSelector'))).toEqual(['app=agent']);
  await clock.advance(15_000);
  await until('the answer', () => asked().length === 2);
  fixture.answer = () => [
    503,
    statusBody(503, 'ServiceUnavailable', 'the server is currently unable to handle the request'),
  ];
  await clock.advance(15_000);
  await until('the answer', () => source.read().state.phase === 'stale');
  expect(source.read().value?.pods).toHaveLength(1);
  source.release();
});

it.each([
  ['that there is no such API', [404, 'NotFound'], 'NotFound', undefined],
  [
    'which right is missing',
    [403, 'Forbidden'],
    'Forbidden',
    'You may not list pods.metrics.k8s.io in namespace logging.',
  ],
] as const)('says %s, and asks seldom', async (_, [code, reason], expected, message) => {
  const clock = new FakeClock();
  fixture = await ClusterFixture.open({ clock });
  fixture.answer = ({ path }): Said =>
    path.startsWith(API) ? [code, statusBody(code, reason, 'no')] : [200, DAEMON_SET];
  const source = podUsage(fixture.cluster, TARGET);
  await until('the answer', () => source.read().state.phase === 'failed');
  const { state } = source.read();
  const error = state.phase === 'failed' ? state.error : undefined;
  expect(error?.reason).toBe(expected);
  if (message !== undefined) expect(error?.message).toBe(message);
  const before = fixture.sent.length;
  await clock.advance(30_000);
  expect(fixture.sent).toHaveLength(before);
  source.release();
});

it('tells a pod without figures from a cluster without them', async () => {
  fixture = await ClusterFixture.open();
  const pod = { contextName: 'test', namespace: 'logging', name: 'agent-aaaaa' };
  fixture.answer = ({ path }) => (path === API ? [200, {}] : [404, statusBody(404, 'NotFound', 'no such pod')]);
  const young = containerUsage(fixture.cluster, pod);
  await until('the answer', () => young.read().state.phase === 'live');
  expect(young.read().value).toEqual({ time: 0, pods: [] });
  young.release();
  fixture.answer = () => [404, statusBody(404, 'NotFound', 'the server could not find the requested resource')];
  const none = containerUsage(fixture.cluster, pod);
  await until('the answer', () => none.read().state.phase === 'failed');
  expect(none.read().value).toBeUndefined();
  none.release();
});
