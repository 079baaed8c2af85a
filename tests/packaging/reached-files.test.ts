import { expect, it } from 'vitest';
import { reachedFiles } from './reached-files.ts';

const files = new Map(
  Object.entries({
    'out/main/main.js':
      'import "./chunk-1.js"; new URL("../preload/preload.cjs", import.meta.url) // server.js, "server.js.map"',
    'out/main/chunk-1.js': "import('./lazy-2.js')",
    'out/main/lazy-2.js': '',
    'out/main/server.js': '',
    'out/main/server.js.map': '',
    'out/preload/preload.cjs': '',
    'out/renderer/index.html': '<script src="./assets/index-3.js"><link href="./assets/index-3.css">',
    'out/renderer/assets/index-3.js': '["./page-4.js"]',
    'out/renderer/assets/index-3.css': 'src: url(./font-5.ttf?a)',
    'out/renderer/assets/page-4.js': '',
    'out/renderer/assets/font-5.ttf': '',
    'out/renderer/assets/old-6.js': '',
  }).map(([path, text]) => [path, () => text] as const),
);

it('finds what is named, through every text that is reached, and nothing else', () => {
  const reached = reachedFiles(files, ['out/main/main.js', 'out/renderer/index.html']);
  const left = [...files.keys()].filter((path) => !reached.has(path));
  expect(left).toEqual(['out/main/server.js', 'out/renderer/assets/old-6.js']);
});
