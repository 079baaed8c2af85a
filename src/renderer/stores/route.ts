import { assertNever } from '../../shared/errors/assert-never.ts';

export interface SortOrder {
  readonly column: string;
  readonly descending: boolean;
}

export type NamespaceChoice = 'all' | readonly string[];

/** A page, as the URL's hash names it. A link only shows a page: it never connects or changes anything. */
export type Route =
  | { readonly page: 'contexts' }
  /** `only`: of this context; it need not be there any more. */
  | { readonly page: 'journal'; readonly only?: string }
  | {
      readonly page: 'daemonSets';
      readonly contextName: string;
      /** Absent: what the user chose last for this context, or its default. */
      readonly namespaces?: NamespaceChoice;
      readonly filter?: string;
      readonly labelSelector?: string;
      readonly sort?: SortOrder;
    }
  | {
      readonly page: 'daemonSet';
      readonly contextName: string;
      readonly namespace: string;
      readonly name: string;
      readonly tab?: string;
      /** Name of the pod whose containers are shown. */
      readonly pod?: string;
      readonly container?: string;
      /** `previous`: the log is of the container's run before the present one. */
      readonly run?: string;
      /** Name of the node whose pods are shown. */
      readonly node?: string;
      /** Which nodes the Nodes tab shows. */
      readonly show?: string;
    }
  | { readonly page: 'create'; readonly contextName: string }
  | {
      readonly page: 'pod';
      readonly contextName: string;
      readonly namespace: string;
      readonly name: string;
      readonly tab?: string;
      /** Whose log is shown. */
      readonly container?: string;
      /** `previous`: the log is of the container's run before the present one. */
      readonly run?: string;
    }
  | { readonly page: 'nodes'; readonly contextName: string }
  | { readonly page: 'node'; readonly contextName: string; readonly name: string }
  | { readonly page: 'events'; readonly contextName: string }
  | { readonly page: 'unknown'; readonly hash: string };

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A "%" that begins no escape: such a link names nothing.
    return undefined;
  }
}

function sortOf(text: string | null): SortOrder | undefined {
  if (text === null || text === '' || text === '-') return undefined;
  return text.startsWith('-') ? { column: text.slice(1), descending: true } : { column: text, descending: false };
}

function namespacesOf(text: string | null): NamespaceChoice | undefined {
  if (text === null || text === '') return undefined;
  if (text === '*') return 'all';
  return [...new Set(text.split(',').filter((name) => name !== ''))];
}

function present<Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined | null> } {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null && item !== '');
  // Only undefined, null and empty members were dropped.
  return Object.fromEntries(entries) as { [Key in keyof Value]: Exclude<Value[Key], undefined | null> };
}

function daemonSetsRoute(contextName: string, query: URLSearchParams): Route {
  return present({
    page: 'daemonSets' as const,
    contextName,
    namespaces: namespacesOf(query.get('ns')),
    filter: query.get('q'),
    labelSelector: query.get('sel'),
    sort: sortOf(query.get('sort')),
  });
}

/** Reads `#/…`; what names no page is `unknown`, and the page says so. */
export function parseRoute(hash: string): Route {
  const unknown: Route = { page: 'unknown', hash };
  const [path = '', queryText = ''] = splitOnce(hash.replace(/^#/, ''), '?');
  const query = new URLSearchParams(queryText);
  const parts = path.split('/').slice(1).map(decoded);
  if (path !== '' && !path.startsWith('/')) return unknown;
  const [root, contextName, page, namespace, name, tab, ...rest] = parts;
  if (root === undefined || (root === '' && parts.length === 1)) return { page: 'contexts' };
  if (root === 'journal' && parts.length === 1)
    return present({ page: 'journal' as const, only: query.get('context') });
  if (root !== 'c' || contextName === undefined || contextName === '') return unknown;
  if (parts.includes(undefined) || rest.length > 0) return unknown;
  if (page === undefined || page === '') return { page: 'daemonSets', contextName };
  if (page === 'create' && namespace === undefined) return { page: 'create', contextName };
  if (page === 'pods' || page === 'nodes') return objectRoute(page, contextName, parts.slice(3), query) ?? unknown;
  if (page === 'events' && namespace === undefined) return { page: 'events', contextName };
  if (page !== 'daemonsets') return unknown;
  if (namespace === undefined || namespace === '') return daemonSetsRoute(contextName, query);
  if (name === undefined || name === '') return unknown;
  return present({
    page: 'daemonSet' as const,
    contextName,
    namespace,
    name,
    tab,
    pod: query.get('pod'),
    container: query.get('container'),
    run: query.get('run'),
    node: query.get('node'),
    show: query.get('show'),
  });
}

/** A pod by namespace, name and tab, a node by name, or all nodes. */
function objectRoute(
  page: 'pods' | 'nodes',
  contextName: string,
  [first = '', second = '', third]: readonly (string | undefined)[],
  query: URLSearchParams,
): Route | undefined {
  if (page === 'pods') {
    if (first === '' || second === '') return undefined;
    const shown = { tab: third, container: query.get('container'), run: query.get('run') };
    return present({ page: 'pod' as const, contextName, namespace: first, name: second, ...shown });
  }
  if (second !== '' || third !== undefined) return undefined;
  return first === '' ? { page: 'nodes', contextName } : { page: 'node', contextName, name: first };
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function withQuery(path: string, pairs: readonly (readonly [string, string | undefined])[]): string {
  const query = pairs
    .filter((pair): pair is readonly [string, string] => pair[1] !== undefined && pair[1] !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%2C', ',')}`)
    .join('&');
  return query === '' ? path : `${path}?${query}`;
}

/** The hash of a page; `parseRoute(formatRoute(route))` is the route again. */
export function formatRoute(route: Route): string {
  const segment = encodeURIComponent;
  switch (route.page) {
    case 'contexts':
      return '#/';
    case 'journal':
      return withQuery('#/journal', [['context', route.only]]);
    case 'create':
      return `#/c/${segment(route.contextName)}/create`;
    case 'events':
      return `#/c/${segment(route.contextName)}/events`;
    case 'daemonSets':
      return withQuery(`#/c/${segment(route.contextName)}/daemonsets`, [
        ['ns', route.namespaces === 'all' ? '*' : route.namespaces?.join(',')],
        ['q', route.filter],
        ['sel', route.labelSelector],
        ['sort', route.sort && `${route.sort.descending ? '-' : ''}${route.sort.column}`],
      ]);
    case 'daemonSet': {
      const tab = route.tab === undefined ? '' : `/${segment(route.tab)}`;
      const path = `#/c/${segment(route.contextName)}/daemonsets/${segment(route.namespace)}/${segment(route.name)}${tab}`;
      return withQuery(path, [
        ['pod', route.pod],
        ['container', route.container],
        ['run', route.run],
        ['node', route.node],
        ['show', route.show],
      ]);
    }
    case 'pod': {
      const tab = route.tab === undefined ? '' : `/${segment(route.tab)}`;
      const path = `#/c/${segment(route.contextName)}/pods/${segment(route.namespace)}/${segment(route.name)}${tab}`;
      return withQuery(path, [
        ['container', route.container],
        ['run', route.run],
      ]);
    }
    case 'nodes':
      return `#/c/${segment(route.contextName)}/nodes`;
    case 'node':
      return `#/c/${segment(route.contextName)}/nodes/${segment(route.name)}`;
    case 'unknown':
      return route.hash;
    default:
      return assertNever(route);
  }
}

/** The context that a page belongs to. */
export function routeContext(route: Route): string | undefined {
  return 'contextName' in route ? route.contextName : undefined;
}
