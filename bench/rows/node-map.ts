import { Rail } from '../../e2e/pages/rail.ts';
import { DetailPage } from '../../e2e/pages/detail-page.ts';
import type { NodeLook } from '../../src/renderer/features/node-map/node-looks.ts';
import { NODE_STATES } from '../../src/shared/kubernetes/coverage.ts';
import { CONTEXT, startBenchHost } from '../bench-host.ts';
import type { Bench, BenchRow, Figure } from '../bench-row.ts';
import { countFrames } from '../count-frames.ts';
import { paintNodes } from '../paint-nodes.ts';
import { serveSources } from '../source-modules.ts';
import { startStorm } from '../storm.ts';
import { STORM } from '../storm-pod.ts';

const NODES = 5_000;
const ZONES = 3;
const WIDTH_PX = 760;
const MAP_WITHIN_MS = 60_000;
const PER_SECOND = 500;
const STORM_SECONDS = 6;

/** The node map: one paint of all cells, and the frames of its page while pods change. */
export const nodeMap: BenchRow = {
  name: 'node-map',
  goal: 'node map of 5,000 nodes ≤ 16 ms; its page under 500 pod events/s ≥ 50 frames/s',
  run: async (bench) => [...(await paints(bench)), ...(await framesUnderEvents(bench))],
};

async function paints(bench: Bench): Promise<readonly Figure[]> {
  const context = await (await bench.browser()).newContext();
  try {
    const page = await context.newPage();
    await serveSources(page);
    const figures: Figure[] = [];
    for (const [what, looks] of [
      ['a rollout half done', halfDone()],
      ['all states alike', allAlike()],
    ] as const) {
      for (const ratio of [1, 2]) {
        const options = { looks, zones: ZONES, width: WIDTH_PX, ratio, times: bench.quick ? 60 : 200 };
        const { lengths, cells } = await paintNodes(page, options);
        if (cells !== NODES) throw new Error(`${cells} of ${NODES} cells are on the canvas`);
        figures.push({
          what: `layout and paint, ${what}, ${ratio} px per CSS px`,
          unit: 'ms',
          values: lengths,
          goal: { atMost: 16 },
        });
      }
    }
    return figures;
  } finally {
    await context.close();
  }
}

function halfDone(): readonly NodeLook[] {
  return Array.from({ length: NODES }, (_, index): NodeLook => {
    if (index % 6 === 0) return 'excluded';
    if (index % 500 === 1) return 'failing';
    return index % 2 === 0 ? 'ready' : 'ready:old';
  });
}

function allAlike(): readonly NodeLook[] {
  const looks = NODE_STATES.flatMap((state): readonly NodeLook[] => [state, `${state}:old`]);
  return Array.from({ length: NODES }, (_, index) => looks[index % looks.length] ?? 'ready');
}

async function framesUnderEvents(bench: Bench): Promise<readonly Figure[]> {
  const storm = await startStorm(NODES);
  const host = await startBenchHost(bench, storm.entry);
  const context = await (await bench.browser()).newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(host.url);
    await new Rail(page).open(CONTEXT);
    const startedAt = performance.now();
    await page.goto(`${new URL(host.url).origin}/#/c/${CONTEXT}/daemonsets/${STORM.namespace}/${STORM.name}`);
    const detail = new DetailPage(page);
    await detail.nodeKind(`${NODES.toLocaleString('en')} ready`).waitFor({ timeout: MAP_WITHIN_MS });
    const shownMs = performance.now() - startedAt;
    const sending = storm.send({ do: 'modify', perSecond: PER_SECOND, seconds: STORM_SECONDS });
    const { fps, longestMs } = await countFrames(page, (STORM_SECONDS - 1) * 1000);
    await sending;
    return [
      { what: 'whole map shown, from the list', unit: 'ms', values: [shownMs] },
      { what: `page with map, ${PER_SECOND} events/s`, unit: 'frames/s', values: [fps], goal: { atLeast: 50 } },
      { what: `longest frame, ${PER_SECOND} events/s`, unit: 'ms', values: [longestMs] },
    ];
  } finally {
    await context.close();
    await host.stop();
    await storm.stop();
  }
}
