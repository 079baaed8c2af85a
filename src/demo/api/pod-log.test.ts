import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { TestCluster, aManifest, at } from '../testing/api-client.ts';

const PODS = '/api/v1/namespaces/default/pods';
let cluster: TestCluster;

beforeEach(async () => {
  cluster = await TestCluster.start();
});

afterEach(async () => {
  await cluster.close();
  expect(cluster.clock.waiting).toBe(0);
});

/** Makes a DaemonSet, lets time pass, and gives the path of one of its pods. */
async function aPod(behaviour: string, waitMs: number, podSpec: JsonObject = {}): Promise<string> {
  const template = behaviour === '' ? {} : { annotations: { 'everynode.demo/behaviour': behaviour } };
  await cluster.send('POST', '/apis/apps/v1/namespaces/default/daemonsets', aManifest('agent', podSpec, {}, template));
  cluster.clock.advance(waitMs);
  const [pod] = await cluster.items(`${PODS}?labelSelector=app=agent`);
  return `${PODS}/${String(at(pod, 'metadata.name'))}`;
}

function lines(text: string): readonly string[] {
  return text === '' ? [] : text.trimEnd().split('\n');
}

describe('a log', () => {
  it('is the same whenever it is read, and only grows', async () => {
    const pod = await aPod('', 30_000);
    const first = await cluster.text(`${pod}/log?timestamps=true`);
    expect(await cluster.text(`${pod}/log?timestamps=true`)).toBe(first);
    cluster.clock.advance(30_000);
    const later = await cluster.text(`${pod}/log?timestamps=true`);
    expect(later.startsWith(first)).toBe(true);
    expect(later.length).toBeGreaterThan(first.length);
  });

  it('stamps each line with nanoseconds, rising', async () => {
    const pod = await aPod('', 60_000);
    const stamps = lines(await cluster.text(`${pod}/log?timestamps=true`)).map((line) => line.slice(0, 30));
    expect(stamps.length).toBeGreaterThan(10);
    for (const stamp of stamps) expect(stamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
    expect(stamps).toEqual([...stamps].sort());
  });

  it('can be cut by tailLines, sinceSeconds, sinceTime and limitBytes', async () => {
    const pod = await aPod('', 60_000);
    const all = lines(await cluster.text(`${pod}/log?timestamps=true`));
    expect(lines(await cluster.text(`${pod}/log?timestamps=true&tailLines=3`))).toEqual(all.slice(-3));
    expect(await cluster.text(`${pod}/log?tailLines=0`)).toBe('');
    const since = new Date(cluster.clock.now() - 10_000).toISOString();
    const recent = all.filter((line) => line >= since);
    expect(lines(await cluster.text(`${pod}/log?timestamps=true&sinceSeconds=10`))).toEqual(recent);
    expect(lines(await cluster.text(`${pod}/log?timestamps=true&sinceTime=${since}`))).toEqual(recent);
    expect(await cluster.text(`${pod}/log?limitBytes=100`)).toHaveLength(100);
  });

  it('follows: new lines come as they are written', async () => {
    const pod = await aPod('', 30_000);
    const response = await cluster.raw('GET', `${pod}/log?follow=true&tailLines=1`);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    cluster.clock.advance(10_000);
    const second = await reader?.read();
    const decoder = new TextDecoder();
    expect(lines(decoder.decode(first?.value))).toHaveLength(1);
    expect(lines(decoder.decode(second?.value)).length).toBeGreaterThan(0);
    await reader?.cancel();
  });

  it('follows to the end of the container’s life, with its last words', async () => {
    const pod = await aPod('crash-loop', 2_200);
    const response = await cluster.raw('GET', `${pod}/log?follow=true`);
    cluster.clock.advance(20_000);
    const text = await response.text();
    expect(text).toContain('giving up, exit code 1');
  });

  it('of a crashed container is its last life’s, and the previous one is asked for', async () => {
    const pod = await aPod('crash-loop', 12_000);
    const last = await cluster.text(`${pod}/log`);
    expect(last).toContain('giving up, exit code 1');
    expect(await cluster.text(`${pod}/log?previous=true`)).toBe(last);
  });

  it('of a flood has hundreds of lines a second', async () => {
    const pod = await aPod('log-flood', 10_000);
    expect(lines(await cluster.text(`${pod}/log?sinceSeconds=2`)).length).toBeGreaterThan(300);
  });

  it('of a pod on no node is 204 and empty', async () => {
    const pod = await aPod('', 10_000, {
      containers: [{ name: 'main', image: 'a:1', resources: { requests: { memory: '900Gi' } } }],
    });
    const response = await cluster.raw('GET', `${pod}/log`);
    expect([response.status, await response.text()]).toEqual([204, '']);
  });
});

describe('a log that cannot be had is refused in the kubelet’s words', () => {
  it('while the container waits to start', async () => {
    const pod = await aPod('image-pull-failure', 400);
    const name = pod.split('/').at(-1);
    const early = await cluster.send('GET', `${pod}/log`);
    expect([early.code, early.body['message']]).toEqual([
      400,
      `container "main" in pod "${name}" is waiting to start: ContainerCreating`,
    ]);
    cluster.clock.advance(2_700);
    const later = await cluster.send('GET', `${pod}/log`);
    expect(later.body['message']).toBe(
      `container "main" in pod "${name}" is waiting to start: trying and failing to pull image`,
    );
  });

  it('when there was no previous life', async () => {
    const pod = await aPod('', 10_000);
    const reply = await cluster.send('GET', `${pod}/log?previous=true`);
    expect([reply.code, reply.body['message']]).toEqual([
      400,
      `previous terminated container "main" in pod "${pod.split('/').at(-1)}" not found`,
    ]);
  });

  it('when the container is not named, or does not exist', async () => {
    const pod = await aPod('', 10_000, {
      containers: [
        { name: 'one', image: 'a:1' },
        { name: 'two', image: 'b:1' },
      ],
      initContainers: [{ name: 'first', image: 'c:1' }],
    });
    const name = pod.split('/').at(-1);
    const unnamed = await cluster.send('GET', `${pod}/log`);
    expect(unnamed.body['message']).toBe(
      `a container name must be specified for pod ${name}, choose one of: [first one two]`,
    );
    const unknown = await cluster.send('GET', `${pod}/log?container=three`);
    expect(unknown.body['message']).toBe(`container three is not valid for pod ${name}`);
    expect(await cluster.text(`${pod}/log?container=first`)).toContain('first: starting');
  });

  it.each([
    ['tailLines=-1', 422],
    ['tailLines=many', 400],
    ['limitBytes=0', 422],
    ['sinceSeconds=0', 422],
    ['sinceSeconds=5&sinceTime=2026-01-01T00:00:00Z', 422],
    ['sinceTime=yesterday', 400],
    ['sinceTime=2026-01-01', 400],
    ['stream=Stdout', 422],
  ])('for %s: %i', async (query, code) => {
    const pod = await aPod('', 10_000);
    expect((await cluster.send('GET', `${pod}/log?${query}`)).code).toBe(code);
  });
});
