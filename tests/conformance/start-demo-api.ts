import { startDemoCluster } from '../../src/demo/start-demo.ts';
import { type ApiUnderTest, HttpApi } from './api-under-test.ts';
import { fastClock } from './fast-clock.ts';

/** 10 of them are workers without taints. */
const NODES = 18;
const SPEED = 20;

/** The demo cluster, whose pods start twenty times as fast as a user sees them start. */
export async function startDemoApi(): Promise<ApiUnderTest> {
  const demo = await startDemoCluster({ nodes: NODES, clock: fastClock(SPEED) });
  const api = new HttpApi({ url: demo.url, token: demo.token });
  return {
    send: (request) => api.send(request),
    lines: (path, signal) => api.lines(path, signal),
    [Symbol.asyncDispose]: async () => {
      await api[Symbol.asyncDispose]();
      await demo.close();
    },
  };
}
