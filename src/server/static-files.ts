import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Asset, assetAt } from '../shared/asset-path.ts';
import { answerDenial, denial } from './denial.ts';

const compress = promisify(gzip);
const COMPRESSIBLE = /^(?:text\/|application\/json|image\/svg)/;
const MIN_COMPRESSED_BYTES = 1024;

interface CachedFile {
  readonly mtimeMs: number;
  readonly size: number;
  readonly etag: string;
  readonly body: Buffer;
  zipped?: Promise<Buffer>;
}

/** Serves the built page. It holds no secret, so it needs no access. */
export class StaticFiles {
  readonly #root: string;
  readonly #cache = new Map<string, CachedFile>();

  /** @param root the folder that the page was built into */
  constructor(root: string) {
    this.#root = root;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asset = assetAt((request.url ?? '/').split('?', 1)[0] ?? '/');
    const file = asset === undefined ? undefined : await this.#read(asset);
    if (asset === undefined || file === undefined) {
      return answerDenial(response, denial(404, 'NotFound', 'There is no such file.'));
    }
    const headers = {
      'content-type': asset.contentType,
      'cache-control': asset.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: file.etag,
      vary: 'Accept-Encoding',
    };
    if (request.headers['if-none-match'] === file.etag) {
      response.writeHead(304, headers).end();
      return;
    }
    const zipped = isCompressed(request, asset, file) ? await zippedBody(file) : undefined;
    const body = zipped ?? file.body;
    response.writeHead(200, {
      ...headers,
      'content-length': body.length,
      ...(zipped === undefined ? {} : { 'content-encoding': 'gzip' }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  async #read({ path }: Asset): Promise<CachedFile | undefined> {
    const file = join(this.#root, path);
    const status = await stat(file).catch(missing);
    if (status === undefined || !status.isFile()) return undefined;
    const cached = this.#cache.get(path);
    if (cached !== undefined && cached.mtimeMs === status.mtimeMs && cached.size === status.size) return cached;
    const body = await readFile(file).catch(missing);
    if (body === undefined) return undefined;
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    const fresh: CachedFile = { mtimeMs: status.mtimeMs, size: status.size, etag, body };
    this.#cache.set(path, fresh);
    return fresh;
  }
}

function isCompressed(request: IncomingMessage, asset: Asset, file: CachedFile): boolean {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  return /\bgzip\b/.test(accepted) && COMPRESSIBLE.test(asset.contentType) && file.body.length >= MIN_COMPRESSED_BYTES;
}

function zippedBody(file: CachedFile): Promise<Buffer> {
  // The page may come through a slow tunnel; level 6 costs some 15 ms a file, once.
  file.zipped ??= compress(file.body, { level: 6 });
  return file.zipped;
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
