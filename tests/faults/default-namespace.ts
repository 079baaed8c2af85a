import { asObject, type JsonObject, objectAt, objectsAt, textAt } from '../../src/shared/kubernetes/json-fields.ts';
import { aDaemonSet, type Parts } from '../conformance/manifest.ts';
import type { FaultyCluster } from './faulty-cluster.ts';

export const NAMESPACE = 'default';
export const DAEMONSETS = `/apis/apps/v1/namespaces/${NAMESPACE}/daemonsets`;
export const PODS = `/api/v1/namespaces/${NAMESPACE}/pods`;
/** Ten minutes of the cluster's time. */
const LIMIT_MS = 600_000;
const TICK_MS = 250;

/** The namespace `default` of a cluster, changed without any fault between. */
export class DefaultNamespace {
  readonly #cluster: FaultyCluster;
  #changes = 0;

  constructor(cluster: FaultyCluster) {
    this.#cluster = cluster;
  }

  /** Deletes every DaemonSet and waits for the end of its pods. */
  async empty(): Promise<void> {
    const names = (await this.#list(DAEMONSETS)).map(nameOf);
    for (const name of names) await this.delete(name);
    for (let waited = 0; waited < LIMIT_MS; waited += TICK_MS) {
      const left = [...(await this.#list(DAEMONSETS)), ...(await this.#list(PODS))];
      if (left.length === 0) return;
      await this.#cluster.pass(TICK_MS);
    }
    throw new Error('the pods of the last schedule do not end');
  }

  /** Creates the DaemonSet, or changes its template. Answers its uid. */
  async write(name: string, parts: Parts = {}): Promise<string> {
    const made = await this.#send('POST', DAEMONSETS, aDaemonSet(name, parts), [201, 409]);
    if (made.code === 201) return textAt(objectAt(asObject(made.body), 'metadata'), 'uid') ?? '';
    const annotations = { 'everynode.test/change': String((this.#changes += 1)) };
    const { body } = await this.#patch(name, { spec: { template: { metadata: { annotations } } } });
    return textAt(objectAt(asObject(body), 'metadata'), 'uid') ?? '';
  }

  /** Changes nothing of its pods. */
  async annotate(name: string, annotations: JsonObject = {}): Promise<void> {
    const change = { 'everynode.test/change': String((this.#changes += 1)) };
    await this.#patch(name, { metadata: { annotations: { ...change, ...annotations } } });
  }

  async delete(name: string): Promise<void> {
    await this.#send('DELETE', `${DAEMONSETS}/${name}`, undefined, [200, 404]);
  }

  /** The first pod of a DaemonSet, if there is one. */
  async deletePodOf(uid: string): Promise<void> {
    const pod = await this.#podOf(uid);
    if (pod) await this.#send('DELETE', `${PODS}/${nameOf(pod)}`, undefined, [200, 404]);
  }

  /** The name of the first pod of a DaemonSet that runs. */
  async runningPodOf(uid: string): Promise<string | undefined> {
    const pod = await this.#podOf(uid);
    const isRunning = pod && textAt(objectAt(pod, 'status'), 'phase') === 'Running';
    return isRunning ? nameOf(pod) : undefined;
  }

  /** The whole log of a pod so far, straight from the server, with timestamps. */
  async logOf(pod: string): Promise<string> {
    const { body } = await this.#send('GET', `${PODS}/${pod}/log?timestamps=true`, undefined, [200]);
    return String(body);
  }

  async #podOf(uid: string): Promise<JsonObject | undefined> {
    return (await this.#list(PODS)).find((item) => isOwnedBy(item, uid));
  }

  async #list(path: string): Promise<readonly JsonObject[]> {
    const { body } = await this.#send('GET', path, undefined, [200]);
    return objectsAt(asObject(body), 'items');
  }

  #patch(name: string, body: JsonObject) {
    return this.#send('PATCH', `${DAEMONSETS}/${name}`, body, [200], 'application/merge-patch+json');
  }

  async #send(method: string, path: string, body: unknown, expected: readonly number[], type = 'application/json') {
    const answer = await this.#cluster.api.send({ method, path, body, type });
    if (!expected.includes(answer.code)) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }
}

export function isOwnedBy(item: JsonObject, uid: string): boolean {
  return objectsAt(objectAt(item, 'metadata'), 'ownerReferences').some((owner) => textAt(owner, 'uid') === uid);
}

function nameOf(item: JsonObject): string {
  return textAt(objectAt(item, 'metadata'), 'name') ?? '';
}
