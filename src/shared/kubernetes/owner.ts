import { flagAt, type JsonObject, objectsAt, stringMapAt, textAt } from './json-fields.ts';
import { labelOf, type Labels } from './label-requirement.ts';

/** Who may undo an edit: `kind` is the controller's kind, or Helm, Argo CD, Flux Kustomization, Flux HelmRelease, OLM, else the manager's own name. */
export interface Owner {
  readonly kind: string;
  readonly name: string;
}

function controllerOf(metadata: JsonObject): JsonObject | undefined {
  return objectsAt(metadata, 'ownerReferences').find((reference) => flagAt(reference, 'controller'));
}

/** The controlling owner's uid (metav1.GetControllerOf). */
export function controllerUid(metadata: JsonObject): string | undefined {
  const controller = controllerOf(metadata);
  return controller === undefined ? undefined : textAt(controller, 'uid');
}

function fluxOwner(labels: Labels): Owner | undefined {
  const kustomization = labelOf(labels, 'kustomize.toolkit.fluxcd.io/name');
  if (kustomization !== undefined) return { kind: 'Flux Kustomization', name: kustomization };
  const release = labelOf(labels, 'helm.toolkit.fluxcd.io/name');
  return release === undefined ? undefined : { kind: 'Flux HelmRelease', name: release };
}

function argoOwner(labels: Labels, annotations: Labels): Owner | undefined {
  // tracking-id is APP:GROUP/KIND:NAMESPACE/NAME.
  const tracking = labelOf(annotations, 'argocd.argoproj.io/tracking-id')?.split(':')[0];
  const name =
    tracking ?? labelOf(labels, 'argocd.argoproj.io/instance') ?? labelOf(annotations, 'argocd.argoproj.io/instance');
  return name === undefined || name === '' ? undefined : { kind: 'Argo CD', name };
}

/**
 * The controlling owner, else the manager that labels or annotations name. Flux and Argo CD come before Helm: an object of their
 * chart carries Helm's marks too, and they are who puts it back.
 */
export function ownerOf(metadata: JsonObject): Owner | undefined {
  const labels = stringMapAt(metadata, 'labels');
  const annotations = stringMapAt(metadata, 'annotations');
  const controller = controllerOf(metadata);
  if (controller !== undefined) {
    return { kind: textAt(controller, 'kind') ?? 'Unknown', name: textAt(controller, 'name') ?? '' };
  }
  const gitOps = fluxOwner(labels) ?? argoOwner(labels, annotations);
  if (gitOps !== undefined) return gitOps;
  const olm = labelOf(labels, 'olm.owner');
  if (olm !== undefined) return { kind: 'OLM', name: olm };
  const release = labelOf(annotations, 'meta.helm.sh/release-name');
  const manager = labelOf(labels, 'app.kubernetes.io/managed-by');
  if (release !== undefined && (manager === undefined || manager === 'Helm')) return { kind: 'Helm', name: release };
  // Helm 2's charts and `helm template` set the label alone.
  if (manager === 'Helm') return { kind: 'Helm', name: labelOf(labels, 'app.kubernetes.io/instance') ?? '' };
  return undefined;
}
