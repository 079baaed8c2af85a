import { setTimeout as wait } from 'node:timers/promises';
import type { ApiReply, ApiUnderTest, Endpoint } from '../api-under-test.ts';
import { at, itemsAt, numberAt, textAt } from '../json-path.ts';
import { type Json, aDaemonSet } from '../manifest.ts';
import { WatchReader } from '../watch-reader.ts';
import { Anonymizer } from './anonymizer.ts';
import type { Plot } from './plot.ts';

/** JSON of an answer, without what differs from run to run. */
export type Answer = string | number | boolean | null | readonly Answer[] | { readonly [key: string]: Answer };

export const LAB_NAMESPACE = 'kubelet-lab';
const LIMIT_MS = 90_000;
const POLL_MS = 25;

/** One pod of the lab, and what is asked about it. */
export class LabPod {
  readonly api: ApiUnderTest;
  readonly name: string;
  readonly path: string;
  readonly anonymizer: Anonymizer;

  constructor(api: ApiUnderTest, pod: unknown) {
    this.api = api;
    this.name = textAt(pod, 'metadata.name');
    this.path = `/api/v1/namespaces/${LAB_NAMESPACE}/pods/${this.name}`;
    this.anonymizer = new Anonymizer(pod);
  }

  get(): Promise<ApiReply> {
    return this.api.send({ method: 'GET', path: this.path });
  }

  log(query = ''): Promise<ApiReply> {
    return this.api.send({ method: 'GET', path: `${this.path}/log${query === '' ? '' : `?${query}`}` });
  }

  /** Lines of the log, each without its line break. */
  async lines(query = ''): Promise<readonly string[]> {
    const { code, body } = await this.log(query);
    if (code !== 200 || typeof body !== 'string') throw new Error(`no log: ${code} ${JSON.stringify(body)}`);
    return body === '' ? [] : body.replace(/\n$/u, '').split('\n');
  }

  /** Lines of a followed log until it ends or the signal aborts. */
  follow(query: string, signal: AbortSignal): AsyncGenerator<string> {
    return this.api.lines(`${this.path}/log?follow=true&${query}`, signal);
  }

  /** What the kubelet or API server said to a request, in words that do not name this pod. */
  said({ code, body }: ApiReply): Answer {
    if (typeof body === 'string') return { code, body: this.anonymizer.text(body) };
    const causes = itemsAt(body, 'details.causes').map((cause): Answer => {
      return { field: textAt(cause, 'field'), message: this.anonymizer.text(textAt(cause, 'message')) };
    });
    const message = this.anonymizer.text(textAt(body, 'message'));
    return { code, reason: textAt(body, 'reason'), message, ...(causes.length === 0 ? {} : { causes }) };
  }

  /** Asks for the pod until the answer is yes. */
  async until(question: (pod: unknown) => boolean, what: string): Promise<unknown> {
    const deadline = performance.now() + LIMIT_MS;
    for (;;) {
      const { body } = await this.get();
      if (question(body)) return body;
      if (performance.now() > deadline) throw new Error(`${what} never came true of ${JSON.stringify(body)}`);
      await wait(POLL_MS);
    }
  }

  untilRunning(container = 'main'): Promise<unknown> {
    return this.until((pod) => at(stateOf(pod, container), 'running') !== undefined, `${container} runs`);
  }
}

/** A cluster, one of its nodes, and pods that are made there for one question. */
export class KubeletLab {
  readonly api: ApiUnderTest;
  /** For what is no plain request. */
  readonly endpoint: Endpoint;
  readonly #node: string;
  static #count = 0;
  readonly #standing = new Map<string, Promise<LabPod>>();

  constructor(api: ApiUnderTest, endpoint: Endpoint, node: string) {
    this.api = api;
    this.endpoint = endpoint;
    this.#node = node;
  }

