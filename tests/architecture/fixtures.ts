/** Small trees that break one rule each, and some that only look as if they did. */

export interface Fixture {
  readonly rule: string;
  readonly files: Readonly<Record<string, string>>;
}

export interface BrokenFixture extends Fixture {
  /** The one violation, as it is printed. */
  readonly finds: RegExp;
}

const x = 'export const x = 1;\n';
const importing = (path: string) => `import { x } from '${path}';\nexport const y = x;\n`;
const filler = (count: number) => x + '// a line\n'.repeat(count - 1);

const layerFixtures: readonly BrokenFixture[] = [
  {
    rule: 'shared importing the core',
    files: { 'src/shared/a.ts': importing('../core/b.ts'), 'src/core/b.ts': x },
    finds: /shared may not import src\/core\/b\.ts: shared stands on nothing/,
  },
  {
    rule: 'shared importing Node',
    files: { 'src/shared/a.ts': importing('node:fs') },
    finds: /shared may not import node:fs/,
  },
  {
    rule: 'the core importing a host',
    files: { 'src/core/a.ts': importing('../server/b.ts'), 'src/server/b.ts': x },
    finds: /core may not import src\/server\/b\.ts: .*createCore/,
  },
  {
    rule: 'the core importing Electron',
    files: { 'src/core/a.ts': importing('electron') },
    finds: /core may not import electron/,
  },
  {
    rule: 'the demo importing the manifest',
    files: { 'src/demo/a.ts': importing('../shared/manifest/b.ts'), 'src/shared/manifest/b.ts': x },
    finds: /demo may not import src\/shared\/manifest\/b\.ts: .*node-coverage/,
  },
  {
    rule: 'the demo importing a package',
    files: { 'src/demo/a.ts': importing('zod') },
    finds: /demo may not import zod/,
  },
  {
    rule: "Electron's host importing a service of the core",
    files: { 'src/main/a.ts': importing('../core/services/b.ts'), 'src/core/services/b.ts': x },
    finds: /main may not import src\/core\/services\/b\.ts: a host knows only the doors/,
  },
  {
    rule: 'the server host importing the inside of the demo',
    files: { 'src/server/a.ts': importing('../demo/controller/b.ts'), 'src/demo/controller/b.ts': x },
    finds: /server may not import src\/demo\/controller\/b\.ts/,
  },
  {
    rule: 'the preload script importing more than the contract',
    files: { 'src/preload/a.ts': importing('../shared/form/b.ts'), 'src/shared/form/b.ts': x },
    finds: /preload may not import src\/shared\/form\/b\.ts/,
  },
  {
    rule: 'the renderer importing the core',
    files: { 'src/renderer/a.ts': importing('../core/b.ts'), 'src/core/b.ts': x },
    finds: /renderer may not import src\/core\/b\.ts: .*contract/,
  },
  {
    rule: 'the renderer importing Node',
    files: { 'src/renderer/a.ts': importing('node:path') },
    finds: /renderer may not import node:path/,
  },
  {
    rule: "a source importing a test's fake",
    files: { 'src/core/a.ts': importing('../../tests/fakes/b.ts'), 'tests/fakes/b.ts': x },
    finds: /tests\/fakes\/b\.ts is not shipped/,
  },
  {
    rule: 'a source importing what its layer keeps for tests',
    files: { 'src/renderer/a.ts': importing('./testing/b.ts'), 'src/renderer/testing/b.ts': x },
    finds: /src\/renderer\/testing\/b\.ts is not shipped/,
  },
  {
    rule: 'a folder that is no layer',
    files: { 'src/misc/a.ts': x },
    finds: /in no layer/,
  },
];

/** The same forbidden import in every way of writing one. */
const ways: readonly BrokenFixture[] = [
  ['export … from', "export { x } from '../core/b.ts';\nexport const y = 1;\n"],
  ['export * from', "export * from '../core/b.ts';\nexport const y = 1;\n"],
  ['import type', "import type { x } from '../core/b.ts';\nexport type Y = typeof x;\n"],
  ['import for its effect', "import '../core/b.ts';\nexport const y = 1;\n"],
  ['import()', "export const y = () => import('../core/b.ts');\n"],
  ['import() with a template', 'export const y = () => import(`../core/b.ts`);\n'],
  ['typeof import()', "export type Y = import('../core/b.ts').X;\n"],
  ['require()', "export const y = require('../core/b.ts');\n"],
  ['import = require()', "import y = require('../core/b.ts');\nexport const z = y;\n"],
  ['new URL()', "export const y = new URL('../core/b.ts', import.meta.url);\n"],
  ['new URL() by its built name', "export const y = new URL('../core/b.js', import.meta.url);\n"],
  ['?worker', "import Y from '../core/b.ts?worker';\nexport const z = Y;\n"],
].map(([way, text]) => ({
  rule: `a forbidden import by ${way}`,
  files: { 'src/shared/a.ts': text ?? '', 'src/core/b.ts': x },
  finds: /shared may not import src\/core\/b\.ts/,
}));

