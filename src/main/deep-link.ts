export const LINK_SCHEME = 'everynode';

const MAX_LENGTH = 2_048;
/** A namespace or DaemonSet name as the API server takes it (RFC 1123 label and subdomain). */
const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/**
 * The page that a link shows, as the hash of its URL, or undefined for anything that is not a link to one of our pages:
 *
 * - `everynode://c/CONTEXT/daemonsets` → `#/c/CONTEXT/daemonsets`
 * - `everynode://c/CONTEXT/daemonsets/NAMESPACE/NAME` → `#/c/CONTEXT/daemonsets/NAMESPACE/NAME`
 *
 * CONTEXT is percent-encoded. A link comes from anywhere, so it only shows a place: it connects nothing, changes nothing,
 * and neither query nor fragment of it is taken over.
 */
export function hashOfLink(link: string): string | undefined {
  if (link.length > MAX_LENGTH) return undefined;
  const path = /^everynode:\/\/([^?#]*)/i.exec(link)?.[1];
  const [place, context, page, namespace, name, ...rest] = (path ?? '').replace(/\/$/, '').split('/');
  const contextName = decoded(context);
  if (place?.toLowerCase() !== 'c' || contextName === undefined || page !== 'daemonsets' || rest.length > 0) {
    return undefined;
  }
  const list = `#/c/${encodeURIComponent(contextName)}/daemonsets`;
  if (namespace === undefined) return list;
  if (name === undefined || !NAME.test(namespace) || !NAME.test(name)) return undefined;
  return `${list}/${namespace}/${name}`;
}

/** The page that shows contexts that were just added, as the page's own dialog chooses it; undefined for none. */
export function hashOfAdded(contextNames: readonly string[]): string | undefined {
  const [first] = contextNames;
  if (first === undefined) return undefined;
  return contextNames.length === 1 ? `#/c/${encodeURIComponent(first)}/daemonsets` : '#/';
}

/** The first link among the arguments of a start. */
export function linkIn(argv: readonly string[]): string | undefined {
  return argv.find((argument) => argument.toLowerCase().startsWith(`${LINK_SCHEME}://`));
}

/** A context's name, as long as it says something and hides nothing. */
function decoded(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    const name = decodeURIComponent(text);
    return /[\p{Cc}\p{Cf}]/u.test(name) ? undefined : name;
  } catch {
    // A lone % is no encoding, so this is no link of ours.
    return undefined;
  }
}
