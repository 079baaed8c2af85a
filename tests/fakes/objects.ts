export interface ObjectOverrides {
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A small DaemonSet as the API sends it. */
export function aDaemonSetObject(name: string, overrides: ObjectOverrides & { readonly desired?: number } = {}) {
  const { uid = `uid-${name}`, resourceVersion = '1', namespace = 'default', labels = {}, desired = 1 } = overrides;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {
      name,
      namespace,
      uid,
      resourceVersion,
      labels,
      creationTimestamp: '2026-01-01T00:00:00Z',
      generation: 1,
    },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', image: 'registry.example/main:1' }] },
      },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    },
    status: { observedGeneration: 1, desiredNumberScheduled: desired, currentNumberScheduled: desired },
  };
}

/** A list of the apps/v1 DaemonSets given, as one page. */
export function aDaemonSetList(
  items: readonly object[],
  metadata: { readonly resourceVersion: string; readonly continue?: string; readonly remainingItemCount?: number },
) {
  return { apiVersion: 'apps/v1', kind: 'DaemonSetList', metadata, items };
}

export function aBookmark(resourceVersion: string, annotations?: Readonly<Record<string, string>>) {
  return {
    kind: 'DaemonSet',
    apiVersion: 'apps/v1',
    metadata: { resourceVersion, annotations, creationTimestamp: null },
  };
}
