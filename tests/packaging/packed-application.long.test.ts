import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Browser, chromium } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../scripts/build/parts.ts';
import { findChromium } from '../../scripts/chromium.ts';
import { runElectronBuilder } from '../../scripts/packaging/electron-builder.ts';
import { LINK_SCHEME } from '../../src/main/deep-link.ts';
import { readStartArguments } from '../../src/main/start-arguments.ts';
import { at } from '../../src/shared/kubernetes/json-fields.ts';
import { StandInProcess } from '../electron/stand-in-process.ts';
import { type PackedFile, readAsar } from './asar.ts';
import { type DebPackage, describeDeb } from './deb-package.ts';
import { readFuses } from './electron-distribution.ts';
import { builtFiles, type PackedApplication, packApplication } from './packed-application.ts';
import { reachedFiles } from './reached-files.ts';

const LIMIT_BYTES = 25_000_000;
const STARTED = ['out/main/decode-worker.js', 'out/main/demo-process.js'];
const TEXT = /\.(js|cjs|css|html|json|svg)$/;

const folder = mkdtempSync(join(tmpdir(), 'everynode-packed-'));
let packed: PackedApplication;
let files: ReadonlyMap<string, PackedFile>;
beforeAll(async () => {
  packed = await packApplication(folder);
  files = readAsar(packed.archive);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const configuration = (): unknown => parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));
const json = (path: string): unknown => JSON.parse(files.get(path)?.content.toString() ?? 'null');

