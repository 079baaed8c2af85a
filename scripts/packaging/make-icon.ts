import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { root } from '../build/parts.ts';
import { ensureChromium } from '../chromium.ts';

const SOURCE = join(root, 'src', 'renderer', 'icon.svg');
const FOLDER = join(root, 'docs', 'icon');
/** electron-builder makes .ico and .icns of the first; a Linux desktop looks for the others, by the sides of its themes. */
const TARGETS = [
  { side: 1024, file: 'icon.png' },
  ...[48, 128, 256, 512].map((side) => ({ side, file: `linux/${side}x${side}.png` })),
];

/* node scripts/packaging/make-icon.ts: the installers' icons, from the page's. */
const executablePath = ensureChromium((line) => process.stderr.write(`${line}\n`));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const image = `data:image/svg+xml;base64,${readFileSync(SOURCE).toString('base64')}`;
try {
  for (const { side, file } of TARGETS) {
    const page = await browser.newPage({ viewport: { width: side, height: side } });
    await page.setContent(`<body style="margin:0"><img src="${image}" style="display:block;width:100vw;height:100vh">`);
    mkdirSync(dirname(join(FOLDER, file)), { recursive: true });
    await page.screenshot({ path: join(FOLDER, file), omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
