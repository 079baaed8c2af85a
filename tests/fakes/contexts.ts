import { Credentials } from '../../src/core/kubernetes/credentials.ts';
import type { UserFacts } from '../../src/core/kubernetes/credentials.ts';
import type { ClusterFacts, ResolvedContext } from '../../src/core/kubernetes/resolved-context.ts';

/** A context as the kubeconfig store hands it out, of a server and what else a test is about. */
export function aContext(server: string, cluster: Partial<ClusterFacts> = {}, user: UserFacts = {}): ResolvedContext {
  return {
    contextName: 'test',
    name: 'test',
    file: '/home/me/.kube/config',
    server,
    cluster: { server, insecureSkipTlsVerify: false, ...cluster },
    credentials: new Credentials(user),
  };
}
