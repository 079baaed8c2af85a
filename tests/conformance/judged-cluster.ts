import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ApiReply, ApiUnderTest, LimitedUser } from './api-under-test.ts';
import { at, itemsAt, names, numberAt, textAt } from './json-path.ts';
import { type Json, RING } from './manifest.ts';
import { WatchReader } from './watch-reader.ts';

export const PATCH = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;

export const NAMESPACE = 'conformance';
export const RING_SIZE = 4;
const LIMIT_MS = 30_000;
const POLL_MS = 25;

/** A cluster with a namespace of the suite's own and a ring of four labelled workers, and what the cases ask of it. */
export class JudgedCluster {
  readonly api: ApiUnderTest;
  /** Names of the ring's nodes. */
  readonly ring: readonly string[];
  readonly #limitMs: number;
  #count = 0;

  constructor(api: ApiUnderTest, ring: readonly string[], limitMs: number) {
    this.api = api;
    this.ring = ring;
    this.#limitMs = limitMs;
  }

  /** The same cluster by another way to it. */
  over(api: ApiUnderTest): JudgedCluster {
    return new JudgedCluster(api, this.ring, this.#limitMs);
  }

  /** A name that no case had before. */
  name(what: string): string {
    this.#count += 1;
    return `${what}-${this.#count}`;
  }

  /** Path of DaemonSets, or of one. */
  sets(name = '', query = ''): string {
    return `/apis/apps/v1/namespaces/${NAMESPACE}/daemonsets${name === '' ? '' : `/${name}`}${query}`;
  }

  send(method: string, path: string, body?: unknown, type?: string): Promise<ApiReply> {
    return this.api.send({
      method,
      path,
      ...(body === undefined ? {} : { body }),
      ...(type === undefined ? {} : { type }),
    });
  }

  sendAs(user: LimitedUser, method: string, path: string, body?: unknown): Promise<ApiReply> {
    return this.api.as(user).send({ method, path, ...(body === undefined ? {} : { body }) });
  }

  /** The body of an answer that must be a success. */
  async ok(method: string, path: string, body?: unknown, type?: string): Promise<unknown> {
    const reply = await this.send(method, path, body, type);
    expect(reply.code, `${method} ${path}: ${JSON.stringify(reply.body).slice(0, 500)}`).toBeLessThan(300);
    return reply.body;
  }

  get(path: string): Promise<unknown> {
    return this.ok('GET', path);
  }

  async items(path: string): Promise<readonly unknown[]> {
    return itemsAt(await this.get(path), 'items');
  }

  create(manifest: Json): Promise<unknown> {
    return this.ok('POST', this.sets(), manifest);
  }

  set(name: string): Promise<unknown> {
    return this.get(this.sets(name));
  }

  patch(name: string, patch: unknown, type: string = PATCH.merge): Promise<unknown> {
    return this.ok('PATCH', this.sets(name), patch, type);
  }

  /** Gives the only container another image, which makes a new revision. */
  setImage(name: string, image: string): Promise<unknown> {
    return this.patch(
      name,
      { spec: { template: { spec: { containers: [{ name: 'main', image }] } } } },
      PATCH.strategic,
    );
  }

  /** Pods of a DaemonSet that are not on their way out. */
  async pods(name: string): Promise<readonly unknown[]> {
    const pods = await this.items(`/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=app%3D${name}`);
    return pods.filter((pod) => at(pod, 'metadata.deletionTimestamp') === undefined);
  }

  /** ControllerRevisions of a DaemonSet by their number. */
  async revisions(name: string): Promise<readonly unknown[]> {
    const all = await this.items(
      `/apis/apps/v1/namespaces/${NAMESPACE}/controllerrevisions?labelSelector=app%3D${name}`,
    );
    return all.toSorted((a, b) => numberAt(a, 'revision') - numberAt(b, 'revision'));
  }

  /** Asks until the answer is yes; fails after the cluster's limit with what was seen last. */
  async until<T>(read: () => Promise<T>, question: (value: T) => boolean, what: string): Promise<T> {
    const deadline = performance.now() + this.#limitMs;
    for (;;) {
      const value = await read();
      if (question(value)) return value;
      if (performance.now() > deadline)
        throw new Error(`never came true: ${what}; last ${JSON.stringify(value).slice(0, 2_000)}`);
      await wait(POLL_MS);
    }
  }

  /** Waits until the controller has seen the DaemonSet as it is and its status is as asked. */
  untilStatus(name: string, wanted: Readonly<Record<string, number>>): Promise<unknown> {
    const question = (set: unknown): boolean =>
      numberAt(set, 'status.observedGeneration') === numberAt(set, 'metadata.generation') &&
      Object.entries(wanted).every(([field, value]) => numberAt(set, ['status', field]) === value);
    return this.until(() => this.set(name), question, `${name} has ${JSON.stringify(wanted)}`);
  }

  untilRolledOut(name: string, desired: number = RING_SIZE): Promise<unknown> {
    return this.untilStatus(name, {
      desiredNumberScheduled: desired,
      currentNumberScheduled: desired,
      updatedNumberScheduled: desired,
      numberAvailable: desired,
      numberReady: desired,
    });
  }

  /** Deletes a DaemonSet and waits until its pods are gone. */
  async remove(name: string): Promise<void> {
    await this.ok('DELETE', this.sets(name));
    const pods = `/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=app%3D${name}`;
    await this.until(
      () => this.items(pods),
      (left) => left.length === 0,
      `the pods of ${name} are gone`,
    );
  }

  watch(path: string): WatchReader {
    return new WatchReader(this.api, path, this.#limitMs);
  }
}

/** Makes the suite's namespace and its ring of workers without taints. */
export async function prepareCluster(api: ApiUnderTest, limitMs: number = LIMIT_MS): Promise<JudgedCluster> {
  const cluster = new JudgedCluster(api, [], limitMs);
  await cluster.ok('POST', '/api/v1/namespaces', { metadata: { name: NAMESPACE } });
  const resources = itemsAt(await cluster.get('/api/v1'), 'resources');
  if (resources.some((resource) => textAt(resource, 'name') === 'serviceaccounts')) {
    // Pods are refused until the controller manager has made it.
    const account = `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/default`;
    await cluster.until(
      () => cluster.send('GET', account),
      ({ code }) => code === 200,
      'the service account is there',
    );
  }
  const nodes = await cluster.items('/api/v1/nodes');
  const ring = names(nodes.filter((node) => itemsAt(node, 'spec.taints').length === 0)).slice(0, RING_SIZE);
  expect(ring).toHaveLength(RING_SIZE);
  for (const node of ring) {
    await cluster.ok('PATCH', `/api/v1/nodes/${node}`, { metadata: { labels: { [RING]: 'yes' } } }, PATCH.merge);
  }
  return new JudgedCluster(api, ring, limitMs);
}
