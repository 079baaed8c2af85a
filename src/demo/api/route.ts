import type { ReviewName, Target } from './request.ts';
import { RESOURCES, type ResourceInfo, isResourceName } from './resources.ts';
import { noSuchPath } from './status-error.ts';

const REVIEWS: Readonly<Record<string, ReviewName>> = {
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews': 'selfsubjectaccessreviews',
  '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews': 'selfsubjectrulesreviews',
  '/apis/authentication.k8s.io/v1/selfsubjectreviews': 'selfsubjectreviews',
};

const METRICS = /^\/apis\/metrics\.k8s\.io\/v1beta1\/(.+)$/;
/** Their other paths are answered with a Status; those of other groups with a page. */
const GROUPS: ReadonlySet<string> = new Set(['', 'apps', 'authentication.k8s.io', 'authorization.k8s.io']);

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) throw noSuchPath();
    throw error;
  }
}

function subresourceOf(
  resource: string,
  name: string | undefined,
): { readonly subresource?: 'status' | 'log' | 'exec' | 'eviction' } {
  if (name === undefined) return {};
  if ((name === 'log' || name === 'exec' || name === 'eviction') && resource === 'pods') return { subresource: name };
  if (name === 'status' && ['daemonsets', 'nodes', 'pods', 'namespaces'].includes(resource))
    return { subresource: 'status' };
  throw noSuchPath();
}

function metricsOf(rest: string): Target {
  const parts = rest
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  const isNamespaced = parts[0] === 'namespaces';
  const [resource, name, ...others] = isNamespaced ? parts.slice(2) : parts;
  if (others.length > 0) throw noSuchPath();
  const named = name === undefined ? {} : { name };
  if (resource === 'nodes' && !isNamespaced) return { kind: 'metrics', resource, ...named };
  if (resource !== 'pods' || (name !== undefined && !isNamespaced)) throw noSuchPath();
  const namespace = isNamespaced ? parts[1] : undefined;
  return { kind: 'metrics', resource, ...(namespace === undefined ? {} : { namespace }), ...named };
}

/** Reads a path of the API; throws the 404 of an address that names nothing. */
export function routeOf(path: string): Target {
  const review = REVIEWS[path];
  if (review !== undefined) return { kind: 'review', review };
  const metrics = METRICS.exec(path);
  if (metrics !== null) return metricsOf(metrics[1] ?? '');
  const match = /^\/(?:api|apis\/([^/]+))\/v1\/(.+)$/.exec(path);
  if (match === null) return { kind: 'document', path: path.length > 1 ? path.replace(/\/$/, '') : path };
  const group = match[1] ?? '';
  if (!GROUPS.has(group)) return { kind: 'document', path };
  const parts = (match[2] ?? '').split('/').map(decoded);
  const [first = '', second, third, ...others] = parts;
  const inNamespace =
    first === 'namespaces' && third !== undefined && isResourceName(third) && group === groupOf(third);
  const [resource = '', name, sub, ...rest] = inNamespace ? [third, ...others] : [first, second, third, ...others];
  if (!isResourceName(resource) || groupOf(resource) !== group || rest.length > 0) throw noSuchPath();
  const namespace = inNamespace ? second : undefined;
  const info: ResourceInfo = RESOURCES[resource];
  if (namespace !== undefined && !info.namespaced) throw noSuchPath();
  const place = namespace === undefined ? {} : { namespace };
  if (name === undefined || name === '') return { kind: 'collection', resource, ...place };
  if (info.namespaced && namespace === undefined) throw noSuchPath();
  return { kind: 'object', resource, name, ...place, ...subresourceOf(resource, sub) };
}

function groupOf(resource: keyof typeof RESOURCES): string {
  return RESOURCES[resource].group;
}
