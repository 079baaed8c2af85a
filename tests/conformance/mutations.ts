import type { ApiReply, ApiRequest, ApiUnderTest } from './api-under-test.ts';
import { at, itemsAt } from './json-path.ts';

/** How requests, answers and watch events are falsified on their way between the suite and a cluster. */
export interface Falsification {
  readonly request?: (request: ApiRequest) => ApiRequest;
  readonly reply?: (reply: ApiReply, request: ApiRequest) => ApiReply;
  /** Undefined drops the event. */
  readonly line?: (event: unknown, path: string) => unknown;
}

/** A cluster that does one thing wrong, and the name of the group of cases that is to catch it. */
export interface Mutation extends Falsification {
  readonly what: string;
  readonly by: string;
}

export function mutated(api: ApiUnderTest, mutation: Falsification): ApiUnderTest {
  const {
    request: ask = (same) => same,
    reply: answer = (same) => same,
    line: falsify = (same: unknown) => same,
  } = mutation;
  return {
    send: async (request) => answer(await api.send(ask(request)), request),
    as: (user) => {
      const limited = api.as(user);
      return { send: async (request) => answer(await limited.send(ask(request)), request) };
    },
    lines: async function* lines(path, signal) {
      for await (const line of api.lines(ask({ method: 'GET', path }).path, signal)) {
        const event = falsify(JSON.parse(line), path);
        if (event !== undefined) yield JSON.stringify(event);
      }
    },
    [Symbol.asyncDispose]: () => api[Symbol.asyncDispose](),
  };
}

/** The value with another in a place; members on the way that are not there are not made. */
function replaced(value: unknown, [step, ...rest]: readonly string[], next: (old: unknown) => unknown): unknown {
  if (step === undefined) return next(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === step ? replaced(item, rest, next) : item));
  if (rest.length > 0 && !Object.hasOwn(value, step)) return value;
  return { ...value, [step]: replaced(at(value, [step]), rest, next) };
}

const inReply =
  (path: string, next: (old: unknown) => unknown, when: (request: ApiRequest) => boolean = () => true) =>
  (reply: ApiReply, request: ApiRequest): ApiReply =>
    when(request) ? { ...reply, body: replaced(reply.body, path.split('.'), next) } : reply;

const without =
  (parameter: string) =>
  (request: ApiRequest): ApiRequest => {
    const [path = '', query = ''] = request.path.split('?');
    const parameters = new URLSearchParams(query);
    parameters.delete(parameter);
    return { ...request, path: `${path}?${parameters}` };
  };

const inBody =
  (path: string, next: (old: unknown) => unknown) =>
  (request: ApiRequest): ApiRequest =>
    typeof request.body === 'object' && request.body !== null && at(request.body, path) !== undefined
      ? { ...request, body: replaced(request.body, path.split('.'), next) }
      : request;

const gone = (): undefined => undefined;
const isPost = (request: ApiRequest): boolean => request.method === 'POST' && request.path.includes('/daemonsets');
const operations = (body: unknown, keep: (op: unknown) => boolean): unknown =>
  Array.isArray(body) ? body.filter((each) => keep(at(each, 'op'))) : body;

