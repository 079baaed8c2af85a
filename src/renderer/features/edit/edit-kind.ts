import { assertNever } from '../../../shared/errors/assert-never.ts';

/**
 * `base`: alias, description, labels, annotations. `template`: strategy, containers, volumes, and the rest of the pod template. `yaml`: all of it,
 * beginning with its text.
 */
export type EditKind = 'base' | 'template' | 'yaml';

export function editTitle(kind: EditKind, name: string): string {
  switch (kind) {
    case 'base':
      return `Edit ${name}`;
    case 'template':
      return `Edit config template of ${name}`;
    case 'yaml':
      return `Edit YAML of ${name}`;
    default:
      return assertNever(kind);
  }
}
