import type { Resolved } from './check-imports.ts';
import type { Violation } from './source-file.ts';

/** One violation per cycle, whatever kind of import closes it. */
export function checkCycles(sources: readonly Resolved[]): readonly Violation[] {
  const edges = new Map(
    sources.map(({ file, edges: all }) => [
      file.path,
      all.flatMap(({ fact, target }) => (target === undefined || fact.kind === 'url' ? [] : [target])),
    ]),
  );
  const done = new Set<string>();
  const path: string[] = [];
  const found: Violation[] = [];
  const walk = (node: string) => {
    const at = path.indexOf(node);
    if (at !== -1) {
      const cycle = [...path.slice(at), node].join(' → ');
      found.push({ path: node, line: 1, message: `a cycle: ${cycle}; move what both need into a third file` });
      return;
    }
    if (done.has(node)) return;
    path.push(node);
    for (const next of edges.get(node) ?? []) walk(next);
    path.pop();
    done.add(node);
  };
  for (const { file } of sources) walk(file.path);
  return found;
}
