import { useRef, useState } from 'react';
import type { NodeCoverage } from '../../../shared/kubernetes/coverage.ts';
import type { PodRow } from '../../../shared/kubernetes/rows.ts';
import { hasFineCells } from './draw-map.ts';
import { nextWithLook } from './map-layout.ts';
import { MapLegend } from './MapLegend.tsx';
import { MapSurface } from './MapSurface.tsx';
import classes from './NodeMap.module.css';
import { nodeWords } from './node-words.ts';
import { useMapCells } from './use-map-cells.ts';
import { useWidth } from '../../components/use-width.ts';

export interface NodeMapProps {
  /** In the order of their names. */
  readonly nodes: readonly NodeCoverage[];
  /** Key of the label that they are grouped by. */
  readonly groupBy: string;
  readonly revisionWords: (pod: PodRow) => string;
  /** Name of the node that was chosen. */
  readonly chosen: string | undefined;
  /** Undefined: none any more. */
  readonly onChoose: (nodeName: string | undefined) => void;
}

/** One cell for each node, and a legend that leads from one node of a kind to the next. */
export function NodeMap({ nodes, groupBy, revisionWords, chosen, onChoose }: NodeMapProps) {
  const frame = useRef<HTMLDivElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const cells = useMapCells(nodes, groupBy, useWidth(frame));
  const { layout, entries, looks, counts, indexes } = cells;
  const [active, setActive] = useState<string>();
  const found = indexes.get(active ?? chosen ?? '');
  const activate = (index: number | undefined) =>
    setActive((last) => (index === undefined ? last : entries[index]?.node.name));
  return (
    <>
      <div ref={frame} className={classes.map} style={{ height: layout.height }}>
        {layout.groups.map(({ label, first, x, y, width }) => (
          <span key={first} className={classes.heading} style={{ left: x, top: y, width }}>
            {label}
          </span>
        ))}
        <MapSurface
          surface={surface}
          cells={cells}
          activeIndex={found ?? 0}
          chosenIndex={chosen === undefined ? undefined : indexes.get(chosen)}
          wordsOf={(entry) => nodeWords(entry, revisionWords)}
          onActivate={activate}
          onChoose={(index) => {
            const name = index === undefined ? undefined : entries[index]?.node.name;
            onChoose(name === chosen ? undefined : name);
          }}
        />
      </div>
      <MapLegend
        counts={counts}
        isFine={hasFineCells(layout)}
        onNext={(look) => {
          activate(nextWithLook(looks, found ?? -1, look));
          surface.current?.focus({ preventScroll: true });
        }}
      />
    </>
  );
}
