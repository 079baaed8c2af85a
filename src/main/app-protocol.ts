import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assetAt } from '../shared/asset-path.ts';
import { CONTENT_SECURITY_POLICY } from '../shared/content-security-policy.ts';

export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://everynode';
export const APP_URL = `${APP_ORIGIN}/`;

/** On every answer, also on one that is no page: a document of it must not be freer than ours. */
const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Answers a request of the page for one of its own files; nothing else is behind this scheme. */
export async function answerAppRequest(rendererRoot: string, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const asset = url.host === new URL(APP_URL).host && request.method === 'GET' ? assetAt(url.pathname) : undefined;
  const body = asset === undefined ? undefined : await readFile(join(rendererRoot, asset.path)).catch(missing);
  if (asset === undefined || body === undefined) {
    const headers = { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' };
    return new Response('There is no such file.', { status: 404, headers });
  }
  return new Response(new Uint8Array(body), { headers: { ...HEADERS, 'content-type': asset.contentType } });
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
