/** Absolute API paths. Names go through encodeURIComponent: a name from a link must not leave its segment. */
export function namespacedPath(group: 'apps' | 'core', namespace: string, resource: string, name?: string): string {
  const root = group === 'core' ? '/api/v1' : '/apis/apps/v1';
  const collection = `${root}/namespaces/${encodeURIComponent(namespace)}/${resource}`;
  return name === undefined ? collection : `${collection}/${encodeURIComponent(name)}`;
}

export function clusterPath(group: 'apps' | 'core', resource: string): string {
  return `${group === 'core' ? '/api/v1' : '/apis/apps/v1'}/${resource}`;
}
