/** How a DaemonSet's pods fare; see pod-stages.ts for the annotations. */
export interface DaemonSetManifest {
  readonly image?: string;
  /** The context's unless told. */
  readonly namespace?: string;
  /** Annotations of the pod template. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A small apps/v1 DaemonSet, whose pods have the label `app: <name>`. */
export function aDaemonSet(name: string, manifest: DaemonSetManifest = {}): unknown {
  const { image = `registry.test/${name}:1`, annotations = {}, namespace } = manifest;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name }, annotations },
        spec: { containers: [{ name: 'main', image }] },
      },
    },
  };
}
