import { useMemo } from 'react';
import type { NodeCoverage } from '../../../shared/kubernetes/coverage.ts';
import { type CellGroup, layoutMap, type MapLayout } from './map-layout.ts';
import { groupNodes } from './node-groups.ts';
import { type LookCount, lookCounts, lookOf, type NodeLook } from './node-looks.ts';

export interface MapCells {
  readonly layout: MapLayout;
  /** One for each cell. */
  readonly entries: readonly NodeCoverage[];
  readonly looks: readonly NodeLook[];
  readonly counts: readonly LookCount[];
  /** Of a node's cell, by its name. */
  readonly indexes: ReadonlyMap<string, number>;
}

/** Cells, and where they stand. The layout stays the same one while pods change. */
export function useMapCells(nodes: readonly NodeCoverage[], groupBy: string, width: number): MapCells {
  const { groups, entries } = useMemo(() => groupNodes(nodes, groupBy), [nodes, groupBy]);
  const layout = useLayout(groups, width);
  const looks = useMemo(() => entries.map(lookOf), [entries]);
  const counts = useMemo(() => lookCounts(looks), [looks]);
  const indexes = useMemo(() => new Map(entries.map(({ node }, index) => [node.name, index])), [entries]);
  return { layout, entries, looks, counts, indexes };
}

function useLayout(groups: readonly CellGroup[], width: number): MapLayout {
  const id = JSON.stringify(groups);
  // `id` says all of the groups.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => layoutMap(groups, width), [id, width]);
}
