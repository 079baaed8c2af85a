import { isAlias } from 'yaml';
import type { Node } from 'yaml';
import { visitNodes } from './entry.ts';
import type { Entry } from './entry.ts';
import { PathProblem } from './locate.ts';
import type { ManifestDocument } from './manifest-text.ts';

/**
 * Refuses to take a value away that the rest of the document has an alias of.
 *
 * @throws PathProblem Foreign
 */
export function refuseSharedAnchors({ tree }: ManifestDocument, entry: Entry | undefined): void {
  if (!entry) return;
  const anchors = new Set<string>();
  const inside = new Map<string, number>();
  const visit = (node: Node): void => {
    if (isAlias(node)) inside.set(node.source, (inside.get(node.source) ?? 0) + 1);
    else if (node.anchor !== undefined) anchors.add(node.anchor);
  };
  visitNodes(entry.key, visit);
  visitNodes(entry.value, visit);
  if (anchors.size === 0) return;
  const everywhere = new Map<string, number>();
  visitNodes(tree.contents, (node) => {
    if (isAlias(node)) everywhere.set(node.source, (everywhere.get(node.source) ?? 0) + 1);
  });
  for (const anchor of anchors) {
    if ((everywhere.get(anchor) ?? 0) <= (inside.get(anchor) ?? 0)) continue;
    throw new PathProblem('Foreign', `the anchor &${anchor} in it is used elsewhere too: edit it in YAML`, entry.start);
  }
}
