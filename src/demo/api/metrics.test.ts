import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { TestCluster, at } from '../testing/api-client.ts';

const API = '/apis/metrics.k8s.io/v1beta1';

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await TestCluster.start();
});

afterAll(() => cluster.close());

async function items(path: string): Promise<readonly Json[]> {
  return at(await cluster.get(path), 'items') as readonly Json[];
}

const cores = (item: Json | undefined, path: string) => Number.parseInt(String(at(item, path)), 10) / 1e9;

describe('resource metrics', () => {
  it('of a node are more than those of its pods together, and less than it has', async () => {
    const pods = await items(`${API}/pods`);
    const placed = await items('/api/v1/pods');
    const nodeOf = new Map(placed.map((pod) => [String(at(pod, 'metadata.name')), String(at(pod, 'spec.nodeName'))]));
    const nodes = await items(`${API}/nodes`);
    expect(nodes.length).toBeGreaterThan(6);
    for (const node of nodes) {
      const name = String(at(node, 'metadata.name'));
      const own = pods.filter((pod) => nodeOf.get(String(at(pod, 'metadata.name'))) === name);
      const sum = own
        .flatMap((pod) => at(pod, 'containers') as readonly Json[])
        .reduce<number>((all, container) => all + cores(container, 'usage.cpu'), 0);
      expect(own.length).toBeGreaterThan(0);
      expect(cores(node, 'usage.cpu')).toBeGreaterThan(sum);
      expect(cores(node, 'usage.cpu')).toBeLessThan(8);
    }
  });

  it('are of whole windows: the same within one, others in the next', async () => {
    const [before] = await items(`${API}/nodes`);
    expect((await items(`${API}/nodes`))[0]).toEqual(before);
    cluster.clock.advance(15_000);
    const [after] = await items(`${API}/nodes`);
    expect(at(after, 'timestamp')).not.toBe(at(before, 'timestamp'));
    expect(at(after, 'usage.cpu')).not.toBe(at(before, 'usage.cpu'));
  });

  it('leave out nodes that are not ready and pods that do not run', async () => {
    const ready = (await items('/api/v1/nodes')).filter((node) =>
      (at(node, 'status.conditions') as readonly Json[]).some(
        (each) => at(each, 'type') === 'Ready' && at(each, 'status') === 'True',
      ),
    );
    expect(await items(`${API}/nodes`)).toHaveLength(ready.length);
    const running = (await items('/api/v1/pods')).filter((pod) => at(pod, 'status.phase') === 'Running');
    expect((await items(`${API}/pods`)).length).toBeLessThanOrEqual(running.length);
  });
});
