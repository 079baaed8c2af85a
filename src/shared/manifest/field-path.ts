/** One step of a field path: a field's name, or what stood in brackets (an index or a map's key). */
export interface PathStep {
  readonly text: string;
  readonly bracketed: boolean;
}

/**
 * Steps of a path as k8s.io/apimachinery pkg/util/validation/field/path.go writes it: names joined by dots,
 * indexes and map keys in brackets. A key may hold dots and brackets: the one that ends it is followed by `.`, `[` or the end.
 */
export function parseFieldPath(path: string): readonly PathStep[] {
  const steps: PathStep[] = [];
  let at = 0;
  while (at < path.length) {
    if (path[at] === '.') {
      at += 1;
    } else if (path[at] === '[') {
      const end = closingBracket(path, at);
      steps.push({ text: unquoted(path.slice(at + 1, end)), bracketed: true });
      at = end + 1;
    } else {
      const rest = /^[^.[]+/.exec(path.slice(at))?.[0] ?? path.slice(at);
      steps.push({ text: rest, bracketed: false });
      at += rest.length;
    }
  }
  return steps;
}

function closingBracket(path: string, open: number): number {
  for (let end = path.indexOf(']', open); end !== -1; end = path.indexOf(']', end + 1)) {
    const next = path[end + 1];
    if (next === undefined || next === '.' || next === '[') return end;
  }
  return path.length;
}

/** Some validators quote the key: `annotations["a.b/c"]`. */
function unquoted(text: string): string {
  return /^"(.*)"$/s.exec(text)?.[1] ?? text;
}
