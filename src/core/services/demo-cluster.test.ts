import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import { DemoCluster, type RunningDemo } from './demo-cluster.ts';

interface Started extends RunningDemo {
  readonly end: (how: string) => void;
}

/** A demo process that ends when it is told to, by the application or by the test. */
function aDemo(port: number): Started {
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  const stop = () => Promise.resolve(end('code 0'));
  return { url: `http://127.0.0.1:${port}`, token: `token-${port}`, ended, end, stop };
}

function aCluster() {
  const started: Started[] = [];
  let ends = 0;
  const demo = new DemoCluster({
    start: (nodes) => {
      const next = aDemo(nodes ?? 24);
      started.push(next);
      return Promise.resolve(next);
    },
    onEnd: () => (ends += 1),
  });
  const name = () => 'demo';
  return { demo, started, name, ends: () => ends };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the demo cluster of the application', () => {
  it('is nowhere before its first start', () => {
    const { demo } = aCluster();
    expect([demo.context, demo.problem]).toEqual([undefined, undefined]);
  });

  it('is started once for two callers, and reached where its process says', async () => {
    const { demo, started, name } = aCluster();
    const [one, two] = await Promise.all([demo.start(3, name), demo.start(3, name)]);
    expect(one).toBe(two);
    expect(one).toMatchObject({ contextName: 'demo', server: 'http://127.0.0.1:3' });
    expect(one.credentials.reveal()).toMatchObject({ token: 'token-3' });
    expect(started).toHaveLength(1);
  });

  it('says so in words when its process ends by itself, and starts anew under the same name', async () => {
    const { demo, started, name, ends } = aCluster();
    await demo.start(1, name);
    started[0]?.end('code 70');
    await turn();
    expect(ends()).toBe(1);
    expect(demo.problem).toBeInstanceOf(AppError);
    expect(demo.problem?.data).toMatchObject({ reason: 'Unreachable', contextName: 'demo', retry: true });
    expect(demo.problem?.message).toContain('ended by itself (code 70)');
    expect(demo.context?.contextName).toBe('demo');

    const again = await demo.start(2, () => 'another name');
    expect(again).toMatchObject({ contextName: 'demo', server: 'http://127.0.0.1:2' });
    expect(demo.problem).toBeUndefined();
    expect(started).toHaveLength(2);
  });

  it('keeps its problem while another start fails, and can be tried again', async () => {
    const failing = [false, true, false];
    let last: Started | undefined;
    const demo = new DemoCluster({
      start: async () => {
        if (failing.shift() === true) throw new Error('no port');
        return (last = aDemo(failing.length));
      },
      onEnd: () => undefined,
    });
    await demo.start(undefined, () => 'demo');
    last?.end('signal SIGKILL');
    await turn();
    await expect(demo.start(undefined, () => 'demo')).rejects.toThrow('no port');
    expect(demo.problem?.message).toContain('SIGKILL');
    await demo.start(undefined, () => 'demo');
    expect(demo.problem).toBeUndefined();
  });

  it('that was stopped with the application has not ended by itself', async () => {
    const { demo, name, ends } = aCluster();
    await demo.start(1, name);
    await demo.dispose();
    await turn();
    expect([ends(), demo.problem]).toEqual([0, undefined]);
  });
});
