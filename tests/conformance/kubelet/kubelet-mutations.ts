import type { ApiReply, ApiRequest, ApiUnderTest } from '../api-under-test.ts';

/** A kubelet that does one thing wrong, and the question that is to find it out. */
export interface KubeletMutation {
  readonly what: string;
  /** Key of the record. */
  readonly by: string;
  readonly request?: (request: ApiRequest) => ApiRequest;
  readonly reply?: (reply: ApiReply, request: ApiRequest) => ApiReply;
  /** Lines of a followed log and events of a watch; undefined ends the stream. */
  readonly line?: (line: string, index: number) => string | undefined;
}

/** The same API by way of the mutation. */
export function mutatedKubelet(api: ApiUnderTest, mutation: KubeletMutation): ApiUnderTest {
  const { request: ask = same, reply: answer = same, line: falsify = same } = mutation;
  return {
    as: (user) => api.as(user),
    send: async (request) => answer(await api.send(ask(request)), request),
    lines: async function* lines(path, signal) {
      let index = 0;
      for await (const line of api.lines(ask({ method: 'GET', path }).path, signal)) {
        const falsified = falsify(line, index);
        index += 1;
        if (falsified === undefined) return;
        yield falsified;
      }
    },
    [Symbol.asyncDispose]: () => api[Symbol.asyncDispose](),
  };
}

function same<T>(value: T): T {
  return value;
}

const without =
  (...names: readonly string[]) =>
  (request: ApiRequest): ApiRequest => {
    const [path = '', query] = request.path.split('?');
    if (query === undefined || !path.endsWith('/log')) return request;
    const parameters = new URLSearchParams(query);
    for (const name of names) parameters.delete(name);
    return { ...request, path: `${path}?${parameters}` };
  };

/** Replaces text wherever an answer's body has it. */
const words =
  (from: RegExp | string, to: string) =>
  (reply: ApiReply): ApiReply => {
    if (typeof reply.body === 'string') return { ...reply, body: reply.body.replaceAll(from, to) };
    return { ...reply, body: JSON.parse(JSON.stringify(reply.body).replaceAll(from, to)) as unknown };
  };

const inEvents =
  (from: RegExp | string, to: string) =>
  (line: string): string =>
    line.startsWith('{"type"') ? line.replaceAll(from, to) : line;

const code =
  (from: number, to: number) =>
  (reply: ApiReply): ApiReply =>
    reply.code === from ? { ...reply, code: to } : reply;

const STEADY = 'the log: ';
const CRASH = 'a container: that crashes again and again';
const UNMOUNTED = 'a container: whose ConfigMap is not there';

export const KUBELET_MUTATIONS: readonly KubeletMutation[] = [
  { what: 'ignores tailLines', by: `${STEADY}tailLines`, request: without('tailLines') },
  { what: 'ignores limitBytes', by: `${STEADY}limitBytes`, request: without('limitBytes') },
  {
    what: 'counts limitBytes without the last byte',
    by: `${STEADY}limitBytes`,
    reply: (reply, { path }) =>
      path.includes('limitBytes') && typeof reply.body === 'string'
        ? { ...reply, body: reply.body.slice(0, -1) }
        : reply,
  },
  { what: 'ignores sinceTime', by: `${STEADY}sinceTime`, request: without('sinceTime') },
  {
    what: 'takes sinceTime to the nanosecond',
    by: `${STEADY}sinceTime`,
    reply: (reply, { path }) => {
      const since = /sinceTime=(?<stamp>\d{4}[^&]*\.\d+Z)/u.exec(path)?.groups?.['stamp'];
      if (since === undefined || typeof reply.body !== 'string') return reply;
      return {
        ...reply,
        body: reply.body
          .split('\n')
          .filter((line) => line === '' || line >= since)
          .join('\n'),
      };
    },
  },
  {
    what: 'stamps lines to the millisecond',
    by: `${STEADY}a line with its timestamp`,
    reply: words(/(?<short>T\d\d:\d\d:\d\d\.\d{3})\d{6}Z/gu, '$<short>Z'),
  },
  { what: 'stamps no line', by: `${STEADY}a line with its timestamp`, request: without('timestamps') },
  { what: 'ignores previous', by: `${STEADY}?previous=true`, request: without('previous') },
  { what: 'ignores the container', by: `${STEADY}?container=absent`, request: without('container') },
  { what: 'takes a stream', by: `${STEADY}?stream=All`, request: without('stream') },
  {
    what: 'takes sinceTime beside sinceSeconds',
    by: `${STEADY}?sinceSeconds=5&sinceTime=2026-01-01T00:00:00Z`,
    request: without('sinceTime'),
  },
  {
    what: 'ends a followed log that goes on',
    by: `${STEADY}follow brings lines as they are written`,
    line: (line, index) => (index < 2 ? line : undefined),
  },
  {
    what: 'names only the containers to choose from, not the init containers',
    by: `${STEADY}of a pod of several containers, none named`,
    reply: words('[first one two]', '[one two]'),
  },
  {
    what: 'answers 200 for the log of a pod on no node',
    by: 'a container: of a pod on no node has no log yet',
    reply: code(204, 200),
  },
  { what: 'answers 500 while a container waits', by: UNMOUNTED, reply: code(400, 500) },
  { what: 'does not say what a container waits for', by: UNMOUNTED, reply: words(': ContainerCreating', '') },
  {
    what: 'has a sandbox before its volumes are mounted',
    by: UNMOUNTED,
    reply: words('"PodReadyToStartContainers","status":"False"', '"PodReadyToStartContainers","status":"True"'),
  },
  {
    what: 'says that an image which may not be pulled is being pulled',
    by: 'a container: whose image is not there and may not be fetched',
    reply: words('is waiting to start: ErrImageNeverPull', 'is waiting to start: trying and failing to pull image'),
  },
  { what: 'is not ready while a crashing container runs', by: CRASH, line: inEvents('"ready":true', '"ready":false') },
  { what: 'does not wait longer from crash to crash', by: CRASH, line: inEvents('back-off 20s', 'back-off 10s') },
  { what: 'forgets the exit code', by: CRASH, line: inEvents('"exitCode":1', '"exitCode":0') },
  {
    what: 'does not say that memory was the cause',
    by: 'a container: that takes more memory than it may',
    line: inEvents('OOMKilled', 'Error'),
  },
  {
    what: 'gives the present log for the previous one',
    by: 'a container: that was restarted: the previous log is the former life’s',
    request: without('previous'),
  },
  {
    what: 'forgets that an init container was done',
    by: 'a container: beside another, after an init container',
    reply: words('"reason":"Completed"', '"reason":"Error"'),
  },
];
