import type { Row } from '../../shared/kubernetes/rows.ts';
import type { ApiConnection, ApiResponse } from './api-connection.ts';
import type { DecodedList } from './decode.ts';
import { peekContinueToken } from './list-slices.ts';
import type { RowDecoder } from './row-decoder.ts';

export interface ListPagesOptions<T extends Row> {
  readonly connection: ApiConnection;
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly decoder: RowDecoder<T>;
  readonly signal: AbortSignal;
  readonly pageSize: number;
  /** Default pageSize; a small one shows rows sooner. */
  readonly firstPageSize?: number;
  /** A relist asks for this version or a later one; absent: the most recent. */
  readonly notOlderThan?: string;
}

const PAGE_TIMEOUT_MS = 30_000;

/**
 * The pages of one consistent list, in order; ends early, without an error, when the signal aborts after an answer. The next page is asked for
 * while this one is decoded, one ahead at most, so that server and decoder do not wait for each other.
 */
export async function* listPages<T extends Row>(options: ListPagesOptions<T>): AsyncGenerator<DecodedList<T>> {
  const { decoder, signal } = options;
  const ended = new AbortController();
  const ask = (token?: string) => askForPage(options, AbortSignal.any([signal, ended.signal]), token);
  try {
    let coming = ask();
    for (;;) {
      const { body } = await coming;
      const ahead = peekContinueToken(body);
      const next = ahead === undefined ? undefined : ask(ahead);
      // It is waited for below, where it fails in its turn; meanwhile nobody listens.
      next?.catch(() => undefined);
      const page = await decoder.list(body);
      if (signal.aborted) return;
      yield page;
      if (page.continueToken === undefined) return;
      coming = next !== undefined && ahead === page.continueToken ? next : ask(page.continueToken);
    }
  } finally {
    ended.abort();
  }
}

function askForPage<T extends Row>(
  { connection, path, query, pageSize, firstPageSize = pageSize, notOlderThan }: ListPagesOptions<T>,
  signal: AbortSignal,
  token?: string,
): Promise<ApiResponse> {
  const version =
    notOlderThan === undefined ? {} : { resourceVersion: notOlderThan, resourceVersionMatch: 'NotOlderThan' };
  const page =
    token === undefined
      ? { limit: String(firstPageSize), ...version }
      : // A continue token carries its version: both together are refused.
        { limit: String(pageSize), continue: token };
  return connection.get({ path, query: { ...query, ...page }, signal, timeoutMs: PAGE_TIMEOUT_MS });
}
