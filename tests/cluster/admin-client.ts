import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import type { ClusterCertificates } from './certificates.ts';

export interface AdminResponse {
  readonly status: number;
  readonly body: string;
}

/** Plain requests to the API server with the admin's client certificate. */
export class AdminClient implements Disposable {
  readonly #serverUrl: string;
  readonly #agent: Agent;

  private constructor(serverUrl: string, agent: Agent) {
    this.#serverUrl = serverUrl;
    this.#agent = agent;
  }

  static async open(serverUrl: string, certificates: ClusterCertificates): Promise<AdminClient> {
    const [ca, cert, key] = await Promise.all([
      readFile(certificates.ca.certificate),
      readFile(certificates.admin.certificate),
      readFile(certificates.admin.key),
    ]);
    return new AdminClient(serverUrl, new Agent({ ca, cert, key, keepAlive: true, maxSockets: 16 }));
  }

  /** One request; every HTTP status is an answer. Rejects when none comes within 30 s. */
  send(
    method: string,
    path: string,
    body?: unknown,
    contentType = 'application/json',
    accept = 'application/json',
  ): Promise<AdminResponse> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const outgoing = request(new URL(path, this.#serverUrl), {
        method,
        agent: this.#agent,
        timeout: 30_000,
        headers: { accept, ...(payload === undefined ? {} : { 'content-type': contentType }) },
      });
      outgoing.once('timeout', () => outgoing.destroy(new Error(`${method} ${path}: no answer`)));
      outgoing.once('error', reject);
      outgoing.once('response', (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.once('error', reject);
        incoming.once('end', () => {
          const status = incoming.statusCode ?? 0;
          resolve({ status, body: Buffer.concat(chunks).toString('utf8') });
        });
      });
      outgoing.end(payload);
    });
  }

  /** @throws when the answer is not a 2xx, with the server's words */
  async create(path: string, object: unknown): Promise<void> {
    accepted('POST', path, await this.send('POST', path, object));
  }

  /** A JSON merge patch (RFC 7386). @throws as `create` */
  async mergePatch(path: string, patch: unknown): Promise<void> {
    const type = 'application/merge-patch+json';
    accepted('PATCH', path, await this.send('PATCH', path, patch, type));
  }

  /** @throws as `create` */
  async read(path: string): Promise<unknown> {
    return JSON.parse(accepted('GET', path, await this.send('GET', path)));
  }

  /** A list as the server's own printer shows it, with the objects. @throws as `create` */
  async table(path: string): Promise<unknown> {
    const type = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    return JSON.parse(accepted('GET', path, await this.send('GET', path, undefined, undefined, type)));
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

function accepted(method: string, path: string, { status, body }: AdminResponse): string {
  if (status < 200 || status > 299) throw new Error(`${method} ${path}: ${status} ${body}`);
  return body;
}
