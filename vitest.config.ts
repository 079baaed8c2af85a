import { defineConfig } from 'vitest/config';

const MINUTE_MS = 60_000;
// Says that a test hangs, not that it is slow: other work on the machine must not fail it.
const HANGS_MS = 30_000;
const common = { environment: 'node', restoreMocks: true, expect: { poll: { timeout: 20_000 } } } as const;
const excluded = ['**/node_modules/**', 'out/**', '.cache/**'];

/**
 * unit: everything fast, without a cluster. page: the same, of React components. cluster: needs the real control plane (Go).
 * long: minutes, not in `npm test`.
 */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          ...common,
          name: 'unit',
          include: ['{src,tests,scripts,bench}/**/*.test.ts'],
          exclude: [...excluded, '**/*.cluster.test.ts', '**/*.long.test.ts'],
          // Nothing here mocks modules, so files share a process: to load the modules anew costs more than the tests.
          isolate: false,
          testTimeout: HANGS_MS,
        },
      },
      {
        extends: true,
        test: {
          ...common,
          name: 'page',
          setupFiles: ['src/renderer/testing/wait-for-slow-machines.ts'],
          // Each file in a process of its own, since React and Testing Library keep the window that they first saw.
          include: ['src/**/*.test.tsx'],
          exclude: excluded,
          testTimeout: HANGS_MS,
        },
      },
      {
        extends: true,
        test: {
          ...common,
          name: 'cluster',
          include: ['{src,tests}/**/*.cluster.test.ts'],
          exclude: excluded,
          // One control plane at a time is what two cores carry; the first hook may have to build it.
          fileParallelism: false,
          testTimeout: 2 * MINUTE_MS,
          hookTimeout: 20 * MINUTE_MS,
        },
      },
      {
        extends: true,
        test: {
          ...common,
          name: 'long',
          include: ['{src,tests}/**/*.long.test.ts'],
          exclude: excluded,
          fileParallelism: false,
          testTimeout: 15 * MINUTE_MS,
          hookTimeout: 20 * MINUTE_MS,
        },
      },
    ],
  },
});
