import type { ServerResponse } from 'node:http';
import {
  type LogInstance,
  findLogInstance,
  firstKeptLine,
  firstLineSince,
  lineAt,
  lineCount,
  nextLineAtMs,
} from '../kubelet/container-logs.ts';
import { keyOf } from '../store/collection.ts';
import { containerOf } from './container-of.ts';
import { type LogOptions, readLogOptions } from './log-options.ts';
import type { Answer, ApiContext, ApiRequest } from './request.ts';
import { RESOURCES } from './resources.ts';
import { badRequest, notFound } from './status-error.ts';

const CHUNK_LINES = 500;
const POLL_MS = 40;

/** Writes the lines of one life to one reader; a reader that does not read is waited for, and loses nothing. */
class LogWriter {
  readonly #context: ApiContext;
  readonly #response: ServerResponse;
  readonly #options: LogOptions;
  readonly #current: () => LogInstance | undefined;
  #instance: LogInstance;
  #next: number;
  #left: number;

  constructor(
    context: ApiContext,
    response: ServerResponse,
    options: LogOptions,
    instance: LogInstance,
    current: () => LogInstance | undefined,
  ) {
    this.#context = context;
    this.#response = response;
    this.#options = options;
    this.#instance = instance;
    this.#current = current;
    this.#left = options.limitBytes ?? Number.POSITIVE_INFINITY;
    const now = context.clock.now();
    const count = lineCount(instance, now);
    const sinceMs =
      options.sinceTimeMs ?? (options.sinceSeconds === undefined ? undefined : now - options.sinceSeconds * 1000);
    this.#next = Math.max(
      firstKeptLine(count),
      sinceMs === undefined ? 0 : firstLineSince(instance, sinceMs),
      options.tailLines === undefined ? 0 : count - options.tailLines,
    );
  }

  run(): void {
    const response = this.#response;
    if (response.destroyed || response.writableEnded) return;
    // The life may have ended meanwhile: then its last lines are known, and there will be no more.
    const current = this.#current();
    const ended = current?.containerId !== this.#instance.containerId || current.endsAtMs !== undefined;
    if (current?.containerId === this.#instance.containerId) this.#instance = current;
    const count = lineCount(this.#instance, this.#context.clock.now());
    while (this.#next < count && this.#left > 0) {
      const room = response.write(this.#chunk(Math.min(count, this.#next + CHUNK_LINES)));
      if (room) continue;
      response.once('drain', () => this.run());
      return;
    }
    if (this.#options.follow && !ended && this.#left > 0) this.#wait(count);
    else response.end();
  }

  #wait(count: number): void {
    const { clock, openStreams } = this.#context;
    const delayMs = Math.max(POLL_MS, Math.min(1_000, nextLineAtMs(this.#instance, count) - clock.now()));
    const stopWaiting = (): void => {
      timer.cancel();
      openStreams.delete(stopWaiting);
      this.#response.off('close', stopWaiting);
    };
    const timer = clock.setTimeout(() => {
      stopWaiting();
      this.run();
    }, delayMs);
    openStreams.add(stopWaiting);
    this.#response.once('close', stopWaiting);
  }

  #chunk(end: number): Buffer {
    let text = '';
    for (; this.#next < end; this.#next += 1) {
      const line = lineAt(this.#instance, this.#next);
      text += this.#options.timestamps ? `${line.timestamp} ${line.text}\n` : `${line.text}\n`;
    }
    const bytes = Buffer.from(text);
    const sent = bytes.length > this.#left ? bytes.subarray(0, this.#left) : bytes;
    this.#left -= sent.length;
    return sent;
  }
}

/** GET pods/log. A pod on no node has no log yet: 204. */
export function answerLog(context: ApiContext, request: ApiRequest, namespace: string, name: string): Answer {
  const key = keyOf(namespace, name);
  const pod = context.store.pods.get(key);
  if (pod === undefined) throw notFound(RESOURCES.pods, name);
  const options = readLogOptions(request.query, name);
  const container = containerOf(pod, options.container);
  const { response } = request;
  if (pod.spec.nodeName === undefined) {
    response.writeHead(204).end();
    return { kind: 'streamed' };
  }
  const found = findLogInstance(pod, container, options.previous);
  if ('refusal' in found) throw badRequest(found.refusal);
  const current = (): LogInstance | undefined => {
    const latest = context.store.pods.get(key);
    if (latest?.metadata.uid !== pod.metadata.uid) return undefined;
    // A life that ended while it was followed is the previous one by now.
    for (const previous of [options.previous, true]) {
      const instance = findLogInstance(latest, container, previous);
      if (!('refusal' in instance) && instance.containerId === found.containerId) return instance;
    }
    return undefined;
  };
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-cache, private' });
  response.flushHeaders();
  new LogWriter(context, response, options, found, current).run();
  return { kind: 'streamed' };
}
