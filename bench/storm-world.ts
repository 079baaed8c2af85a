import { FIRST_READY, podObject, type StormPod } from './storm-pod.ts';

/** The pods of the storm server, and the events that change them. */
export class StormWorld {
  readonly #pods: StormPod[];
  #version = 1000;
  #at = 0;

  constructor(count: number) {
    this.#pods = Array.from({ length: count }, (_, index) => this.#made(index, 0));
  }

  get version(): string {
    return String(this.#version);
  }

  get pods(): readonly StormPod[] {
    return this.#pods;
  }

  /** What a watch from this version is told first: pods that were changed or made since. */
  since(version: string): string {
    const changed = this.#pods.filter(({ resourceVersion }) => Number(resourceVersion) > Number(version));
    return changed.map((pod) => line('MODIFIED', pod)).join('');
  }

  /** The lines of a watch for the next `count` changes, over all pods in turn. */
  modify(count: number, now: Date): string {
    let lines = '';
    for (let event = 0; event < count; event++) {
      const index = this.#at++ % this.#pods.length;
      const old = this.#podAt(index);
      const pod = { ...old, resourceVersion: this.#next(), restarts: old.restarts + 1, sentAt: now.toISOString() };
      this.#pods[index] = pod;
      lines += line('MODIFIED', pod);
    }
    return lines;
  }

  /** As `modify`, but each change ends a pod and makes another in its place: two events. */
  replace(count: number): string {
    let lines = '';
    for (let event = 0; event < count; event++) {
      const turn = this.#at++;
      const index = turn % this.#pods.length;
      lines += line('DELETED', { ...this.#podAt(index), resourceVersion: this.#next() });
      const pod = this.#made(index, turn + 1);
      this.#pods[index] = pod;
      lines += line('ADDED', pod);
    }
    return lines;
  }

  #podAt(index: number): StormPod {
    const pod = this.#pods[index];
    if (pod === undefined) throw new Error(`no pod ${index}`);
    return pod;
  }

  #made(index: number, turn: number): StormPod {
    const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
    return {
      uid: `${hex(index, 8)}-0000-4000-8000-${hex(turn, 12)}`,
      name: `everywhere-${hex(index, 5)}${hex(turn, 6)}`,
      node: `node-${String(index).padStart(5, '0')}`,
      resourceVersion: this.#next(),
      restarts: 0,
      sentAt: FIRST_READY,
    };
  }

  #next(): string {
    return String(++this.#version);
  }
}

function line(type: string, pod: StormPod): string {
  return `${JSON.stringify({ type, object: podObject(pod) })}\n`;
}