  /** Makes a DaemonSet of one pod, and gives the pod when it is made. */
  async start(plot: Plot): Promise<LabPod> {
    KubeletLab.#count += 1;
    const name = `${plot.name}-${KubeletLab.#count}`;
    const pod: Json = {
      nodeSelector: { 'kubernetes.io/hostname': this.#node },
      terminationGracePeriodSeconds: 0,
      ...plot.pod,
    };
    const annotations = plot.demo === undefined ? {} : { annotations: { 'everynode.demo/behaviour': plot.demo } };
    const path = `/apis/apps/v1/namespaces/${LAB_NAMESPACE}/daemonsets`;
    const made = await this.api.send({ method: 'POST', path, body: aDaemonSet(name, { pod, ...annotations }) });
    if (made.code !== 201) throw new Error(`${name} was not made: ${JSON.stringify(made.body)}`);
    const selector = `/api/v1/namespaces/${LAB_NAMESPACE}/pods?labelSelector=app%3D${name}`;
    const deadline = performance.now() + LIMIT_MS;
    for (;;) {
      const [found] = itemsAt((await this.api.send({ method: 'GET', path: selector })).body, 'items');
      if (found !== undefined) return new LabPod(this.api, found);
      if (performance.now() > deadline) throw new Error(`${name} has no pod`);
      await wait(POLL_MS);
    }
  }

  /** The one pod of a plot that all questions share which change nothing; it runs already. */
  standing(plot: Plot, container = 'main'): Promise<LabPod> {
    const known = this.#standing.get(plot.name);
    if (known !== undefined) return known;
    const pod = this.start(plot).then(async (started) => {
      await started.untilRunning(container);
      return started;
    });
    this.#standing.set(plot.name, pod);
    return pod;
  }

  /** Follows a pod from its making on. */
  watch(pod: LabPod): WatchReader {
    const field = encodeURIComponent(`metadata.name=${pod.name}`);
    return new WatchReader(
      this.api,
      `/api/v1/namespaces/${LAB_NAMESPACE}/pods?watch=true&fieldSelector=${field}`,
      LIMIT_MS,
    );
  }
}

/** The status of a container, init containers included. */
export function statusOf(pod: unknown, container: string): unknown {
  return ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses']
    .flatMap((list) => itemsAt(pod, ['status', list]))
    .find((status) => textAt(status, 'name') === container);
}

export function stateOf(pod: unknown, container: string): unknown {
  return at(statusOf(pod, container), 'state');
}

/** A container state in one line: `running`, `waiting CrashLoopBackOff: back-off…`, `terminated Error 1`. */
export function stateText(state: unknown): string {
  const waiting = at(state, 'waiting');
  const terminated = at(state, 'terminated');
  if (at(state, 'running') !== undefined) return 'running';
  if (waiting !== undefined) {
    const message = textAt(waiting, 'message');
    return `waiting ${textAt(waiting, 'reason')}${message === '' ? '' : `: ${message}`}`;
  }
  if (terminated !== undefined) return `terminated ${textAt(terminated, 'reason')} ${numberAt(terminated, 'exitCode')}`;
  return 'none';
}

/** A cluster by its plain requests and by its address. */
export interface LabCluster {
  readonly api: ApiUnderTest;
  readonly endpoint: Endpoint;
}

/** Makes the lab's namespace, where it is not made yet, and picks a node that takes any pod. */
export async function openKubeletLab({ api, endpoint }: LabCluster): Promise<KubeletLab> {
  const body = { metadata: { name: LAB_NAMESPACE } };
  const made = await api.send({ method: 'POST', path: '/api/v1/namespaces', body });
  if (made.code !== 201 && made.code !== 409) throw new Error(`no namespace: ${JSON.stringify(made.body)}`);
  const nodes = itemsAt((await api.send({ method: 'GET', path: '/api/v1/nodes' })).body, 'items');
  const node = nodes.find((each) => itemsAt(each, 'spec.taints').length === 0);
  if (node === undefined) throw new Error('no node takes pods');
  return new KubeletLab(api, endpoint, textAt(node, 'metadata.name'));
}