const orderFixtures: readonly BrokenFixture[] = [
  {
    rule: 'kubernetes importing a service',
    files: { 'src/core/kubernetes/a.ts': importing('../services/b.ts'), 'src/core/services/b.ts': x },
    finds: /src\/core\/kubernetes\/ may not import src\/core\/services\/b\.ts: .*handlers → services → kubernetes/,
  },
  {
    rule: 'a service importing a handler',
    files: { 'src/core/services/a.ts': importing('../handlers/b.ts'), 'src/core/handlers/b.ts': x },
    finds: /src\/core\/services\/ may not import/,
  },
  {
    rule: 'a handler importing kubernetes',
    files: { 'src/core/handlers/a.ts': importing('../kubernetes/b.ts'), 'src/core/kubernetes/b.ts': x },
    finds: /src\/core\/handlers\/ may not import .*src\/core\/services/,
  },
  {
    rule: 'a component importing a feature',
    files: {
      'src/renderer/components/a.ts': importing('../features/list/index.ts'),
      'src/renderer/features/list/index.ts': x,
    },
    finds: /src\/renderer\/components\/ may not import .*features → live, stores, components/,
  },
  {
    rule: 'a store importing live data',
    files: { 'src/renderer/stores/a.ts': importing('../live/b.ts'), 'src/renderer/live/b.ts': x },
    finds: /a store holds what the user owns/,
  },
  {
    rule: 'a feature importing the inside of another',
    files: { 'src/renderer/features/list/a.ts': importing('../detail/b.ts'), 'src/renderer/features/detail/b.ts': x },
    finds: /features\/list may not import features\/detail\/b\.ts: use features\/detail\/index\.ts/,
  },
  {
    rule: 'a feature importing the bootstrap',
    files: { 'src/renderer/features/list/a.ts': importing('../../bootstrap/b.ts'), 'src/renderer/bootstrap/b.ts': x },
    finds: /a feature does not know who opens it/,
  },
  {
    rule: 'a file that only defines things imported for its effect',
    files: { 'src/renderer/main.tsx': "import './live/b.ts';\n", 'src/renderer/live/b.ts': x },
    finds: /src\/renderer\/live\/b\.ts may not be imported for its effect/,
  },
  {
    rule: 'Monaco outside monaco/',
    files: { 'src/renderer/features/yaml/a.ts': importing('monaco-editor') },
    finds: /monaco-editor belongs to src\/renderer\/monaco\//,
  },
  {
    rule: 'xterm outside terminal/',
    files: { 'src/renderer/features/logs/a.ts': importing('@xterm/xterm') },
    finds: /@xterm\/xterm belongs to src\/renderer\/terminal\//,
  },
  {
    rule: 'uPlot outside charts/',
    files: { 'src/renderer/features/monitoring/a.ts': importing('uplot') },
    finds: /uplot belongs to src\/renderer\/charts\//,
  },
  {
    rule: 'ws outside kubernetes/',
    files: { 'src/core/services/a.ts': importing('ws') },
    finds: /ws belongs to src\/core\/kubernetes\//,
  },
];

