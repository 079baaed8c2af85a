import { isObject, records, text, wholeNumber, type JsonObject } from './json-fields.ts';

/**
 * A probe in one line, in the order of kubectl describe (kubectl pkg/describe/describe.go, DescribeProbe, 1.37):
 * "liveness: GET http://:8080/healthz, delay 0s, timeout 1s, period 10s, success 1, failure 3". None when there is no probe.
 */
export function probeWords(kind: 'liveness' | 'readiness' | 'startup', probe: unknown): readonly string[] {
  if (!isObject(probe)) return [];
  const number = (key: string, byDefault: number): number => wholeNumber(probe[key]) ?? byDefault;
  const timing = [
    `delay ${number('initialDelaySeconds', 0)}s`,
    `timeout ${number('timeoutSeconds', 1)}s`,
    `period ${number('periodSeconds', 10)}s`,
    `success ${number('successThreshold', 1)}`,
    `failure ${number('failureThreshold', 3)}`,
  ];
  return [`${kind}: ${[handlerWords(probe), ...timing].join(', ')}`];
}

function handlerWords(probe: JsonObject): string {
  const { httpGet, tcpSocket, exec, grpc } = probe;
  if (isObject(httpGet)) {
    const scheme = (text(httpGet['scheme']) || 'HTTP').toLowerCase();
    const path = text(httpGet['path']) || '/';
    const headers = records(httpGet['httpHeaders']).map((header) => text(header['name']));
    const withHeaders = headers.length > 0 ? ` with headers ${headers.join(', ')}` : '';
    return `GET ${scheme}://${text(httpGet['host'])}:${port(httpGet['port'])}${path}${withHeaders}`;
  }
  if (isObject(tcpSocket)) return `TCP ${text(tcpSocket['host'])}:${port(tcpSocket['port'])}`;
  if (isObject(exec)) return `exec ${JSON.stringify(exec['command'] ?? [])}`;
  if (isObject(grpc)) return `gRPC :${port(grpc['port'])}${text(grpc['service']) ? ` ${text(grpc['service'])}` : ''}`;
  return 'unknown kind';
}

function port(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '?';
}
