import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Bench } from './bench-row.ts';
import { typeKeys } from './type-manifest.ts';

const root = fileURLToPath(new URL('./editor-alone', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
};

/** What the same keys cost in our editor with nothing around it: neither page nor form, and nobody who takes the text. */
export async function typeIntoEditorAlone(bench: Bench, text: string): Promise<readonly (readonly number[])[]> {
  const outDir = join(bench.folder, 'editor-alone');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { outDir, target: 'esnext', chunkSizeWarningLimit: 10_000 },
  });
  const server = await serve(outDir, text);
  const browser = await bench.browser();
  const keysMs: (readonly number[])[] = [];
  try {
    for (let time = 0; time < (bench.quick ? 2 : 5); time += 1) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`);
      await page.locator('html[data-ready]').waitFor({ state: 'attached' });
      keysMs.push(await typeKeys(page));
      await context.close();
    }
  } finally {
    server.close();
  }
  return keysMs;
}

async function serve(folder: string, text: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const body = path === '/typed.yaml' ? Promise.resolve(text) : readFile(join(folder, path));
    body.then(
      (bytes) => response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream').end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
