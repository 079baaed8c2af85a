import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogItem } from '../../../src/shared/contract/log.ts';
import { type RealCluster, buildClusterKit, startRealCluster } from '../real-cluster.ts';
import { whyNoRealNodes } from './availability.ts';
import { linesOf, readLog } from './read-log.ts';
import { openRealCore, type RealCore } from '../real-core.ts';
import { buildNodeKit } from './node-kit.ts';
import { aShell } from './pod-manifests.ts';
import { startRealNodes } from './real-nodes.ts';

const missing = whyNoRealNodes();
const COUNT = 'i=0; while :; do i=$((i+1)); echo "line $i"; sleep 0.1; done';
/**
 * Five lines of the nth life, then an end; the volume outlives the container. A life begins with two seconds of silence, in which a slow
 * machine opens its log.
 */
const FIVE_LINES_A_LIFE = `sleep 2; n=$(cat /lives/n 2> /dev/null || echo 0); n=$((n+1)); echo $n > /lives/n
for i in 1 2 3 4 5; do echo "life $n line $i"; sleep 0.1; done; exit 1`;

let cluster: RealCluster;
let core: RealCore;

async function run(name: string, spec: Readonly<Record<string, unknown>>): Promise<void> {
  const input = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { terminationGracePeriodSeconds: 0, ...spec },
  });
  const created = await cluster.kubectl(['create', '-f', '-'], { input });
  expect(created, created.stderr).toMatchObject({ code: 0 });
}

async function kubectl(...args: readonly string[]): Promise<string> {
  const result = await cluster.kubectl(args);
  expect(result, result.stderr).toMatchObject({ code: 0 });
  return result.stdout;
}

function numbered(lines: readonly string[]): readonly string[] {
  return lines.map((_, index) => `line ${index + 1}`);
}

function waitingWords(items: readonly LogItem[]): readonly string[] {
  return items.flatMap((item) => (item.type === 'waiting' ? [item.message] : []));
}

describe.skipIf(missing !== undefined)(
  `the core on a real node${missing === undefined ? '' : ` (not run: ${missing})`}`,
  () => {
    beforeAll(async () => {
      cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 0 });
      await startRealNodes(cluster, { kit: await buildNodeKit() });
      core = await openRealCore(cluster);
    });
    afterAll(async () => {
      await core[Symbol.asyncDispose]();
      await cluster.stop();
    });

    it('follows a log through restarts, without a line lost or repeated, and reads the former life', async () => {
      const main = aShell(FIVE_LINES_A_LIFE, { volumeMounts: [{ name: 'lives', mountPath: '/lives' }] });
      await run('mortal', { containers: [main], volumes: [{ name: 'lives', emptyDir: {} }] });
      // Between two lives the kubelet may have removed the former: that is a seam, and no line of the log.
      const items = await readLog(core, { pod: 'mortal' }, (read) => linesOf(read).length >= 15);
      const lives = [1, 2, 3].flatMap((life) => [1, 2, 3, 4, 5].map((line) => `life ${life} line ${line}`));
      expect(items.at(-1)).toMatchObject({ type: 'lines' });
      expect(linesOf(items)).toEqual(lives);
      expect(waitingWords(items)).toContain('Container main has ended and waits for its restart.');
      await kubectl('wait', 'pod/mortal', '--for=jsonpath={.status.containerStatuses[0].restartCount}=2');
      const former = await readLog(core, { pod: 'mortal', follow: false, previous: true }, () => false);
      expect(linesOf(former)).toEqual(
        lives.filter((line) => line.startsWith(linesOf(former)[0]?.slice(0, 6) ?? 'none')),
      );
      expect(former.at(-1)).toEqual({ type: 'ended', why: 'complete' });
      await kubectl('delete', 'pod', 'mortal');
    });

    it('says what a container waits for, and reads its log from the first line when it runs', async () => {
      const main = aShell(COUNT, { volumeMounts: [{ name: 'config', mountPath: '/config' }] });
      await run('unmounted', { containers: [main], volumes: [{ name: 'config', configMap: { name: 'later' } }] });
      let made: Promise<string> | undefined;
      const items = await readLog(core, { pod: 'unmounted' }, (read) => {
        if (waitingWords(read).length > 0) made ??= kubectl('create', 'configmap', 'later', '--from-literal=a=b');
        return linesOf(read).length >= 5;
      });
      await made;
      expect(waitingWords(items)).toContain(
        'container "main" in pod "unmounted" is waiting to start: ContainerCreating',
      );
      expect(linesOf(items)).toEqual(numbered(linesOf(items)));
      await kubectl('delete', 'pod', 'unmounted');
    });

    it('opens the log of a pod on no node when it is on one', async () => {
      await run('placeless', { nodeSelector: { place: 'here' }, containers: [aShell(COUNT)] });
      let labelled: Promise<string> | undefined;
      const items = await readLog(core, { pod: 'placeless' }, (read) => {
        if (waitingWords(read).length > 0) labelled ??= kubectl('label', 'node', 'real-1', 'place=here');
        return linesOf(read).length >= 5;
      });
      await labelled;
      expect(waitingWords(items)[0]).toBe('Pod placeless is not scheduled yet.');
      expect(linesOf(items)).toEqual(numbered(linesOf(items)));
      await kubectl('delete', 'pod', 'placeless');
    });

    it('goes on after a restart of the API server at the line where it was cut', async () => {
      await run('counting', { containers: [aShell(COUNT)] });
      let restarted: Promise<void> | undefined;
      const items = await readLog(core, { pod: 'counting' }, (read) => {
        const lines = linesOf(read).length;
        if (lines >= 10) restarted ??= cluster.restartApiServer();
        const seam = read.findIndex((item) => item.type === 'seam');
        return seam >= 0 && linesOf(read.slice(seam)).length >= 10;
      });
      await restarted;
      const lines = linesOf(items);
      expect(lines).toEqual(numbered(lines));
      expect(items.filter((item) => item.type === 'seam')).toHaveLength(1);
      await kubectl('delete', 'pod', 'counting');
    });

    it('says that the pod is gone when it was deleted', async () => {
      await run('leaving', { containers: [aShell(COUNT)] });
      let deleted: Promise<string> | undefined;
      const items = await readLog(core, { pod: 'leaving' }, (read) => {
        if (linesOf(read).length >= 3) deleted ??= kubectl('delete', 'pod', 'leaving');
        return false;
      });
      await deleted;
      expect(items.at(-1)).toEqual({ type: 'ended', why: 'podGone' });
      expect(linesOf(items)).toEqual(numbered(linesOf(items)));
    });
  },
);
