import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { root } from '../build/parts.ts';
import { ensureChromium } from '../chromium.ts';

/** electron-builder makes .ico and .icns of it, which go up to 1024 pixels. */
const SIDE = 1024;
const SOURCE = join(root, 'src', 'renderer', 'icon.svg');
const TARGET = join(root, 'docs', 'icon', 'icon.png');

/* node scripts/packaging/make-icon.ts: the installers' icon, from the page's. */
const executablePath = ensureChromium((line) => process.stderr.write(`${line}\n`));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage({ viewport: { width: SIDE, height: SIDE } });
  const image = `data:image/svg+xml;base64,${readFileSync(SOURCE).toString('base64')}`;
  await page.setContent(`<body style="margin:0"><img src="${image}" style="display:block;width:100vw;height:100vh">`);
  mkdirSync(dirname(TARGET), { recursive: true });
  await page.screenshot({ path: TARGET, omitBackground: true });
} finally {
  await browser.close();
}