export const MUTATIONS: readonly Mutation[] = [
  { what: 'says another version', by: 'discovery', reply: inReply('minor', () => '36') },
  { what: 'ignores limit', by: 'lists', request: without('limit') },
  { what: 'ignores continue', by: 'lists', request: without('continue') },
  { what: 'ignores labelSelector', by: 'lists', request: without('labelSelector') },
  { what: 'ignores fieldSelector', by: 'lists', request: without('fieldSelector') },
  { what: 'ignores dryRun', by: 'writes', request: without('dryRun') },
  { what: 'ignores fieldValidation', by: 'writes', request: without('fieldValidation') },
  { what: 'ignores the version that a watch begins from', by: 'watches', request: without('resourceVersion') },
  { what: 'forgets bookmarks', by: 'watches', line: (event) => (at(event, 'type') === 'BOOKMARK' ? undefined : event) },
  {
    what: 'loses the annotation of the first bookmark',
    by: 'watches',
    line: (event) => replaced(event, ['object', 'metadata', 'annotations'], gone),
  },
  {
    what: 'loses DELETED events',
    by: 'watches',
    line: (event) => (at(event, 'type') === 'DELETED' ? undefined : event),
  },
  {
    what: 'calls MODIFIED what is ADDED',
    by: 'watches',
    line: (event) => (at(event, 'type') === 'ADDED' ? replaced(event, ['type'], () => 'MODIFIED') : event),
  },
  {
    what: 'says 400 for an expired watch',
    by: 'watches',
    line: (event) => replaced(event, ['object', 'code'], () => 400),
  },
  {
    what: 'ignores test operations',
    by: 'patches',
    request: (request) => ({ ...request, body: operations(request.body, (op) => op !== 'test') }),
  },
  { what: 'ignores the uid of a merge patch', by: 'patches', request: inBody('metadata.uid', gone) },
  { what: 'ignores the resourceVersion of a write', by: 'patches', request: inBody('metadata.resourceVersion', gone) },
  { what: 'ignores the precondition of a delete', by: 'deletes', request: inBody('preconditions', gone) },
  { what: 'deletes in the background only', by: 'deletes', request: inBody('propagationPolicy', () => 'Background') },
  {
    what: 'takes a strategic merge patch for a merge patch',
    by: 'patches',
    request: (request) =>
      request.type?.startsWith('application/strategic') === true
        ? { ...request, type: 'application/merge-patch+json' }
        : request,
  },
  {
    what: 'names no fields in causes',
    by: 'refusals',
    reply: (reply) =>
      itemsAt(reply.body, 'details.causes').length === 0
        ? reply
        : {
            ...reply,
            body: replaced(reply.body, ['details', 'causes'], (causes) =>
              itemsAt({ causes }, 'causes').map((cause) => replaced(cause, ['field'], gone)),
            ),
          },
  },
  { what: 'loses the reason of a failure', by: 'refusals', reply: inReply('reason', gone) },
  { what: 'raises no generation', by: 'patches', reply: inReply('metadata.generation', () => 1) },
  {
    what: 'keeps five old revisions by default',
    by: 'defaults',
    reply: inReply('spec.revisionHistoryLimit', () => 5, isPost),
  },
  {
    what: 'allows one pod more to be unavailable',
    by: 'rollouts',
    request: inBody('spec.updateStrategy.rollingUpdate.maxUnavailable', more),
  },
  {
    what: 'allows one pod more to surge',
    by: 'rollouts',
    request: inBody('spec.updateStrategy.rollingUpdate.maxSurge', more),
  },
  {
    what: 'takes OnDelete for RollingUpdate',
    by: 'rollouts',
    request: inBody('spec.updateStrategy.type', () => 'RollingUpdate'),
  },
  { what: 'ignores minReadySeconds', by: 'rollouts', request: inBody('spec.minReadySeconds', () => 0) },
  { what: 'ignores taints', by: 'where daemon pods run', request: inBody('spec.taints', () => null) },
  {
    what: 'ignores tolerations',
    by: 'where daemon pods run',
    request: inBody('spec.template.spec.tolerations', () => []),
  },
  {
    what: 'ignores node affinity',
    by: 'where daemon pods run',
    request: inBody('spec.template.spec.affinity', () => ({})),
  },
  {
    what: 'counts no misscheduled pods',
    by: 'where daemon pods run',
    reply: inReply('status.numberMisscheduled', () => 0),
  },
  {
    what: 'ignores the history limit',
    by: 'ControllerRevisions',
    request: inBody('spec.revisionHistoryLimit', () => 10),
  },
  { what: 'allows nothing', by: 'reviews', reply: inReply('status.allowed', () => false) },
  { what: 'says that all is allowed', by: 'limited users', reply: inReply('status.allowed', () => true) },
  { what: 'lists no rules', by: 'limited users', reply: inReply('status.resourceRules', () => []) },
  {
    what: 'refuses without the words that name the right',
    by: 'limited users',
    reply: inReply('message', (message) =>
      typeof message === 'string' ? message.replace(/ in API group.*/u, '') : message,
    ),
  },
];

/** One more of what is counted; percents are of four nodes. */
function more(count: unknown): unknown {
  if (typeof count === 'number') return count === 0 ? 0 : count + 1;
  return typeof count === 'string' && /^\d{1,2}%$/.test(count) && count !== '0%'
    ? `${Math.min(100, Number.parseInt(count, 10) + 26)}%`
    : count;
}
