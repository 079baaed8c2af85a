/** A member by its path (`spec.template.spec.containers.0.image`); undefined when there is none. Keys with dots are given as an array. */
export function at(value: unknown, path: string | readonly string[]): unknown {
  let current = value;
  for (const step of typeof path === 'string' ? path.split('.') : path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Object.hasOwn(current, step) ? (current as Readonly<Record<string, unknown>>)[step] : undefined;
  }
  return current;
}

export function textAt(value: unknown, path: string | readonly string[]): string {
  const found = at(value, path);
  return typeof found === 'string' ? found : '';
}

/** 0 when there is none, as Go reads it. */
export function numberAt(value: unknown, path: string | readonly string[]): number {
  const found = at(value, path);
  return typeof found === 'number' ? found : 0;
}

export function itemsAt(value: unknown, path: string | readonly string[]): readonly unknown[] {
  const found = at(value, path);
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}

export function names(objects: readonly unknown[]): readonly string[] {
  return objects.map((object) => textAt(object, 'metadata.name'));
}
