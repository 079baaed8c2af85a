import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Route, formatRoute, parseRoute, routeContext } from './route.ts';

describe('the URL hash', () => {
  it.each(['', '#', '#/'])('shows all contexts for %j', (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'contexts' });
  });

  it('names the list of a context with its namespaces, filter, selector and order', () => {
    const hash = '#/c/prod-eu-1/daemonsets?ns=logging,gpu&q=fluent%20bit&sel=app%3Dweb&sort=-age';
    const route: Route = {
      page: 'daemonSets',
      contextName: 'prod-eu-1',
      namespaces: ['logging', 'gpu'],
      filter: 'fluent bit',
      labelSelector: 'app=web',
      sort: { column: 'age', descending: true },
    };
    expect(parseRoute(hash)).toEqual(route);
    expect(formatRoute(route)).toBe(hash);
  });

  it('names the journal, of all contexts or of one', () => {
    expect(parseRoute('#/journal')).toEqual({ page: 'journal' });
    const hash = formatRoute({ page: 'journal', only: 'arn:aws:eks:eu:1:cluster/prod & (file ?#%)' });
    expect(parseRoute(hash)).toEqual({ page: 'journal', only: 'arn:aws:eks:eu:1:cluster/prod & (file ?#%)' });
    expect(routeContext(parseRoute(hash))).toBeUndefined();
    expect(parseRoute('#/journal/more').page).toBe('unknown');
  });

  it('tells all namespaces from none chosen', () => {
    expect(parseRoute(formatRoute({ page: 'events', contextName: 'a' }))).toEqual({ page: 'events', contextName: 'a' });
    expect(parseRoute('#/c/a/daemonsets?ns=*')).toEqual({ page: 'daemonSets', contextName: 'a', namespaces: 'all' });
    expect(parseRoute('#/c/a')).toEqual({ page: 'daemonSets', contextName: 'a' });
    expect(parseRoute('#/c/a/daemonsets?ns=all')).toMatchObject({ namespaces: ['all'] });
  });

  it('names a DaemonSet, its tab and a pod', () => {
    expect(parseRoute('#/c/a/daemonsets/logging/fluent-bit/logs?pod=fluent-bit-x&container=main')).toEqual({
      page: 'daemonSet',
      contextName: 'a',
      namespace: 'logging',
      name: 'fluent-bit',
      tab: 'logs',
      pod: 'fluent-bit-x',
      container: 'main',
    });
  });

  it('names a pod, a node, and all nodes', () => {
    expect(parseRoute('#/c/a/pods/logging/fluent-bit-x')).toEqual({
      page: 'pod',
      contextName: 'a',
      namespace: 'logging',
      name: 'fluent-bit-x',
    });
    const log = '#/c/a/pods/logging/fluent-bit-x/log?container=main&run=previous';
    expect(parseRoute(log)).toMatchObject({ page: 'pod', tab: 'log', container: 'main', run: 'previous' });
    expect(formatRoute(parseRoute(log))).toBe(log);
    expect(parseRoute('#/c/a/nodes/node-1')).toEqual({ page: 'node', contextName: 'a', name: 'node-1' });
    expect(parseRoute('#/c/a/nodes')).toEqual({ page: 'nodes', contextName: 'a' });
  });

  it('reaches a context whose name is a path or an ARN', () => {
    const contextName = 'arn:aws:eks:eu:1:cluster/prod & (file ?#%)';
    const hash = formatRoute({ page: 'create', contextName });
    expect(hash).not.toContain('prod &');
    expect(parseRoute(hash)).toEqual({ page: 'create', contextName });
  });

  it.each([
    '#code=abc',
    '#/x',
    '#/c/',
    '#/c/a/pods',
    '#/c/a/pods/ns',
    '#/c/a/pods/ns/p/more/x',
    '#/c/a/nodes/n/more',
    '#/c/%zz/daemonsets',
    '#/c/a/daemonsets/ns',
    '#/c/a/daemonsets/ns/n/t/more',
    '#/c/a/create/x',
  ])('names no page for %s', (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'unknown', hash });
    expect(formatRoute(parseRoute(hash))).toBe(hash);
  });

  it('comes back as it was for every route', () => {
    const word = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.isWellFormed());
    const name = fc.stringMatching(/^[a-z0-9]([-a-z0-9.]{0,20}[a-z0-9])?$/);
    const list = fc.record(
      {
        page: fc.constant('daemonSets' as const),
        contextName: word,
        namespaces: fc.oneof(fc.constant('all' as const), fc.uniqueArray(name, { minLength: 1, maxLength: 4 })),
        filter: word,
        labelSelector: word,
        sort: fc.record({ column: fc.stringMatching(/^[a-zA-Z]{1,8}$/), descending: fc.boolean() }),
      },
      { requiredKeys: ['page', 'contextName'] },
    );
    const detail = fc.record(
      {
        page: fc.constant('daemonSet' as const),
        contextName: word,
        namespace: name,
        name,
        tab: word,
        pod: word,
        container: word,
        run: word,
        node: name,
        show: word,
      },
      { requiredKeys: ['page', 'contextName', 'namespace', 'name'] },
    );
    const pod = fc.record(
      { page: fc.constant('pod' as const), contextName: word, namespace: name, name, tab: word },
      { requiredKeys: ['page', 'contextName', 'namespace', 'name'] },
    );
    const node = fc.record({ page: fc.constant('node' as const), contextName: word, name });
    const nodes = fc.record({ page: fc.constant('nodes' as const), contextName: word });
    fc.assert(
      fc.property(fc.oneof(list, detail, pod, node, nodes), (route: Route) => {
        expect(parseRoute(formatRoute(route))).toEqual(route);
      }),
    );
  });

  it('belongs to a context, or to none', () => {
    expect(routeContext({ page: 'create', contextName: 'a' })).toBe('a');
    expect(routeContext({ page: 'contexts' })).toBeUndefined();
  });
});