const fileFixtures: readonly BrokenFixture[] = [
  {
    rule: 'a cycle of two files',
    files: { 'src/shared/a.ts': importing('./b.ts'), 'src/shared/b.ts': importing('./a.ts') },
    finds: /a cycle: src\/shared\/a\.ts → src\/shared\/b\.ts → src\/shared\/a\.ts/,
  },
  {
    rule: 'a cycle that a dynamic import closes',
    files: { 'src/shared/a.ts': importing('./b.ts'), 'src/shared/b.ts': "export const x = () => import('./a.ts');\n" },
    finds: /a cycle/,
  },
  {
    rule: 'a barrel',
    files: { 'src/shared/all.ts': "export * from './b.ts';\nexport { x } from './b.ts';\n", 'src/shared/b.ts': x },
    finds: /no barrels/,
  },
  { rule: 'an index.ts outside features/', files: { 'src/core/index.ts': x }, finds: /no barrels/ },
  { rule: 'an index.ts deep in a feature', files: { 'src/renderer/features/a/b/index.ts': x }, finds: /no barrels/ },
  {
    rule: 'a default export',
    files: { 'src/shared/a.ts': 'export default 1;\n' },
    finds: /a\.ts:1 no default exports/,
  },
  {
    rule: 'a default export by renaming',
    files: { 'src/shared/a.ts': 'const x = 1;\nexport { x as default };\n' },
    finds: /a\.ts:2 no default exports/,
  },
  { rule: 'a file called utils', files: { 'src/shared/utils.ts': x }, finds: /"utils" says nothing/ },
  { rule: 'a file called x-manager', files: { 'src/core/pod-manager.ts': x }, finds: /"manager" says nothing/ },
  { rule: 'a folder called helpers', files: { 'src/core/helpers/a.ts': x }, finds: /"helpers" says nothing/ },
  { rule: 'a file called common', files: { 'src/renderer/common.ts': x }, finds: /"common" says nothing/ },
  { rule: 'a file in camelCase', files: { 'src/shared/podReason.ts': x }, finds: /kebab-case/ },
  {
    rule: 'a component in kebab-case',
    files: { 'src/renderer/components/pod-table.tsx': 'export function PodTable() {}\n' },
    finds: /PascalCase/,
  },
  { rule: 'a file of 401 lines', files: { 'src/shared/long.ts': filler(401) }, finds: /401 lines are too many/ },
  { rule: 'vi.mock', files: { 'src/core/a.test.ts': "vi.mock('./b.ts');\n" }, finds: /no vi\.mock/ },
  {
    rule: 'an import without its extension',
    files: { 'src/shared/a.ts': importing('./b'), 'src/shared/b.ts': x },
    finds: /\.\/b is no file: write the path with its extension/,
  },
  {
    rule: 'an import that cannot be followed',
    files: { 'src/shared/a.ts': 'export const y = (name: string) => import(name);\n' },
    finds: /must name its module literally/,
  },
];

const writeRequest = {
  'src/core/kubernetes/write-request.ts': 'export const sendWrite = 1;\nexport const registerSender = 1;\n',
};
const sender = { 'src/core/kubernetes/request-sender.ts': x };

const writeFixtures: readonly BrokenFixture[] = [
  {
    rule: 'a service that sends a write by itself',
    files: {
      ...writeRequest,
      'src/core/services/a.ts':
        "import { sendWrite } from '../kubernetes/write-request.ts';\nexport const y = sendWrite;\n",
    },
    finds: /only src\/core\/change\.ts may send a write/,
  },
  {
    rule: 'a connection that sends a write by itself',
    files: {
      ...writeRequest,
      'src/core/kubernetes/connection.ts':
        "import { sendWrite } from './write-request.ts';\nexport const y = sendWrite;\n",
    },
    finds: /only src\/core\/change\.ts may send a write/,
  },
  {
    rule: 'sendWrite by import()',
    files: {
      ...writeRequest,
      'src/core/services/a.ts': "export const y = () => import('../kubernetes/write-request.ts');\n",
    },
    finds: /only src\/core\/change\.ts may send a write/,
  },
  {
    rule: 'somebody else holding the sender',
    files: { ...sender, 'src/core/services/a.ts': importing('../kubernetes/request-sender.ts') },
    finds: /only src\/core\/kubernetes\/connection\.ts may hold a RequestSender/,
  },
  {
    rule: 'a client that sends around the connection',
    files: {
      'src/core/kubernetes/heard-client.ts': x,
      'src/core/services/a.ts': importing('../kubernetes/heard-client.ts'),
    },
    finds: /may make a HeardClient/,
  },
  {
    rule: 'undici around the connection',
    files: { 'src/core/kubernetes/a.ts': "import { request } from 'undici';\nexport const y = request;\n" },
    finds: /undici is used by/,
  },
  {
    rule: 'node:https around the connection',
    files: { 'src/core/kubernetes/a.ts': "import { request } from 'node:https';\nexport const y = request;\n" },
    finds: /one HTTP client/,
  },
  {
    rule: 'node:https beside the one request of registries',
    files: { 'src/core/registry/a.ts': "import { request } from 'node:https';\nexport const y = request;\n" },
    finds: /one HTTP client/,
  },
  {
    rule: 'fetch around the connection',
    files: { 'src/core/services/a.ts': "export const y = () => fetch('http://127.0.0.1');\n" },
    finds: /fetch gets around the connection/,
  },
  ...['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({
    rule: `a ${method} that is not described to change.ts`,
    files: { 'src/core/services/a.ts': `export const y = { method: '${method}' };\n` },
    finds: new RegExp(`'${method}' is named only where a Change is described`),
  })),
  {
    rule: 'a write named inside kubernetes/',
    files: { 'src/core/kubernetes/a.ts': "export const y = 'DELETE';\n" },
    finds: /'DELETE' is named only/,
  },
];

