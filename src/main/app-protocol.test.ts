import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerAppRequest, APP_URL } from './app-protocol.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'everynode-app-'));
  mkdirSync(join(folder, 'renderer', 'assets.js'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'index.html'), '<title>Everynode</title>');
  writeFileSync(join(folder, 'secret.txt'), 'not for the page');
});

afterEach(() => rmSync(folder, { recursive: true }));

const answer = (url: string, init?: RequestInit) => answerAppRequest(join(folder, 'renderer'), new Request(url, init));

describe('the app:// scheme', () => {
  it('serves the page under its content security policy', async () => {
    const response = await answer(APP_URL);
    expect(await response.text()).toBe('<title>Everynode</title>');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it.each([
    'app://everynode/missing.js',
    'app://everynode/assets.js',
    'app://everynode/%2e%2e/secret.txt',
    'app://everynode/..%2fsecret.txt',
    'app://everynode/..%5csecret.txt',
    'app://everynode/%252e%252e/secret.txt',
    'app://everynode/assets.js/..%2f..%2fsecret.txt',
    'app://everynode/.%2e/secret.txt',
    'app://everynode//secret.txt',
    'app://everynode/index.html%00.txt',
    'app://everynode/C:/secret.txt',
    'app://everynode/index.html::$DATA',
    'app://everynode/.stamp',
    'app://everynode/index%2ehtml',
    'app://elsewhere/index.html',
    'app://everynode.evil/index.html',
    'app://everynode:1/index.html',
  ])('has nothing at %s, and says so under the same policy', async (url) => {
    const response = await answer(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('There is no such file.');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('takes nothing but GET', async () => {
    expect((await answer(APP_URL, { method: 'POST', body: 'x' })).status).toBe(404);
  });
});
