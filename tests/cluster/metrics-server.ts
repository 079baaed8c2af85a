import { readFile } from 'node:fs/promises';
import type { AdminClient } from './admin-client.ts';
import type { ClusterKit } from './cluster-kit.ts';
import { metricsServerFlags } from './control-plane-flags.ts';
import type { ClusterLayout } from './control-plane-flags.ts';
import type { ControlPlane } from './control-plane.ts';
import { writeKubeconfig } from './kubeconfigs.ts';

const API_SERVICE = '/apis/apiregistration.k8s.io/v1/apiservices';
const NAME = 'v1beta1.metrics.k8s.io';

/**
 * Starts metrics-server 0.9 and waits until its API is Available.
 *
 * @throws when the kit was built without it
 */
export async function startMetricsServer(
  controlPlane: ControlPlane,
  layout: ClusterLayout,
  client: AdminClient,
  kit: ClusterKit,
): Promise<void> {
  if (kit.metricsServer === undefined) {
    throw new Error('the kit has no metrics-server: build it with { metrics: true }');
  }
  const { certificates, ports, dir } = layout;
  const kubeconfig = await writeKubeconfig(
    {
      dir,
      serverUrl: `https://127.0.0.1:${ports.apiServer}`,
      certificates,
      clusterName: 'cluster',
    },
    'metrics-server',
    { kind: 'certificate', pair: certificates.admin },
  );
  controlPlane.startServer('metrics-server', kit.metricsServer, metricsServerFlags(layout, kubeconfig));
  await register(client, ports.metricsServer, await readFile(certificates.ca.certificate));
  await controlPlane.until(['metrics-server'], 'the metrics API', async () =>
    isAvailable(await client.read(`${API_SERVICE}/${NAME}`)),
  );
}

/** A Service by external name brings the aggregator to a server outside of the cluster. */
async function register(client: AdminClient, port: number, ca: Buffer): Promise<void> {
  await client.create('/api/v1/namespaces/kube-system/services', {
    metadata: { name: 'metrics-server' },
    spec: { type: 'ExternalName', externalName: 'localhost' },
  });
  await client.create(API_SERVICE, {
    metadata: { name: NAME },
    spec: {
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      caBundle: ca.toString('base64'),
      service: { namespace: 'kube-system', name: 'metrics-server', port },
    },
  });
}

function isAvailable(apiService: unknown): boolean {
  const { status } = apiService as {
    readonly status?: {
      readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    };
  };
  const conditions = status?.conditions ?? [];
  return conditions.some((each) => each.type === 'Available' && each.status === 'True');
}
