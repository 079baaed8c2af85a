/** apiserver pkg/storage/names/generate.go, 1.37: five characters go behind the first 58, so that a name has 63 at most. */
const BASE_LENGTH = 58;

export function generatedName(base: string, suffix: string): string {
  return base.slice(0, BASE_LENGTH) + suffix;
}