export const broken: readonly BrokenFixture[] = [
  ...layerFixtures,
  ...ways,
  ...orderFixtures,
  ...fileFixtures,
  ...writeFixtures,
];

export const sound: readonly Fixture[] = [
  {
    rule: 'the theme imported for its effect',
    files: { 'src/renderer/main.tsx': "import './theme/b.ts';\n", 'src/renderer/theme/b.ts': x },
  },
  { rule: '@mantine/core in the renderer', files: { 'src/renderer/a.ts': importing('@mantine/core') } },
  {
    rule: 'the index of another feature',
    files: { 'src/renderer/features/a/b.ts': importing('../c/index.ts'), 'src/renderer/features/c/index.ts': x },
  },
  {
    rule: 'a barrel of a feature',
    files: { 'src/renderer/features/c/index.ts': "export { x } from './b.ts';\n", 'src/renderer/features/c/b.ts': x },
  },
  {
    rule: 'a host that opens the core',
    files: { 'src/server/a.ts': importing('../core/create-core.ts'), 'src/core/create-core.ts': x },
  },
  {
    rule: 'a test that uses a fake',
    files: { 'src/core/a.test.ts': importing('../../tests/fakes/b.ts'), 'tests/fakes/b.ts': x },
  },
  {
    rule: 'an import in a comment or a text',
    files: { 'src/shared/a.ts': "// import { x } from '../core/b.ts'\nexport const y = \"import '../core/b.ts'\";\n" },
  },
  {
    rule: 'the built name of a worker beside a host',
    files: { 'src/server/a.ts': "export const y = new URL('./decode-worker.js', import.meta.url);\n" },
  },
  { rule: 'a default export of a configuration file', files: { 'vitest.config.ts': 'export default 1;\n' } },
  { rule: 'a kebab-case file with JSX but no component', files: { 'src/renderer/features/a/pod-columns.tsx': x } },
  {
    rule: 'a test that uses what its layer keeps for tests',
    files: { 'src/renderer/a.test.ts': importing('./testing/b.ts'), 'src/renderer/testing/b.ts': importing('vitest') },
  },
  { rule: 'a file of 400 lines', files: { 'src/shared/long.ts': filler(400) } },
  { rule: 'a test of 401 lines', files: { 'src/shared/long.test.ts': filler(401) } },
  { rule: 'a method as a type', files: { 'src/core/kubernetes/a.ts': "export type Method = 'POST' | 'DELETE';\n" } },
  { rule: 'a verb of a rule, in lower case', files: { 'src/core/services/a.ts': "export const verb = 'delete';\n" } },
  {
    rule: 'change.ts, the service that describes a change to it, and the connection that registers',
    files: {
      ...writeRequest,
      ...sender,
      'src/core/change.ts':
        "import { sendWrite } from './kubernetes/write-request.ts';\nexport const x = [sendWrite, 'POST'];\n",
      'src/core/services/a.ts': "import { x } from '../change.ts';\nexport const y = [x, 'PATCH'];\n",
      'src/core/kubernetes/connection.ts':
        "import { registerSender } from './write-request.ts';\nimport { x } from './request-sender.ts';\nexport const y = [registerSender, x];\n",
    },
  },
  {
    rule: 'a GET of an image registry, which is no cluster',
    files: {
      'src/core/registry/registry-request.ts': "import { request } from 'node:https';\nexport const y = request;\n",
    },
  },
  { rule: 'the exchange of the one-time code by POST', files: { 'src/server/a.ts': "export const y = 'POST';\n" } },
];
