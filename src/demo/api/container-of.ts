import type { Container, Pod } from '../objects.ts';
import { badRequest } from './status-error.ts';

function names(containers: readonly Container[]): string {
  return `[${containers.map((container) => container.name).join(' ')}]`;
}

/**
 * The container that a log or exec request means: the only one unless named (validateContainer, pkg/registry/core/pod/strategy.go, 1.37).
 *
 * @throws StatusError 400 when it is none of the pod's, or one of several must be named
 */
export function containerOf(pod: Pod, name: string | undefined): Container {
  const { containers, initContainers = [] } = pod.spec;
  if (name !== undefined && name !== '') {
    const found = [...containers, ...initContainers].find((container) => container.name === name);
    if (found === undefined) throw badRequest(`container ${name} is not valid for pod ${pod.metadata.name}`);
    return found;
  }
  const [only] = containers;
  if (containers.length === 1 && only !== undefined) return only;
  throw badRequest(
    `a container name must be specified for pod ${pod.metadata.name}, choose one of: ${names([...initContainers, ...containers])}`,
  );
}
