import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toPodRow } from '../../src/shared/kubernetes/pod-row.ts';
import { whyNoRealNodes } from '../cluster/real-nodes/availability.ts';
import { HttpApi } from './api-under-test.ts';
import { at, itemsAt } from './json-path.ts';
import { type KubeletLab, LAB_NAMESPACE, openKubeletLab } from './kubelet/kubelet-lab.ts';
import { PLOTS, type Plot, aShell } from './kubelet/plot.ts';
import { type RealNodesUnderTest, startRealNodesLab } from './kubelet/start-real-nodes-lab.ts';

const missing = whyNoRealNodes();
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

/** One event of a watch that is answered with Tables. */
interface Seen {
  readonly pod: unknown;
  readonly cells: { readonly ready: string; readonly status: string; readonly restarts: string };
}

const FOREVER = 'while :; do sleep 0.1; done';

/** Pods of every kind of trouble beside those of the conformance suite. */
const MORE: readonly Plot[] = [
  { name: 'done', pod: { containers: [aShell('sleep 1')] } },
  { name: 'failing', pod: { containers: [aShell(FOREVER)], initContainers: [aShell('exit 9', { name: 'first' })] } },
  {
    name: 'slow',
    pod: { containers: [aShell(FOREVER)], initContainers: [aShell('sleep 2', { name: 'first' })] },
  },
  {
    name: 'unready',
    pod: { containers: [aShell(FOREVER, { readinessProbe: { exec: { command: ['false'] }, periodSeconds: 1 } })] },
  },
  { name: 'commandless', pod: { containers: [aShell('', { command: ['nothing-like-it'] })] } },
  {
    name: 'unconfigured',
    pod: {
      containers: [
        aShell(FOREVER, { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'absent', key: 'a' } } }] }),
      ],
    },
  },
  {
    name: 'limping',
    pod: { containers: [aShell(FOREVER), aShell('sleep 1; exit 3', { name: 'lame' })] },
  },
];

/** STATUS words that the pods of this suite are known to come to. */
const WORDS = [
  'Completed',
  'ContainerCreating',
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'ErrImageNeverPull',
  'ErrImagePull',
  'ImagePullBackOff',
  'Init:0/1',
  'Init:Error',
  'OOMKilled',
  'Pending',
  'PodInitializing',
  'Running',
  'Terminating',
] as const;

describe.skipIf(missing !== undefined)(
  `the pod table of a real node${missing === undefined ? '' : ` (not run: ${missing})`}`,
  () => {
    let cluster: RealNodesUnderTest;
    let lab: KubeletLab;
    const seen: Seen[] = [];

    beforeAll(async () => {
      cluster = await startRealNodesLab();
      lab = await openKubeletLab(cluster);
    });
    afterAll(() => cluster[Symbol.asyncDispose]());

    it('says of each state of each pod what we say', async () => {
      const api = new HttpApi(cluster.endpoint);
      const ended = new AbortController();
      const path = `/api/v1/namespaces/${LAB_NAMESPACE}/pods?watch=true&includeObject=Object`;
      const words = new Set<string>();
      const watching = (async () => {
        for await (const line of api.lines(
          path,
          AbortSignal.any([ended.signal, AbortSignal.timeout(150_000)]),
          TABLE,
        )) {
          seen.push(seenIn(JSON.parse(line)));
          words.add(seen.at(-1)?.cells.status ?? '');
          if (WORDS.every((word) => words.has(word))) break;
        }
      })();
      const pods = await Promise.all([...Object.values(PLOTS), ...MORE].map((plot) => lab.start(plot)));
      const [steady] = pods;
      await steady?.untilRunning();
      await cluster.api.send({ method: 'DELETE', path: `${steady?.path ?? ''}?gracePeriodSeconds=3` });
      await watching.catch(() => undefined);
      await api[Symbol.asyncDispose]();
      expect([...words]).toEqual(expect.arrayContaining([...WORDS]));
      expect(seen.length).toBeGreaterThan(50);
      expect(seen.map(({ pod }) => ours(pod))).toEqual(seen.map(({ cells }) => cells));
    });
  },
);

function seenIn(event: unknown): Seen {
  const [row] = itemsAt(event, 'object.rows');
  const [, ready, status, restarts] = itemsAt(row, 'cells').map(String);
  return {
    pod: at(row, 'object'),
    cells: { ready: ready ?? '', status: status ?? '', restarts: String(restarts).replace(/ \(.* ago\)$/u, ' (ago)') },
  };
}

function ours(pod: unknown): Seen['cells'] {
  const row = toPodRow(pod);
  const ago = row.lastRestartAt === undefined ? '' : ' (ago)';
  return {
    ready: `${row.readyContainers}/${row.totalContainers}`,
    status: row.reason,
    restarts: `${row.restarts}${ago}`,
  };
}
