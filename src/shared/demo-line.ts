/** How to reach a demo cluster that runs. */
export interface DemoAddress {
  /** Base URL of its API server, on loopback. */
  readonly url: string;
  readonly token: string;
}

/** The first line of the demo process: one JSON object {"url", "token", "pid"}. Undefined when it is anything else. */
export function parseDemoLine(line: string): DemoAddress | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('url' in value) || !('token' in value)) return undefined;
  const { url, token } = value;
  return typeof url === 'string' && typeof token === 'string' ? { url, token } : undefined;
}
