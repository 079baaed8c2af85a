/** Who may import whom: ARCHITECTURE.md as data. Paths are relative to the checkout. */

export interface Layer {
  readonly name: string;
  readonly folder: string;
  /** What it may import beside itself; a trailing slash means the whole folder. */
  readonly mayImport: readonly string[];
  readonly packages: readonly RegExp[];
  /** Said to whoever imports something else. */
  readonly instead: string;
}

const NODE = /^node:/;
/** What a host may know of the core, and of the demo cluster. */
const CORE_DOORS = ['src/core/create-core.ts', 'src/core/session.ts', 'src/core/system-clock.ts', 'src/core/host/'];
const DEMO_DOOR = 'src/demo/demo-process.ts';

export const layers: readonly Layer[] = [
  {
    name: 'shared',
    folder: 'src/shared/',
    mayImport: [],
    packages: [/^zod$/, /^yaml$/, /^@orpc\/contract$/],
    instead: 'shared stands on nothing but itself: take a clock, fetch or a store as an argument',
  },
  {
    name: 'core',
    folder: 'src/core/',
    mayImport: ['src/shared/'],
    packages: [NODE, /^@orpc\/(server|contract)(\/|$)/, /^yaml$/, /^zod$/, /^undici$/, /^ws$/],
    instead: 'the core knows no host and no page: take what you need as an argument of createCore',
  },
  {
    name: 'demo',
    folder: 'src/demo/',
    mayImport: [
      'src/shared/errors/assert-never.ts',
      ...['selector', 'toleration', 'quantity', 'int-or-string', 'node-coverage'].map(
        (name) => `src/shared/kubernetes/${name}.ts`,
      ),
    ],
    packages: [NODE],
    instead:
      'the demo cluster must not share code with what is tested against it, but what the real cluster judges (selector, toleration, quantity, int-or-string, node-coverage)',
  },
  {
    name: 'main',
    folder: 'src/main/',
    mayImport: ['src/shared/', ...CORE_DOORS, DEMO_DOOR],
    packages: [/^electron(\/|$)/, NODE, /^@orpc\/server(\/|$)/],
    instead: 'a host knows only the doors of the core (create-core.ts, host/) and the entry of the demo',
  },
  {
    name: 'server',
    folder: 'src/server/',
    mayImport: ['src/shared/', ...CORE_DOORS, DEMO_DOOR],
    packages: [NODE, /^ws$/, /^@orpc\/server(\/|$)/],
    instead: 'a host knows only the doors of the core (create-core.ts, host/) and the entry of the demo',
  },
  {
    name: 'preload',
    folder: 'src/preload/',
    mayImport: ['src/shared/contract/'],
    packages: [/^electron(\/|$)/],
    instead: 'the preload script exposes connect() and platform facts, nothing else',
  },
  {
    name: 'renderer',
    folder: 'src/renderer/',
    mayImport: ['src/shared/'],
    packages: [
      /^react(-dom)?(\/|$)/,
      /^zustand(\/|$)/,
      /^@mantine\//,
      /^@tanstack\//,
      /^uplot(\/|$)/,
      /^@orpc\/(client|contract)(\/|$)/,
      /^yaml$/,
      /^monaco-editor(\/|$)/,
      /^@xterm\//,
    ],
    instead: 'the page reaches the core only through the contract (src/renderer/transport)',
  },
];

/** Packages that are known in one folder alone. */
export const homes: readonly {
  readonly packages: RegExp;
  readonly within: string;
  readonly home: string;
  readonly instead: string;
}[] = [
  {
    packages: /^(undici|ws)$/,
    within: 'src/core/',
    home: 'src/core/kubernetes/',
    instead: 'only src/core/kubernetes talks to clusters: call its connection',
  },
  {
    packages: /^monaco-editor(\/|$)/,
    within: 'src/renderer/',
    home: 'src/renderer/monaco/',
    instead: 'Monaco loads lazily: use what src/renderer/monaco exports',
  },
  {
    packages: /^@xterm\//,
    within: 'src/renderer/',
    home: 'src/renderer/terminal/',
    instead: 'xterm loads lazily: use what src/renderer/terminal exports',
  },
  {
    packages: /^uplot(\/|$)/,
    within: 'src/renderer/',
    home: 'src/renderer/charts/',
    instead: 'uPlot loads lazily: use what src/renderer/charts exports',
  },
];

/** The order inside a layer: files of `from` may not import what begins with one of `never`. */
export const orders: readonly { readonly from: string; readonly never: readonly string[]; readonly instead: string }[] =
  [
    {
      from: 'src/core/kubernetes/',
      never: [
        'src/core/services/',
        'src/core/handlers/',
        'src/core/streams/',
        'src/core/host/',
        'src/core/change.ts',
        'src/core/create-core.ts',
      ],
      instead: 'inside the core: handlers → services → kubernetes',
    },
    {
      from: 'src/core/registry/',
      never: [
        'src/core/services/',
        'src/core/handlers/',
        'src/core/streams/',
        'src/core/host/',
        'src/core/change.ts',
        'src/core/create-core.ts',
      ],
      instead: 'a registry is asked by a service, and knows no cluster',
    },
    {
      from: 'src/core/services/',
      never: ['src/core/handlers/', 'src/core/host/', 'src/core/create-core.ts'],
      instead: 'inside the core: handlers → services → kubernetes',
    },
    {
      from: 'src/core/handlers/',
      never: ['src/core/kubernetes/', 'src/core/registry/', 'src/core/host/', 'src/core/create-core.ts'],
      instead: 'a handler only turns a contract method into a call of a service: put the work into src/core/services',
    },
    ...['live', 'stores', 'components', 'theme', 'transport', 'monaco', 'terminal', 'charts'].map((folder) => ({
      from: `src/renderer/${folder}/`,
      never: ['src/renderer/features/', 'src/renderer/bootstrap/'],
      instead: 'inside the renderer: features → live, stores, components; pass what differs as a property',
    })),
    {
      from: 'src/renderer/features/',
      never: ['src/renderer/bootstrap/'],
      instead: 'a feature does not know who opens it',
    },
    {
      from: 'src/renderer/stores/',
      never: ['src/renderer/live/', 'src/renderer/components/'],
      instead: 'a store holds what the user owns, and no live data',
    },
  ];
