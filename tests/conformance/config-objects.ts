import type { ApiReply } from './api-under-test.ts';
import { itemsAt, textAt } from './json-path.ts';
import { type JudgedCluster, NAMESPACE } from './judged-cluster.ts';
import type { Json } from './manifest.ts';

type ConfigResource = 'configmaps' | 'secrets';

/** Path of the ConfigMaps or Secrets of the suite's namespace, or of one. */
export function configPath(resource: ConfigResource, name = '', query = ''): string {
  return `/api/v1/namespaces/${NAMESPACE}/${resource}${name === '' ? '' : `/${name}`}${query}`;
}

/** Creates one; `metadata` among the parts goes beside its name. */
export function makeConfig(
  cluster: JudgedCluster,
  resource: ConfigResource,
  name: string,
  { metadata = {}, ...parts }: Json,
): Promise<unknown> {
  return cluster.ok('POST', configPath(resource), { metadata: { ...(metadata as Json), name }, ...parts });
}

/** Reason and field of each cause, sorted. */
export function causesOf({ body }: ApiReply): readonly (readonly [string, string])[] {
  return itemsAt(body, 'details.causes')
    .map((cause) => [textAt(cause, 'reason'), textAt(cause, 'field')] as const)
    .toSorted();
}
