import { buildClusterKit, startRealCluster } from '../../cluster/real-cluster.ts';
import { buildNodeKit } from '../../cluster/real-nodes/node-kit.ts';
import { startRealNodes } from '../../cluster/real-nodes/real-nodes.ts';
import { HttpApi } from '../api-under-test.ts';
import { at, textAt } from '../json-path.ts';
import { adminEndpoint } from '../start-real-api.ts';
import type { KubeletUnderTest } from './describe-kubelet.ts';
import { LAB_NAMESPACE } from './kubelet-lab.ts';
import type { RecordedAnswers } from './recorded-answers.ts';

export interface RealNodesUnderTest extends KubeletUnderTest {
  /** What its answers will be recorded with. */
  readonly versions: Omit<RecordedAnswers, 'answers'>;
}

const NODE_INFO = ['kubeletVersion', 'containerRuntimeVersion', 'kernelVersion', 'operatingSystem'] as const;

/** A control plane with one real node. */
export async function startRealNodesLab(): Promise<RealNodesUnderTest> {
  const kit = await buildNodeKit();
  const cluster = await startRealCluster({ kit: await buildClusterKit(), nodes: 0 });
  await startRealNodes(cluster, { kit });
  // Pods are refused until the namespace has its service account, and the lab asks for one at once.
  await cluster.kubectl(['create', 'namespace', LAB_NAMESPACE]);
  await cluster.kubectl(['wait', '-n', LAB_NAMESPACE, '--for=create', 'serviceaccount/default', '--timeout=30s']);
  const endpoint = await adminEndpoint(cluster);
  const api = new HttpApi(endpoint);
  const version = (await api.send({ method: 'GET', path: '/version' })).body;
  const node = (await api.send({ method: 'GET', path: '/api/v1/nodes/real-1' })).body;
  const info = at(node, 'status.nodeInfo');
  return {
    api,
    endpoint,
    versions: {
      kubernetes: textAt(version, 'gitVersion'),
      node: Object.fromEntries(NODE_INFO.map((field) => [field, textAt(info, field)])),
      packages: kit.packages,
    },
    [Symbol.asyncDispose]: async () => {
      await api[Symbol.asyncDispose]();
      await cluster.stop();
    },
  };
}
