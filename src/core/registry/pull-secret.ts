import { asObject, isObject, type JsonObject, objectAt, textAt } from '../../shared/kubernetes/json-fields.ts';
import { Secret } from '../kubernetes/credentials.ts';

/** A name and password for one registry. Prints as [redacted]. */
export interface RegistryLogin {
  /** For an Authorization header of the scheme Basic. */
  readonly basic: Secret;
}

interface KeyringEntry {
  /** Host and path prefix, with wild cards in the host's parts. */
  readonly place: string;
  readonly login: RegistryLogin;
}

/** The logins of one pull secret, found as kubelet finds them. */
export class PullSecret {
  readonly #entries: readonly KeyringEntry[];

  private constructor(entries: readonly KeyringEntry[]) {
    this.#entries = entries;
  }

  /**
   * Reads a Secret of type kubernetes.io/dockerconfigjson or kubernetes.io/dockercfg. Undefined for any other type and for text that is
   * no JSON (pkg/credentialprovider/config.go and secrets/secrets.go, 1.37). Entries that cannot be read are left out.
   */
  static of(secret: JsonObject): PullSecret | undefined {
    const data = objectAt(secret, 'data');
    switch (textAt(secret, 'type')) {
      case 'kubernetes.io/dockerconfigjson': {
        const config = decoded(textAt(data, '.dockerconfigjson'));
        return config && new PullSecret(entriesOf(objectAt(config, 'auths')));
      }
      case 'kubernetes.io/dockercfg': {
        const config = decoded(textAt(data, '.dockercfg'));
        return config && new PullSecret(entriesOf(config));
      }
      default:
        return undefined;
    }
  }

  /**
   * The logins for an image ("registry.example.com/team/agent") or a registry's host, the more specific first.
   * keyring.go (1.37), BasicDockerKeyring.Lookup: also docker.io by the key index.docker.io.
   */
  lookup(image: string): readonly RegistryLogin[] {
    const matching = this.#entries.filter(({ place }) => matches(place, image));
    if (matching.length > 0) return matching.map(({ login }) => login);
    const isDocker = image === 'docker.io' || image.startsWith('docker.io/');
    return isDocker ? this.#entries.filter(({ place }) => place === 'index.docker.io').map(({ login }) => login) : [];
  }
}

function decoded(base64: string | undefined): JsonObject | undefined {
  if (base64 === undefined) return undefined;
  try {
    return asObject(JSON.parse(Buffer.from(base64, 'base64').toString('utf8')));
  } catch {
    // The parser's message would quote the credentials.
    return undefined;
  }
}

function entriesOf(auths: JsonObject): readonly KeyringEntry[] {
  return Object.entries(auths)
    .flatMap(([key, value]) => {
      const place = placeOf(key);
      const login = isObject(value) ? loginOf(value) : undefined;
      return place !== undefined && login ? [{ place, login }] : [];
    })
    .toSorted((a, b) => (a.place < b.place ? 1 : a.place > b.place ? -1 : 0));
}

/** config.go, DockerConfigEntry: `auth` is base64 of name:password, and wins. */
function loginOf(entry: JsonObject): RegistryLogin | undefined {
  const auth = textAt(entry, 'auth');
  if (auth !== undefined) {
    const pair = Buffer.from(auth, 'base64').toString('utf8');
    return pair.includes(':') ? { basic: new Secret(Buffer.from(pair).toString('base64')) } : undefined;
  }
  const [username, password] = [textAt(entry, 'username'), textAt(entry, 'password')];
  if (username === undefined || password === undefined) return undefined;
  return { basic: new Secret(Buffer.from(`${username}:${password}`).toString('base64')) };
}

/** keyring.go, BasicDockerKeyring.Add: the scheme goes, and so do /v1/ and /v2/ before the path. */
function placeOf(key: string): string | undefined {
  const found = /^(?:https?:\/\/)?([^/?#]+)(\/[^?#]*)?/.exec(key);
  if (found?.[1] === undefined) return undefined;
  const path = (found[2] ?? '').replace(/^\/v[12]\//, '/');
  return path === '/' ? found[1] : `${found[1]}${path}`;
}

/** keyring.go, URLsMatch: ports are equal, host parts match one by one, the path is a prefix. */
function matches(place: string, image: string): boolean {
  const [wanted, given] = [split(place), split(image)];
  if (wanted.port !== given.port || wanted.parts.length !== given.parts.length) return false;
  if (!given.path.startsWith(wanted.path)) return false;
  return wanted.parts.every((part, index) => globMatches(part, given.parts[index] ?? ''));
}

function split(text: string): { readonly parts: readonly string[]; readonly port: string; readonly path: string } {
  const slash = text.indexOf('/');
  const authority = slash === -1 ? text : text.slice(0, slash);
  const [, host = authority, port = ''] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? [];
  return { parts: host.split('.'), port, path: slash === -1 ? '' : text.slice(slash) };
}

/** Go's filepath.Match within one part: *, [a-z], [^a] and \x. A pattern that is none matches nothing. */
function globMatches(glob: string, part: string): boolean {
  if (!/[*[\\]/.test(glob)) return glob === part;
  const source = glob.replaceAll(/\\(.)|\[(\^?)([^\]]+)\]|(\*)|([^\w-])/g, (_all, escaped, not, set, wild, other) => {
    if (escaped !== undefined) return literal(String(escaped));
    if (set !== undefined) return `[${String(not)}${String(set).replaceAll(/[\\\]]/g, String.raw`\$&`)}]`;
    if (wild !== undefined) return '.*';
    return literal(String(other));
  });
  try {
    return new RegExp(`^${source}$`).test(part);
  } catch {
    // A range that ends before it begins, as in Go: ErrBadPattern, no match.
    return false;
  }
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
