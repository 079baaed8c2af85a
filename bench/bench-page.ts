import { whenConnected } from '../src/renderer/transport/open-transport.ts';
import { PageSession } from '../src/renderer/transport/page-session.ts';
import { WebSocketTransport } from '../src/renderer/transport/websocket-transport.ts';
import { systemClock } from '../src/core/system-clock.ts';
import type { RowsItem } from '../src/shared/contract/live.ts';
import { FakeBrowser } from '../tests/fakes/fake-browser.ts';
import { CONTEXT } from './bench-host.ts';

export interface BenchPage {
  readonly client: WebSocketTransport['client'];
  close(): void;
}

/** The renderer's own transport in this process: what it receives, a page receives. The context is open after it. */
export async function openBenchPage(hostUrl: string): Promise<BenchPage> {
  const { origin, hash } = new URL(hostUrl);
  const tab = new FakeBrowser(origin).openTab(hash);
  const transport = new WebSocketTransport({
    session: new PageSession(tab.window),
    // The same events and members as a browser's.
    openSocket: (protocols) => tab.openSocket(protocols) as unknown as WebSocket,
    clock: systemClock,
  });
  await whenConnected(transport);
  await transport.client.context.open({ contextName: CONTEXT });
  return { client: transport.client, close: () => transport.dispose() };
}

/** Puts one item of a snapshot stream into the rows, as a page does. */
export function applyItem<Row extends { readonly uid: string }>(rows: Map<string, Row>, item: RowsItem<Row>): void {
  if (item.type === 'full') {
    rows.clear();
    for (const row of item.rows) rows.set(row.uid, row);
    return;
  }
  for (const uid of item.deletedUids) rows.delete(uid);
  for (const row of item.upserted) rows.set(row.uid, row);
}
