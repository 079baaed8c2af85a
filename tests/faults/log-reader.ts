import type { LogItem } from '../../src/shared/contract/log.ts';
import { CONTEXT, type CoreWorld } from './core-world.ts';
import { NAMESPACE } from './default-namespace.ts';

/** A page's reader of one container's log, which gives every byte back at once. */
export class LogReader {
  /** All but the lines. */
  readonly items: LogItem[] = [];
  /** All lines so far. */
  text = '';
  /** What ended it, when the log did not. */
  error: unknown;
  hasEnded = false;

  /** Reads the container `main` with timestamps, from the beginning. */
  constructor(world: CoreWorld, pod: string, follow: boolean) {
    void this.#read(world, pod, follow)
      .catch((error: unknown) => {
        this.error = error;
      })
      .finally(() => {
        this.hasEnded = true;
      });
  }

  get seams(): readonly string[] {
    return this.items.flatMap((item) => (item.type === 'seam' ? [item.error.message] : []));
  }

  async #read({ client }: CoreWorld, name: string, follow: boolean): Promise<void> {
    const streamId = `log-of-${name}-${follow}`;
    const items = await client.log.read({
      contextName: CONTEXT,
      namespace: NAMESPACE,
      name,
      container: 'main',
      streamId,
      windowBytes: 1_048_576,
      follow,
      timestamps: true,
    });
    for await (const item of items) {
      if (item.type !== 'lines') {
        this.items.push(item);
        continue;
      }
      this.text += item.text;
      await client.stream.credit({ streamId, bytes: item.bytes });
    }
  }
}
