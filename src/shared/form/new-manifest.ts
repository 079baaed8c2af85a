import { applyManifestEdits } from '../manifest/edit-manifest.ts';

const NEW = `apiVersion: apps/v1
kind: DaemonSet
metadata: {}
spec:
  minReadySeconds: 0
  updateStrategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 20%
  selector:
    matchLabels: {}
  template:
    metadata:
      labels: {}
    spec:
      containers: []
`;

/**
 * What a new DaemonSet begins as. The strategy with its 20 % and the zero seconds are written out, as the guide that
 * this form follows gives those defaults; name, labels and containers come with the first fields.
 */
export function newManifest(namespace: string): string {
  const edited = applyManifestEdits(NEW, 0, [{ op: 'set', path: ['metadata', 'namespace'], value: namespace }]);
  return edited.ok ? edited.text : NEW;
}
