/** `base`: alias, description, labels, annotations. `template`: strategy, containers, volumes, and the rest of the pod template. */
export type EditKind = 'base' | 'template';
