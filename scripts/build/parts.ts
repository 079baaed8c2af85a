import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InlineConfig, Plugin } from 'vite';
import { ONLY_DEFINES } from './only-defines.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A part of the application that is built by itself, into out/NAME. */
export interface Part {
  readonly name: 'main' | 'preload' | 'renderer';
  /** Folders and files that it is made of, relative to the checkout. */
  readonly sources: readonly string[];
  /** Run one after the other into the same folder. */
  readonly configs: (outDir: string) => Promise<readonly InlineConfig[]>;
}

const mainEntries = {
  main: 'src/main/main.ts',
  'server-host': 'src/server/server-host.ts',
  everynode: 'scripts/open-built.ts',
};
/**
 * Started by name, as a thread and a process, from beside main.js. Each is one file that shares nothing with main.js, since
 * a packed application keeps these two outside its archive.
 */
const startedEntries = {
  'decode-worker': 'src/core/decode-worker.ts',
  'demo-process': 'src/demo/demo-process.ts',
};

export const parts: readonly Part[] = [
  {
    name: 'main',
    sources: [
      'src/shared',
      'src/core',
      'src/demo',
      'src/main',
      'src/server',
      'scripts/open-built.ts',
      'scripts/open',
      'scripts/launch',
    ],
    configs: async (outDir) => [
      { ...nodeConfig(outDir, mainEntries, 'es', '[name].js'), plugins: [moduleFolder] },
      ...Object.entries(startedEntries).map(([name, file]) =>
        added(nodeConfig(outDir, { [name]: file }, 'es', '[name].js')),
      ),
    ],
  },
  {
    name: 'preload',
    sources: ['src/shared', 'src/preload'],
    configs: async (outDir) => [nodeConfig(outDir, { preload: 'src/preload/preload.ts' }, 'cjs', '[name].cjs')],
  },
  {
    name: 'renderer',
    sources: ['src/shared', 'src/renderer'],
    configs: async (outDir) => [await rendererConfig(outDir)],
  },
];

/** Outside the archive no package.json of the application says that .js files are modules. */
const moduleFolder: Plugin = {
  name: 'module-folder',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: `${JSON.stringify({ type: 'module' })}\n` });
  },
};

/** The same, beside what an earlier one built. */
function added(config: InlineConfig): InlineConfig {
  return { ...config, build: { ...config.build, emptyOutDir: false } };
}

/** Bundles everything but Electron and Node, so that an installed package needs no node_modules. */
function nodeConfig(
  outDir: string,
  entries: Readonly<Record<string, string>>,
  format: 'es' | 'cjs',
  entryFileNames: string,
): InlineConfig {
  return {
    ...common,
    root,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ...commonBuild(outDir),
      ssr: true,
      target: 'node22',
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)])),
        // The last two are optional native helpers of ws, which does without them.
        external: ['electron', 'bufferutil', 'utf-8-validate'],
        // Chunks lie beside the entries: new URL('./x.js', import.meta.url) must mean the same in both.
        output: { format, entryFileNames, chunkFileNames: '[name]-[hash].js' },
      },
    },
  };
}

async function rendererConfig(outDir: string): Promise<InlineConfig> {
  const { default: react } = await import('@vitejs/plugin-react');
  return {
    ...common,
    root: join(root, 'src/renderer'),
    base: './',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      ...commonBuild(outDir),
      target: 'es2023',
      minify: true,
      // The content security policy takes fonts and workers only from our own origin, never from data: URLs.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        treeshake: { moduleSideEffects: (id: string) => !ONLY_DEFINES.test(id) },
        // What the page cannot start without is one file: a request and a compression less for each that it would be.
        output: { codeSplitting: { groups: [{ name: 'index', tags: ['$initial'] }] } },
      },
    },
  };
}

const common = {
  configFile: false,
  logLevel: 'warn',
  clearScreen: false,
  envDir: false,
} as const;

function commonBuild(outDir: string) {
  return { outDir, emptyOutDir: true, reportCompressedSize: false, sourcemap: false, chunkSizeWarningLimit: 8_000 };
}
