/** What a request wants to do, as the authorizer sees it. */
export type RequestInfo =
  | {
      readonly kind: 'resource';
      readonly verb: string;
      readonly group: string;
      readonly resource: string;
      readonly subresource: string;
      /** Empty: the cluster scope. */
      readonly namespace: string;
      readonly name: string;
    }
  | { readonly kind: 'path'; readonly verb: string; readonly path: string };

const VERBS: Readonly<Record<string, string>> = { POST: 'create', PUT: 'update', PATCH: 'patch' };

/** apiserver pkg/endpoints/request/requestinfo.go (1.37): /api/v1/… and /apis/GROUP/VERSION/… are resources, all else are paths. */
export function requestInfo(method: string, path: string, query: URLSearchParams): RequestInfo {
  const match = /^\/(?:api|apis\/([^/]+))\/v[^/]+\/(.+)$/.exec(path);
  if (match === null) return { kind: 'path', verb: method.toLowerCase(), path };
  const parts = (match[2] ?? '').split('/').filter((part) => part !== '');
  const isNamespaced = parts[0] === 'namespaces' && parts.length > 2 && parts[2] !== 'status';
  const [resource = '', name = '', subresource = ''] = isNamespaced ? parts.slice(2) : parts;
  const namespace = parts[0] === 'namespaces' ? (parts[1] ?? '') : '';
  return {
    kind: 'resource',
    verb: VERBS[method] ?? (method === 'DELETE' ? deleteVerb(name) : readVerb(name, query)),
    group: match[1] ?? '',
    resource,
    subresource,
    namespace,
    name,
  };
}

function deleteVerb(name: string): string {
  return name === '' ? 'deletecollection' : 'delete';
}

function readVerb(name: string, query: URLSearchParams): string {
  if (name !== '') return 'get';
  return ['true', '1'].includes(query.get('watch') ?? '') ? 'watch' : 'list';
}
