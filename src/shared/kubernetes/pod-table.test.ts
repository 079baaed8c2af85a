import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { podSummary } from './pod.ts';

interface TableRow {
  readonly pod: unknown;
  readonly ready: string;
  readonly status: string;
  readonly restarts: number;
  readonly everRestarted: boolean;
}

const FIXTURE = new URL('../../../tests/fixtures/pod-table-1.37.2.json', import.meta.url);
const table = JSON.parse(readFileSync(FIXTURE, 'utf8')) as readonly TableRow[];

/**
 * Pods of every shape, with the cells that the API server's own printer made of them: printPod of Kubernetes 1.37.2
 * (pkg/printers/internalversion), run over generated pods.
 */
describe('the server’s own table', () => {
  it('has pods of every kind to compare with', () => {
    expect(table.length).toBeGreaterThan(100);
  });

  it.each(table.map((row, index) => ({ ...row, index })))(
    'says $status, $ready ready, $restarts restarts of pod $index, and so do we',
    ({ pod, ready, status, restarts, everRestarted }) => {
      const summary = podSummary(pod);
      expect({
        ready: `${summary.readyContainers}/${summary.totalContainers}`,
        status: summary.reason,
        restarts: summary.restarts,
        everRestarted: summary.lastRestartAt !== undefined,
      }).toEqual({ ready, status, restarts, everRestarted });
    },
  );
});
