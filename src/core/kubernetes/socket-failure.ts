/** Reads Node's error code, also through a chain of causes and the list that a dual-stack connect throws. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = (error as { readonly code?: unknown }).code;
  if (error instanceof AggregateError) {
    const inner = error.errors.map(errorCode).find((found) => found !== undefined);
    if (inner !== undefined) return inner;
  }
  if (typeof code === 'string') return code;
  return errorCode(error.cause);
}

/** The cause of a failed TCP connect as a sentence. `what` is who was called: "The API server", "The proxy". */
export function describeSocketFailure(error: unknown, what: string, host: string, port: number): string {
  const at = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const code = errorCode(error);
  switch (code) {
    case 'ENOTFOUND':
      return `${what} cannot be found: no DNS entry for ${host} (ENOTFOUND).`;
    case 'EAI_AGAIN':
      return `${what} cannot be found: the DNS server gives no answer about ${host} (EAI_AGAIN).`;
    case 'ECONNREFUSED':
      return `${what} at ${at} refuses the connection (ECONNREFUSED): nothing listens there.`;
    case 'ECONNRESET':
    case 'EPIPE':
      return `${what} at ${at} has reset the connection (${code}).`;
    case 'ETIMEDOUT':
      return `${what} at ${at} did not answer (ETIMEDOUT).`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${what} at ${at} has no route from this machine (${code}).`;
    case 'EACCES':
    case 'EPERM':
      return `${what} at ${at}: this machine does not allow the connection (${code}).`;
    default:
      return `${what} at ${at} cannot be reached (${code ?? (error instanceof Error ? error.message : String(error))}).`;
  }
}
