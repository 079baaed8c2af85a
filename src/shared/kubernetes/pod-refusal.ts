import type { AppErrorData } from '../errors/app-error.ts';
import { at, isObject, records } from './json-fields.ts';
import { decodingCauses } from './decoding-causes.ts';
import { limitRefusals } from './limit-refusal.ts';

export type RefusedBy =
  | 'PodSecurity'
  | 'ResourceQuota'
  | 'LimitRange'
  | 'PriorityClass'
  | 'ServiceAccount'
  | 'RuntimeClass'
  | 'webhook'
  /** The API's own validation or decoding. */
  | 'API'
  | 'other';

/** Why the server would not take a pod, on the field of the DaemonSet that it is about. */
export interface PodRefusal {
  readonly by: RefusedBy;
  /** From the DaemonSet's root: "spec.template.spec.containers[0].image"; the pod's spec where no field is named. */
  readonly path: string;
  readonly message: string;
}

const POD_SPEC = 'spec.template.spec';

interface Rule {
  readonly by: RefusedBy;
  readonly pattern: RegExp;
  readonly refusals: (match: RegExpExecArray, podSpec: unknown) => readonly Omit<PodRefusal, 'by'>[];
}

const onField = (path: string) => (match: RegExpExecArray) => [{ path: `${POD_SPEC}.${path}`, message: match[0] }];

/** The words of the admission plugins of 1.37: pod-security-admission/admission, and plugin/pkg/admission of kubernetes. */
const RULES: readonly Rule[] = [
  {
    by: 'webhook',
    pattern: /(?:admission webhook|failed calling webhook) ".*/s,
    refusals: ([message]) => [{ path: POD_SPEC, message }],
  },
  { by: 'PodSecurity', pattern: /violates PodSecurity "[^"]*": (.*)$/s, refusals: podSecurity },
  { by: 'ResourceQuota', pattern: /(?:exceeded|failed) quota: .*/s, refusals: quota },
  { by: 'PriorityClass', pattern: /no PriorityClass with name .*/s, refusals: onField('priorityClassName') },
  { by: 'PriorityClass', pattern: /the integer value of priority .*/s, refusals: onField('priority') },
  { by: 'ServiceAccount', pattern: /error looking up service account .*/s, refusals: onField('serviceAccountName') },
  { by: 'RuntimeClass', pattern: /pod rejected: RuntimeClass .*/s, refusals: onField('runtimeClassName') },
  {
    by: 'LimitRange',
    pattern: /(?:minimum|maximum) \S+ usage per .*|\S+ max limit to request ratio per .*/s,
    refusals: limitRange,
  },
];

/**
 * The findings of a refused pod (its dry run's error), each with the template's field. `podSpec` is that of the pod. Admission
 * plugins write sentences, not fields: those known by their words are placed, the others stand at the pod's spec in the server's words.
 */
export function podRefusals(error: AppErrorData, podSpec: unknown): readonly PodRefusal[] {
  const found = error.causes?.length ? error.causes : decodingCauses(error.message);
  if (found.length > 0) return found.map(({ path, message }) => ({ by: 'API', path: inTemplate(path), message }));
  for (const { by, pattern, refusals } of RULES) {
    const match = pattern.exec(error.message);
    if (match) return refusals(match, podSpec).map((refusal) => ({ by, ...refusal }));
  }
  return [{ by: 'other', path: POD_SPEC, message: error.message }];
}

