import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/shared/errors/app-error.ts';
import { validateBySchema } from '../../src/shared/schema/validate-by-schema.ts';
import { buildClusterKit } from './cluster-kit.ts';
import { type RealCluster, startRealCluster } from './real-cluster.ts';
import { openRealCore } from './real-core.ts';

let cluster: RealCluster;

beforeAll(async () => {
  cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 1, name: 'schema' });
}, 20 * 60_000);

afterAll(() => cluster.stop());

function aDaemonSet(container: object, podSpec: object = {}, spec: object = {}): object {
  const labels = { app: 'probe' };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'probe' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'main', image: 'registry.example.com/a:1', ...container }], ...podSpec },
      },
      ...spec,
    },
  };
}

/** One fault each. The server reads types before it looks for unknown fields, and validates last. */
const FAULTS: readonly (readonly [what: string, manifest: object])[] = [
  ['an unknown field of the spec', aDaemonSet({}, {}, { replicas: 1 })],
  ['an unknown field of a container', aDaemonSet({ imagePullpolicy: 'Always' })],
  ['an unknown field deep down', aDaemonSet({ livenessProbe: { httpGet: { port: 1, paths: '/' } } })],
  ['a string for an int32', aDaemonSet({}, {}, { minReadySeconds: 'x' })],
  ['a bool for a string', aDaemonSet({ image: true })],
  ['a map for a list', aDaemonSet({}, { tolerations: {} })],
  ['a number beyond int32', aDaemonSet({}, {}, { minReadySeconds: 2 ** 31 })],
  ['a protocol outside its enum', aDaemonSet({ ports: [{ containerPort: 1, protocol: 'HTTP' }] })],
  ['a container without a name', aDaemonSet({ name: undefined })],
  ['a volume without a name', aDaemonSet({}, { volumes: [{ emptyDir: {} }] })],
  ['an env without a name', aDaemonSet({ env: [{ value: 'x' }] })],
];

/** Paths without list positions: encoding/json names none. */
const bare = (path: string) => path.replaceAll(/\[[^\]]*\]/g, '');

describe('the schema of a real control plane', () => {
  it('is its own, and the bundled one has the same structure', async () => {
    await using core = await openRealCore(cluster);
    const own = await core.client.schema.daemonSet({ contextName: core.contextName });
    const bundled = await core.client.schema.daemonSet({});
    expect(own.source).toBe('cluster');
    expect(bundled.source).toBe('bundled');
    const structure = (schema: object) =>
      JSON.stringify(schema, (key, value: unknown) =>
        key === 'description' && typeof value === 'string' ? undefined : value,
      );
    expect(structure(own.schema)).toBe(structure(bundled.schema));
  });

  it('may be read by whoever has signed in', async () => {
    await using core = await openRealCore(cluster, 'nobody');
    expect((await core.client.schema.daemonSet({ contextName: core.contextName })).source).toBe('cluster');
  });

  it.each(FAULTS)('finds %s where the server finds it', async (_what, manifest) => {
    await using core = await openRealCore(cluster);
    const { client, contextName } = core;
    const { schema } = await client.schema.daemonSet({ contextName });
    const [ours, ...others] = validateBySchema(schema, manifest, { exact: true });
    expect(others).toEqual([]);
    const manifestText = JSON.stringify(manifest);
    const refusal: unknown = await client.daemonSet
      .create({ contextName, manifestText, namespace: 'default', dryRun: true })
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    if (!(refusal instanceof AppError)) throw new Error(`the server has no objection: ${String(refusal)}`);
    const { causes = [] } = refusal.data;
    expect(causes.map(({ path }) => bare(path))).toContain(bare(ours?.path ?? ''));
    const same = causes.find(({ path }) => bare(path) === bare(ours?.path ?? ''));
    // A near name is our addition; the server's words come first.
    expect(`${ours?.message ?? ''};`).toContain(`${same?.message ?? 'nothing'};`);
  });
});
