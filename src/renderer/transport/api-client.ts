import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/contract/contract.ts';
import { ApiLink, type ApiLinkOptions } from './api-link.ts';
import type { CallContext } from './call-context.ts';

/** Every failure of a call or stream is an AppError. A stream of a lost transport throws Disconnected. */
export type ApiClient = ContractRouterClient<Contract, CallContext>;

export function createApiClient(options: ApiLinkOptions): ApiClient {
  return createORPCClient<ApiClient>(new ApiLink(options));
}
