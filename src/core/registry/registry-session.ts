import { asObject, type JsonObject, textAt } from '../../shared/kubernetes/json-fields.ts';
import type { Secret } from '../kubernetes/credentials.ts';
import { Secret as SecretText } from '../kubernetes/credentials.ts';
import { parseChallenges } from './auth-challenge.ts';
import type { RegistryLogin } from './pull-secret.ts';
import { RealmNeedsApproval, RegistryFailure } from './registry-failure.ts';
import type { RegistryRequest, RegistryResponse } from './registry-request.ts';

const MAX_REDIRECTS = 3;

export interface RegistrySessionOptions {
  readonly request: RegistryRequest;
  /** "https://registry.example.com". */
  readonly origin: string;
  readonly login?: RegistryLogin | undefined;
  /** Origin of a token realm to which the user lets the login go. */
  readonly approvedRealm?: string | undefined;
  readonly signal: AbortSignal;
}

export interface JsonPage {
  readonly json: JsonObject;
  /** Of the header Link with rel="next", where it stays within the same registry. */
  readonly next?: URL;
}

/**
 * GETs of one registry, signed in when it asks: Basic, or Bearer with a token (distribution spec, token authentication).
 * A login is sent to the registry's own origin and its token realm there, to another realm only when that is approved, and never
 * across a redirect.
 */
export class RegistrySession {
  readonly #options: RegistrySessionOptions;
  #authorization: Secret | undefined;

  constructor(options: RegistrySessionOptions) {
    this.#options = options;
  }

  get origin(): string {
    return this.#options.origin;
  }

  /** @throws RegistryFailure, RealmNeedsApproval, or the signal's reason */
  async get(url: URL): Promise<JsonPage> {
    let { response, url: from } = await this.#follow(url);
    if (response.status === 401 && from.origin === this.origin && this.#authorization === undefined) {
      this.#authorization = await this.#signIn(response, url);
      ({ response, url: from } = await this.#follow(url));
    }
    return { json: this.#json(response, from), ...nextPage(response, url) };
  }

  async #follow(start: URL): Promise<{ readonly response: RegistryResponse; readonly url: URL }> {
    let url = start;
    for (let redirects = 0; ; redirects++) {
      const mayKnow = redirects === 0 && url.origin === this.origin && this.#authorization;
      const response = await this.#send(url, mayKnow ? mayKnow : undefined);
      if (response.status < 300 || response.status >= 400) return { response, url };
      url = redirectTarget(response, url, redirects);
    }
  }

  #send(url: URL, authorization: Secret | undefined): Promise<RegistryResponse> {
    const { request, signal } = this.#options;
    const headers = {
      accept: 'application/json',
      ...(authorization ? { authorization: authorization.reveal() } : {}),
    };
    return request.get(url, headers, signal);
  }

  async #signIn(response: RegistryResponse, url: URL): Promise<Secret> {
    const { login } = this.#options;
    const challenges = parseChallenges(headerText(response, 'www-authenticate'));
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer) return new SecretText(`Bearer ${(await this.#token(bearer.parameters, url)).reveal()}`);
    if (!challenges.some(({ scheme }) => scheme === 'basic')) {
      throw new RegistryFailure(`${url.host} asks for a way to sign in that Everynode does not know.`, 'refused');
    }
    if (!login) throw new RegistryFailure(`${url.host} wants a login: pick its registry secret.`, 'denied');
    return new SecretText(`Basic ${login.basic.reveal()}`);
  }

  async #token(parameters: Readonly<Record<string, string>>, asking: URL): Promise<Secret> {
    const realm = URL.parse(parameters['realm'] ?? '');
    const isSafe = realm?.protocol === 'https:' || (realm?.protocol === 'http:' && asking.protocol === 'http:');
    if (!realm || !isSafe) throw new RegistryFailure(`${asking.host} names no place to sign in.`, 'refused');
    const { login, approvedRealm } = this.#options;
    if (login && realm.origin !== this.origin && realm.origin !== approvedRealm)
      throw new RealmNeedsApproval(realm.origin);
    for (const name of ['service', 'scope']) {
      const value = parameters[name];
      if (value !== undefined) realm.searchParams.set(name, value);
    }
    const response = await this.#send(realm, login && new SecretText(`Basic ${login.basic.reveal()}`));
    if (response.status >= 300 && response.status < 400) {
      throw new RegistryFailure(`${realm.host} sends the sign-in elsewhere, where no login is sent.`, 'refused');
    }
    const json = this.#json(response, realm);
    const token = textAt(json, 'token') ?? textAt(json, 'access_token');
    if (token === undefined) throw new RegistryFailure(`${realm.host} gives no token.`, 'refused');
    return new SecretText(token);
  }

  #json({ status, body }: RegistryResponse, { host }: URL): JsonObject {
    const { login } = this.#options;
    if (status === 401 || status === 403) {
      const words = login
        ? `${host} does not accept this login here (${status}).`
        : `${host} wants a login: pick its registry secret.`;
      throw new RegistryFailure(words, 'denied');
    }
    if (status === 404) throw new RegistryFailure(`${host} does not have this.`, 'refused');
    if (status === 429) throw new RegistryFailure(`${host} has had too many requests; try later.`, 'refused');
    if (status < 200 || status >= 300) throw new RegistryFailure(`${host} answers ${status}.`, 'refused');
    try {
      return asObject(JSON.parse(new TextDecoder().decode(body)));
    } catch {
      // The parser's message quotes the answer, which may be a token.
      throw new RegistryFailure(`${host} answers, but not as a registry does.`, 'refused');
    }
  }
}

function redirectTarget(response: RegistryResponse, from: URL, redirects: number): URL {
  const target = URL.parse(headerText(response, 'location'), from.href);
  const isSafe = target?.protocol === 'https:' || (target?.protocol === 'http:' && from.protocol === 'http:');
  if (target && isSafe && redirects < MAX_REDIRECTS) return target;
  throw new RegistryFailure(
    `${from.host} sends this elsewhere (${response.status}), where Everynode does not follow.`,
    'refused',
  );
}

/** RFC 8288, as the distribution spec uses it: `</v2/_catalog?n=100&last=x>; rel="next"`. */
function nextPage(response: RegistryResponse, url: URL): { readonly next?: URL } {
  const [, target] = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(headerText(response, 'link')) ?? [];
  const next = target === undefined ? null : URL.parse(target, url.href);
  return next && next.origin === url.origin && next.href !== url.href ? { next } : {};
}

function headerText({ headers }: RegistryResponse, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : (value ?? []).join(', ');
}
