import type { LogItem } from '../../../src/shared/contract/log.ts';
import type { RealCore } from '../real-core.ts';

export interface LogOfPod {
  readonly pod: string;
  readonly follow?: boolean;
  readonly previous?: boolean;
}

let streams = 0;

/** Items of the log of a pod's container `main`, each given back as soon as it is read, until the question says that it was the last. */
export async function readLog(
  { client, contextName }: RealCore,
  { pod, follow = true, previous = false }: LogOfPod,
  isLast: (items: readonly LogItem[]) => boolean,
): Promise<readonly LogItem[]> {
  streams += 1;
  const streamId = `real-nodes-${streams}`;
  const target = { contextName, namespace: 'default', name: pod, container: 'main' };
  const items: LogItem[] = [];
  for await (const item of await client.log.read({ ...target, streamId, windowBytes: 65_536, follow, previous })) {
    items.push(item);
    if (item.type === 'lines') await client.stream.credit({ streamId, bytes: item.bytes });
    if (isLast(items)) break;
  }
  return items;
}

/** All lines of items, without their line breaks. */
export function linesOf(items: readonly LogItem[]): readonly string[] {
  const text = items.map((item) => (item.type === 'lines' ? item.text : '')).join('');
  return text === '' ? [] : text.replace(/\n$/u, '').split('\n');
}
