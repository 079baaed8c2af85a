import { Agent, request } from 'undici';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  /** `application/json` unless told. */
  readonly type?: string;
  /** Media type to be answered in; JSON unless told. */
  readonly accept?: string;
}

export interface ApiReply {
  readonly code: number;
  readonly warnings: readonly string[];
  /** Parsed JSON, or the text where the answer is none. */
  readonly body: unknown;
}

/** Users with fewer rights than the suite's; what each may do is said in tests/cluster/access.ts. */
export type LimitedUser = 'viewer' | 'namespace-user' | 'nobody' | 'wrong-token';

/** What the suite knows of a cluster: plain requests of its API. */
export interface ApiUnderTest extends AsyncDisposable {
  /** The same cluster as another user; goes with this one. */
  as(user: LimitedUser): Pick<ApiUnderTest, 'send'>;
  send(request: ApiRequest): Promise<ApiReply>;
  /** Lines of a streamed answer; ends when the server ends it or the signal aborts. */
  lines(path: string, signal: AbortSignal): AsyncGenerator<string>;
}

/** Where an API is, and how one is let in. */
export interface Endpoint {
  readonly url: string;
  /** Of a cluster-admin. */
  readonly token: string;
  /** Of users with less rights; only those who act as them need it. */
  readonly tokens?: Readonly<Record<LimitedUser, string>>;
  /** PEM; absent for plain http. */
  readonly ca?: string;
}

/** An API by HTTP or HTTPS with bearer tokens. */
export class HttpApi implements ApiUnderTest {
  readonly #endpoint: Endpoint;
  readonly #agent: Agent;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
    const connect = endpoint.ca === undefined ? {} : { connect: { ca: endpoint.ca } };
    this.#agent = new Agent({ ...connect, bodyTimeout: 0 });
  }

  as(user: LimitedUser): Pick<ApiUnderTest, 'send'> {
    const token = this.#endpoint.tokens?.[user];
    if (token === undefined) throw new Error(`no token of ${user} is known`);
    return { send: (request) => this.#send(request, token) };
  }

  send(request: ApiRequest): Promise<ApiReply> {
    return this.#send(request, this.#endpoint.token);
  }

  async #send({ method, path, body, type = 'application/json', accept }: ApiRequest, token: string): Promise<ApiReply> {
    const { url } = this.#endpoint;
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': type }),
      ...(accept === undefined ? {} : { accept }),
    };
    const payload = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await request(url + path, { method, headers, body: payload, dispatcher: this.#agent });
    const text = await answer.body.text();
    return { code: answer.statusCode, warnings: warningsOf(answer.headers['warning']), body: parsed(text) };
  }

  /** @param accept media type to be answered in; the server's own unless told */
  async *lines(path: string, signal: AbortSignal, accept?: string): AsyncGenerator<string> {
    const { url, token } = this.#endpoint;
    const headers = { authorization: `Bearer ${token}`, ...(accept === undefined ? {} : { accept }) };
    const answer = await request(url + path, { headers, signal, dispatcher: this.#agent });
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${await answer.body.text()}`);
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = parts.pop() ?? '';
      yield* parts;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy();
  }
}

function parsed(text: string): unknown {
  return text.startsWith('{') ? JSON.parse(text) : text;
}

function warningsOf(header: string | readonly string[] | undefined): readonly string[] {
  if (header === undefined) return [];
  return typeof header === 'string' ? [header] : header;
}
