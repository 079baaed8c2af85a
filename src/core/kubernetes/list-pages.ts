import type { Row } from '../../shared/kubernetes/rows.ts';
import type { ApiConnection } from './api-connection.ts';
import type { DecodedList } from './decode.ts';
import type { RowDecoder } from './row-decoder.ts';

export interface ListPagesOptions<T extends Row> {
  readonly connection: ApiConnection;
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly decoder: RowDecoder<T>;
  readonly signal: AbortSignal;
  readonly pageSize: number;
  /** A relist asks for this version or a later one; absent: the most recent. */
  readonly notOlderThan?: string;
}

const PAGE_TIMEOUT_MS = 30_000;

/** The pages of one consistent list, in order; ends early, without an error, when the signal aborts after an answer. */
export async function* listPages<T extends Row>(options: ListPagesOptions<T>): AsyncGenerator<DecodedList<T>> {
  const { connection, decoder, signal, notOlderThan } = options;
  const version =
    notOlderThan === undefined ? {} : { resourceVersion: notOlderThan, resourceVersionMatch: 'NotOlderThan' };
  let token: string | undefined;
  do {
    const { body } = await connection.get({
      path: options.path,
      // A continue token carries its version: both together are refused.
      query: {
        ...options.query,
        limit: String(options.pageSize),
        ...(token === undefined ? version : { continue: token }),
      },
      signal,
      timeoutMs: PAGE_TIMEOUT_MS,
    });
    const page = await decoder.list(body);
    if (signal.aborted) return;
    yield page;
    token = page.continueToken;
  } while (token !== undefined);
}
