const TEXT = /\.(js|cjs|mjs|css|html|json)$/;

/**
 * Those of the files that running the first ones can ask for: a file is reached when a text that is reached names it, in
 * quotes or in `url()`, by a path that ends in its name. The names that a build makes carry a hash, so they are names of
 * one file only.
 *
 * @param files paths with forward slashes, and how to read one
 */
export function reachedFiles(files: ReadonlyMap<string, () => string>, first: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...first];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const text = TEXT.test(path) ? (files.get(path)?.() ?? '') : '';
    const named = new Set([...text.matchAll(/["'`(](?:[\w@.-]*\/)*([\w@.-]+)(?=["'`)?#])/g)].map(([, name]) => name));
    for (const other of files.keys()) {
      if (!reached.has(other) && named.has(other.slice(other.lastIndexOf('/') + 1))) waiting.push(other);
    }
  }
  return reached;
}