describe('the packed application', () => {
  it('has exactly the files that the built code can ask for', () => {
    const reached = reachedFiles(builtFiles(), ['out/main/main.js', 'out/renderer/index.html', 'LICENSE']);
    expect([...files.keys()].toSorted()).toEqual([...reached].toSorted());
    expect(files.size).toBeGreaterThan(20);
  });

  it('has them whole, in at most 25 MB', () => {
    expect([...files].filter(([, { isIntact }]) => !isIntact)).toEqual([]);
    const size = [...files.values()].reduce((sum, { content }) => sum + content.length, 0);
    expect(size).toBeLessThan(LIMIT_BYTES);
    expect(size).toBeGreaterThan(1_000_000);
  });

  it('carries no source map and no path of the machine that built it', () => {
    const texts = [...files]
      .filter(([path]) => TEXT.test(path))
      .map(([path, { content }]) => ({ path, text: content.toString() }));
    const telling = texts.filter(({ text }) => /^\/\/# sourceMappingURL=(?!data:)/m.test(text) || text.includes(root));
    expect(telling.map(({ path }) => path)).toEqual([]);
  });

  it('keeps beside the archive what starts from a real file, and no more', () => {
    const unpacked = [...files].filter(([, { isUnpacked }]) => isUnpacked).map(([path]) => path);
    expect(unpacked.toSorted()).toEqual([...STARTED, 'out/main/package.json'].toSorted());
    for (const path of STARTED)
      expect(files.get(path)?.content.toString()).not.toMatch(/(from|import\()\s*["']\.\.?\//);
  });

  it('says which version it is and where it begins', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
    const manifest = json('package.json');
    expect(manifest).toMatchObject({ name: 'everynode', version, type: 'module', main: 'out/main/main.js' });
    expect(manifest).not.toHaveProperty('devDependencies');
  });

  it('has the fuses of a hardened application blown', () => {
    // electronjs.org docs: tutorial/fuses and tutorial/security, item 19.
    expect(readFuses(readFileSync(packed.program))).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('speaks one language, as the page does', () => {
    if (packed.locales.length > 0) expect(packed.locales).toEqual(['locales/en-US.pak']);
  });
});

describe('the configuration', () => {
  it('registers the links and the files that the application understands', () => {
    expect(at(configuration(), 'protocols')).toMatchObject([{ schemes: [LINK_SCHEME] }]);
    const [association] = at(configuration(), 'fileAssociations') as readonly { readonly ext: string }[];
    const file = join(folder, `prod.${association?.ext}`);
    expect(readStartArguments([file], folder).files).toEqual([file]);
  });

  it.each([
    ['mac', 'dmg'],
    ['win', 'nsis'],
    ['linux', 'AppImage'],
    ['linux', 'deb'],
  ])('makes for %s: %s, for both processors', (system, target) => {
    expect(at(configuration(), system, 'target')).toContainEqual({ target, arch: ['x64', 'arm64'] });
  });

  it('has an icon that is large enough for every system', () => {
    const icon = readFileSync(join(root, String(at(configuration(), 'icon'))));
    expect(icon.toString('latin1', 1, 4)).toBe('PNG');
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([1024, 1024]);
  });

  it('is checked by electron-builder, which refuses a name that it does not know', async () => {
    const { code, output } = await runElectronBuilder(['--dir', '-c.nsis.oneClicc=true']);
    expect(code).not.toBe(0);
    expect(output).toContain('configuration.nsis should be one of these');
  });
});

describe.skipIf(process.platform === 'win32')('the Debian package', () => {
  let deb: DebPackage;
  beforeAll(async () => {
    deb = await describeDeb(join(folder, 'deb'));
  });

  it('is of this version and licence, and brings the application under /opt', () => {
    const valueOf = (option: string) => deb.args[deb.args.indexOf(option) + 1];
    const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
    expect(['--name', '--version', '--license', '--architecture'].map(valueOf)).toEqual([
      'everynode',
      version,
      license,
      'amd64',
    ]);
    expect(deb.args).toContainEqual(expect.stringMatching(/\/linux-unpacked\/=\/opt\/Everynode$/));
  });

  it('registers links and kubeconfigs with the desktop, which starts one program for both', () => {
    const lines = deb.desktopEntry.split('\n');
    expect(lines).toContain('Exec=/opt/Everynode/everynode %U');
    expect(lines).toContain(`MimeType=application/x-kubeconfig;x-scheme-handler/${LINK_SCHEME};`);
    expect(lines).toContain('StartupWMClass=everynode');
    expect(deb.mimeInfo).toContain('<mime-type type="application/x-kubeconfig">');
    expect(deb.mimeInfo).toContain('<glob pattern="*.kubeconfig"/>');
  });

  it('has icons of the sizes that desktops look for', () => {
    expect(deb.iconSizes.toSorted()).toEqual(['128x128', '256x256', '48x48', '512x512']);
  });
});

describe('what is packed', () => {
  let browser: Browser;
  beforeAll(async () => {
    const executablePath = findChromium();
    browser = await chromium.launch({
      args: ['--no-sandbox', '--disable-gpu'],
      ...(executablePath === undefined ? {} : { executablePath }),
    });
  });
  afterAll(() => browser.close());

  it('decodes in a thread that starts beside the archive', async () => {
    const worker = new Worker(join(`${packed.archive}.unpacked`, 'out/main/decode-worker.js'));
    const answer = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    const bytes = new TextEncoder().encode('{"kind":"PodList","metadata":{"resourceVersion":"7"},"items":[]}');
    worker.postMessage({ id: 3, kind: 'list', resource: 'pods', bytes });
    expect(await answer).toMatchObject({ id: 3, list: { resourceVersion: '7' } });
    await worker.terminate();
  });

  it('opens the demo cluster by itself', async () => {
    // As Electron sees it: a folder app.asar, without what lies beside it.
    const place = join(folder, 'as-seen', 'app.asar');
    for (const [path, { content, isUnpacked }] of files) {
      if (isUnpacked) continue;
      mkdirSync(dirname(join(place, path)), { recursive: true });
      writeFileSync(join(place, path), content);
    }
    cpSync(`${packed.archive}.unpacked`, `${place}.unpacked`, { recursive: true });
    const page = await browser.newPage();
    const host = await StandInProcess.start(page, {
      main: join(place, 'out/main/main.js'),
      args: ['--demo', '--demo-nodes', '3', '--data-dir', join(folder, 'data')],
      env: { HOME: folder },
    });
    try {
      await page.getByRole('link', { name: 'fluent-bit' }).first().waitFor();
      expect(await page.title()).toContain('Everynode');
    } finally {
      await page.close();
      await host.stop();
    }
  });
});
