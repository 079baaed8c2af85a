import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assetAt } from '../shared/asset-path.ts';
import { CONTENT_SECURITY_POLICY } from '../shared/content-security-policy.ts';

export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://everynode';
export const APP_URL = `${APP_ORIGIN}/`;

/** Answers a request of the page for one of its own files; nothing else is behind this scheme. */
export async function answerAppRequest(rendererRoot: string, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const asset = url.host === new URL(APP_URL).host && request.method === 'GET' ? assetAt(url.pathname) : undefined;
  const body = asset === undefined ? undefined : await readFile(join(rendererRoot, asset.path)).catch(missing);
  if (asset === undefined || body === undefined) return new Response('There is no such file.', { status: 404 });
  return new Response(new Uint8Array(body), {
    headers: {
      'content-type': asset.contentType,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    },
  });
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
