import { startDemoCluster } from '../../../src/demo/start-demo.ts';
import { HttpApi } from '../api-under-test.ts';
import { fastClock } from '../fast-clock.ts';
import type { KubeletUnderTest } from './describe-kubelet.ts';

const NODES = 3;
const SPEED = 20;

/** The demo cluster, twenty times as fast as a user sees it. */
export async function startDemoLab(): Promise<KubeletUnderTest> {
  const demo = await startDemoCluster({ nodes: NODES, clock: fastClock(SPEED) });
  const endpoint = { url: demo.url, token: demo.token };
  const api = new HttpApi(endpoint);
  return {
    api,
    endpoint,
    [Symbol.asyncDispose]: async () => {
      await api[Symbol.asyncDispose]();
      await demo.close();
    },
  };
}