/** A pod's field path as the DaemonSet has it. */
export function inTemplate(podPath: string): string {
  if (/^(spec|metadata)([.[]|$)/.test(podPath)) return `spec.template.${podPath}`;
  return podPath === '' ? POD_SPEC : podPath;
}

/** `privileged (container "a" must not set securityContext.privileged=true), host namespaces (hostNetwork=true)`. */
function podSecurity([, list = '']: RegExpExecArray, podSpec: unknown): readonly Omit<PodRefusal, 'by'>[] {
  const refusals: Omit<PodRefusal, 'by'>[] = [];
  for (const [whole, , detail = ''] of list.matchAll(
    /([^(),][^()]*?)(?: \(((?:[^()"]|"[^"]*"|\([^()]*\))*)\))?(?:, |$)/g,
  )) {
    const message = whole.replace(/, $/, '').trim();
    if (message === '') continue;
    const paths = securityPaths(detail, podSpec);
    refusals.push(...(paths.length === 0 ? [POD_SPEC] : paths).map((path) => ({ path, message })));
  }
  return refusals;
}

function securityPaths(detail: string, podSpec: unknown): readonly string[] {
  const hosts = [...detail.matchAll(/\b(hostNetwork|hostPID|hostIPC)=true/g)].map(
    ([, name = '']) => `${POD_SPEC}.${name}`,
  );
  if (hosts.length > 0) return hosts;
  const [, field] = /\b(securityContext\.[\w.]*\w)/.exec(detail) ?? [];
  const names = quotedAfter(/(?:containers?|ephemeral containers?) /g, detail);
  const containers = names.flatMap((name) => pathOfNamed(podSpec, ['containers', 'initContainers'], name));
  if (containers.length > 0) {
    const port = /hostPorts? ([\d, ]+)/.exec(detail)?.[1];
    return containers.map(
      (path) => `${path}${port === undefined ? (field === undefined ? '' : `.${field}`) : '.ports'}`,
    );
  }
  const volumes = quotedAfter(/volumes? /g, detail).flatMap((name) => pathOfNamed(podSpec, ['volumes'], name));
  if (volumes.length > 0) return volumes;
  return field !== undefined && /^pod\b/.test(detail) ? [`${POD_SPEC}.${field}`] : [];
}

/** The quoted names of a list: `containers "a", "b"`. */
function quotedAfter(before: RegExp, detail: string): readonly string[] {
  return [...detail.matchAll(before)].flatMap((match) => {
    const rest = detail.slice(match.index + match[0].length);
    const [list = ''] = /^"[^"]*"(?:, "[^"]*")*/.exec(rest) ?? [];
    return [...list.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name);
  });
}

function pathOfNamed(podSpec: unknown, lists: readonly string[], name: string): readonly string[] {
  return lists.flatMap((list) =>
    records(at(podSpec, list)).flatMap((item, index) =>
      item['name'] === name ? [`${POD_SPEC}.${list}[${index}]`] : [],
    ),
  );
}

/** `failed quota: q: must specify limits.cpu for: a,b; requests.cpu for: a`, or `exceeded quota: q, requested: limits.cpu=4, …`. */
function quota([message]: RegExpExecArray, podSpec: unknown): readonly Omit<PodRefusal, 'by'>[] {
  const [, missing] = /must specify (.*)$/s.exec(message) ?? [];
  if (missing !== undefined) {
    const paths = missing.split('; ').flatMap((part) => {
      const [, resource = '', names = ''] = /^(\S+) for: (.*)$/.exec(part.trim()) ?? [];
      const field = resourceField(resource);
      return names
        .split(',')
        .flatMap((name) => pathOfNamed(podSpec, ['containers', 'initContainers'], name.trim()))
        .map((path) => `${path}.resources.${field}`);
    });
    return (paths.length === 0 ? [POD_SPEC] : paths).map((path) => ({ path, message }));
  }
  const [, requested = ''] = /requested: (.*?), used: /.exec(message) ?? [];
  const asked = requested.split(',').map((part) => part.split('=')[0]?.trim() ?? '');
  const paths = asked.flatMap((resource) => containersThatSet(podSpec, resourceField(resource)));
  return (paths.length === 0 ? [POD_SPEC] : paths).map((path) => ({ path, message }));
}

/** Quotas name a request both "cpu" and "requests.cpu". */
function resourceField(resource: string): string {
  return /^(limits|requests)\./.test(resource) ? resource : `requests.${resource}`;
}

function containersThatSet(podSpec: unknown, field: string): readonly string[] {
  const dot = field.indexOf('.');
  const [kind, resource] = [field.slice(0, dot), field.slice(dot + 1)];
  return ['containers', 'initContainers'].flatMap((list) =>
    records(at(podSpec, list)).flatMap((container, index) => {
      const amounts = at(container, 'resources', kind);
      const amount = isObject(amounts) && Object.hasOwn(amounts, resource) ? amounts[resource] : undefined;
      if (amount === undefined) return [];
      return [`${POD_SPEC}.${list}[${index}].resources.${field}`];
    }),
  );
}

function limitRange([message]: RegExpExecArray, podSpec: unknown): readonly Omit<PodRefusal, 'by'>[] {
  return limitRefusals(message, podSpec).flatMap(({ paths, message: words }) =>
    (paths.length === 0 ? [POD_SPEC] : paths.map((path) => `${POD_SPEC}.${path}`)).map((path) => ({
      path,
      message: words,
    })),
  );
}
