import { isAlias, isMap } from 'yaml';
import { hasPlaces, isCollection, visitNodes } from '../manifest/entry.ts';
import type { ManifestDocument } from '../manifest/manifest-text.ts';
import { isMergeKey } from '../manifest/node-reader.ts';

/** Whether anything in a document can be foreign: an alias, a merge key, or a collection that is written without places. */
export function mayBeForeign({ tree }: ManifestDocument): boolean {
  let found = false;
  visitNodes(tree.contents, (node) => {
    found ||= isAlias(node) || (isCollection(node) && !hasPlaces(node));
    found ||= isMap(node) && node.items.some((pair) => isMergeKey(pair.key));
  });
  return found;
}
