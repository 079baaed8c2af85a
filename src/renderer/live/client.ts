import type { ApiClient } from '../transport/api-client.ts';

/** Everything the page can ask of the core, typed by the contract. Calls and streams fail with an AppError. */
export type Client = ApiClient;
