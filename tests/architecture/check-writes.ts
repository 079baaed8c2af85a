import type { Resolved } from './check-imports.ts';
import { isTest, type Violation } from './source-file.ts';

const CHANGE = 'src/core/change.ts';
const WRITE_REQUEST = 'src/core/kubernetes/write-request.ts';
const SENDER = 'src/core/kubernetes/request-sender.ts';
const CONNECTION = 'src/core/kubernetes/connection.ts';
const POOLS = 'src/core/kubernetes/connection-pools.ts';
const HEARD_CLIENT = 'src/core/kubernetes/heard-client.ts';
/** GETs of image registries, which are no cluster: its one method is a GET by construction. */
const REGISTRY_REQUEST = 'src/core/registry/registry-request.ts';
const SERVICES = 'src/core/services/';

/** Ways out that would get around the connection. */
const OTHER_WAYS = /^(fetch|globalThis\.fetch|XMLHttpRequest|WebSocket|EventSource)$/;
const HTTP_CLIENTS = /^(node:)?(http|https|http2)$/;

/**
 * "No request but GET leaves the core except through change.ts": only it may use sendWrite, only the connection may use
 * the sender, nobody has another way out, and a method that writes is named only by change.ts and by the services that
 * describe a change to it.
 */
export function checkWrites({ file, facts, edges }: Resolved): readonly Violation[] {
  const { path } = file;
  if (!path.startsWith('src/core/') || isTest(path)) return [];
  const at = (line: number, message: string): Violation => ({ path, line, message });
  const found: Violation[] = [];
  for (const { fact, target } of edges) {
    if (fact.kind === 'type') continue;
    if (target === WRITE_REQUEST && !mayUseWriteRequest(path, fact.names)) {
      found.push(at(fact.line, `only ${CHANGE} may send a write: describe a Change and hand it to applyChange`));
    }
    if (target === SENDER && path !== CONNECTION) {
      found.push(at(fact.line, `only ${CONNECTION} may hold a RequestSender: use its get, watch or stream`));
    }
    if (target === HEARD_CLIENT && path !== POOLS) {
      found.push(at(fact.line, `only ${POOLS} may make a HeardClient: send through the connection`));
    }
    if (fact.specifier === 'undici' && ![SENDER, POOLS, HEARD_CLIENT].includes(path)) {
      found.push(at(fact.line, `undici is used by ${SENDER} and the pools alone: send through the connection`));
    }
    if (fact.specifier !== undefined && HTTP_CLIENTS.test(fact.specifier) && path !== REGISTRY_REQUEST) {
      found.push(at(fact.line, `the core has one HTTP client: send through the connection, not ${fact.specifier}`));
    }
  }
  for (const { text, line } of facts.calls) {
    if (OTHER_WAYS.test(text)) found.push(at(line, `${text} gets around the connection: send through it`));
  }
  const describesChanges = path.startsWith(SERVICES) && edges.some(({ target }) => target === CHANGE);
  if (path !== CHANGE && !describesChanges) {
    for (const { text, line } of facts.writeMethods) {
      found.push(at(line, `'${text}' is named only where a Change is described for ${CHANGE}`));
    }
  }
  return found;
}

function mayUseWriteRequest(path: string, names: readonly string[]): boolean {
  return (
    path === CHANGE || (path === CONNECTION && names.length > 0 && names.every((name) => name === 'registerSender'))
  );
}
