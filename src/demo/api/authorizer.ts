import { assertNever } from '../assert-never.ts';
import type { RequestInfo } from './request-info.ts';
import { StatusError, qualified } from './status-error.ts';

/** rbac.authorization.k8s.io/v1 PolicyRule about resources, without resourceNames. `*` is everything. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
}

/** PolicyRule about paths; a last `*` stands for any rest. */
export interface PathRule {
  readonly verbs: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

/** Rules of a RoleBinding in a namespace or, without one, of a ClusterRoleBinding. */
export interface Grant {
  readonly namespace?: string;
  readonly rules: readonly PolicyRule[];
  readonly paths?: readonly PathRule[];
}

/** What an authorizer before RBAC denies whatever is granted, as a webhook may. */
export interface Denial {
  readonly apiGroup: string;
  readonly resource: string;
  /** '' are requests over all namespaces. */
  readonly namespaces: readonly string[];
  readonly reason: string;
}

export interface DemoUser {
  readonly username: string;
  readonly groups: readonly string[];
  readonly grants: readonly Grant[];
  readonly denials?: readonly Denial[];
}

const ALL = ['*'];

/** May do everything but read Secrets where the security team keeps its own: what is forbidden can be seen in the demo, too. */
export const DEMO_ADMIN: DemoUser = {
  username: 'demo-admin',
  groups: ['demo-admins', 'system:authenticated'],
  denials: [
    {
      apiGroup: '',
      resource: 'secrets',
      namespaces: ['security', ''],
      reason: 'the Secrets of namespace security are read by the security team alone',
    },
  ],
  grants: [
    {
      rules: [{ verbs: ALL, apiGroups: ALL, resources: ALL }],
      paths: [{ verbs: ALL, nonResourceURLs: ALL }],
    },
  ],
};

/** kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go (1.37): system:basic-user, system:discovery, system:public-info-viewer. */
const AUTHENTICATED: Grant = {
  rules: [
    {
      verbs: ['create'],
      apiGroups: ['authorization.k8s.io'],
      resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    },
    { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
  ],
  paths: [
    { verbs: ['get'], nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'] },
    { verbs: ['get'], nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*'] },
  ],
};

/** What denies a request, whatever is granted. */
export function denialOf({ denials = [] }: DemoUser, info: RequestInfo): Denial | undefined {
  if (info.kind === 'path') return undefined;
  return denials.find(
    ({ apiGroup, resource, namespaces }) =>
      apiGroup === info.group && resource === info.resource && namespaces.includes(info.namespace),
  );
}

/** Whether the user may. */
export function isAllowed(user: DemoUser, info: RequestInfo): boolean {
  return denialOf(user, info) === undefined && isGranted(user, info);
}

/** pkg/apis/rbac/v1/evaluation_helpers.go (1.37) */
function isGranted(user: DemoUser, info: RequestInfo): boolean {
  switch (info.kind) {
    case 'path':
      return grantsOf(user, '').some(({ paths = [] }) =>
        paths.some((rule) => has(rule.verbs, info.verb) && rule.nonResourceURLs.some((url) => covers(url, info.path))),
      );
    case 'resource': {
      const { resource, subresource } = info;
      const named = subresource === '' ? [resource] : [`${resource}/${subresource}`, `*/${subresource}`];
      return grantsOf(user, info.namespace).some(({ rules }) =>
        rules.some(
          (rule) =>
            has(rule.verbs, info.verb) &&
            has(rule.apiGroups, info.group) &&
            named.some((name) => has(rule.resources, name)),
        ),
      );
    }
    default:
      return assertNever(info);
  }
}

/** Grants that count in a namespace; without one only those of the whole cluster. */
export function grantsOf(user: DemoUser, namespace: string): readonly Grant[] {
  return [AUTHENTICATED, ...user.grants].filter(
    (grant) => grant.namespace === undefined || (namespace !== '' && grant.namespace === namespace),
  );
}

/** apiserver pkg/endpoints/handlers/responsewriters/errors.go (1.37), forbiddenMessage. */
export function forbidden(user: DemoUser, info: RequestInfo): StatusError {
  const who = `User ${JSON.stringify(user.username)} cannot ${info.verb}`;
  if (info.kind === 'path') {
    const message = `forbidden: ${who} path ${JSON.stringify(info.path)}`;
    return new StatusError({ code: 403, reason: 'Forbidden', message, details: {} });
  }
  const { group, resource, subresource, namespace, name } = info;
  const what = subresource === '' ? resource : `${resource}/${subresource}`;
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace ${JSON.stringify(namespace)}`;
  const title =
    name === '' ? qualified({ group, resource }) : `${qualified({ group, resource })} ${JSON.stringify(name)}`;
  const denial = denialOf(user, info);
  const why = denial === undefined ? '' : `: ${denial.reason}`;
  return new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `${title} is forbidden: ${who} resource ${JSON.stringify(what)} in API group ${JSON.stringify(group)} ${where}${why}`,
    details: { ...(name === '' ? {} : { name }), ...(group === '' ? {} : { group }), kind: resource },
  });
}

function has(all: readonly string[], one: string): boolean {
  return all.includes('*') || all.includes(one);
}

function covers(pattern: string, path: string): boolean {
  return pattern === path || (pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1)));
}
