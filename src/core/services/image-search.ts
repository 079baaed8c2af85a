import type { Clock } from '../../shared/clock.ts';
import type { Found, RepositoryOffer } from '../../shared/contract/image-search.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { DOCKER_REGISTRY, parseImageReference } from '../../shared/kubernetes/image-reference.ts';
import type { ObjectRef } from '../../shared/kubernetes/object.ts';
import { Deadline } from '../kubernetes/deadline.ts';
import { DockerHub } from '../registry/docker-hub.ts';
import type { FoundPage, ImageSource } from '../registry/image-source.ts';
import { PrivateRegistry } from '../registry/private-registry.ts';
import { PullSecret, type RegistryLogin } from '../registry/pull-secret.ts';
import { RealmNeedsApproval, RegistryFailure } from '../registry/registry-failure.ts';
import type { RegistryRequest } from '../registry/registry-request.ts';
import { RegistrySession } from '../registry/registry-session.ts';
import { cancelled } from '../cancelled.ts';
import { jsonBody } from './json-body.ts';
import { whyNone } from './offers/why-none.ts';
import type { FindCluster } from './open-cluster.ts';
import { namespacedPath } from './paths.ts';
import type { SettingsStore } from './settings.ts';

const LIMIT_MS = 10_000;

export interface ImageSearchDeps {
  readonly findCluster: FindCluster;
  readonly settings: SettingsStore;
  readonly request: RegistryRequest;
  readonly clock: Clock;
  /** Docker Hub's API and its registry. */
  readonly dockerHub?: { readonly api: string; readonly registry: string };
}

interface Search {
  readonly pullSecret?: ObjectRef | undefined;
  readonly approvedRealm?: string | undefined;
}

const DOCKER_HUB = { api: 'https://hub.docker.com', registry: 'https://registry-1.docker.io' };
const TURNED_OFF = 'Image search is turned off in the settings.';

/** Looks for images in Docker Hub and private registries; what hinders it is one line. */
export function createImageSearch(deps: ImageSearchDeps) {
  const { settings } = deps;
  return {
    enabled: () => settings.current.imageSearch,
    setEnabled: (enabled: boolean) => settings.update((current) => ({ ...current, imageSearch: enabled })),
    repositories(
      { registry, query, ...search }: Search & { readonly registry: string; readonly query: string },
      signal: AbortSignal,
    ): Promise<Found<RepositoryOffer>> {
      if (!parseImageReference(`${registry}/a`).ok || registry.includes('/')) {
        return Promise.resolve({ none: `${registry} is not the host of a registry.` });
      }
      return run(deps, search, registry, registry, signal, (source) => source.search(query));
    },
    async tags({ image, ...search }: Search & { readonly image: string }, signal: AbortSignal): Promise<Found<string>> {
      const parsed = parseImageReference(image);
      if (!parsed.ok) return { none: `This image cannot be looked up: ${parsed.why}.` };
      const { registry, repository } = parsed.reference;
      return run(deps, search, registry, `${registry}/${repository}`, signal, (source) => source.tags(repository));
    },
  };
}
export type ImageSearch = ReturnType<typeof createImageSearch>;

async function run<Item>(
  deps: ImageSearchDeps,
  search: Search,
  registry: string,
  place: string,
  signal: AbortSignal,
  ask: (source: ImageSource) => Promise<FoundPage<Item>>,
): Promise<Found<Item>> {
  if (!deps.settings.current.imageSearch) return { none: TURNED_OFF };
  const deadline = new Deadline(deps.clock, LIMIT_MS, signal, new AbortController().signal);
  try {
    const logins = await readLogins(deps, search.pullSecret, place, deadline.signal);
    return await deadline.race(firstThatIsLetIn(deps, search, registry, logins, deadline.signal, ask));
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (deadline.end === 'timeout') return { none: `${registry} did not answer within ${LIMIT_MS / 1000} s.` };
    if (error instanceof RealmNeedsApproval) return { askRealm: error.realm };
    if (error instanceof RegistryFailure) return { none: error.message };
    throw error;
  } finally {
    deadline.release();
  }
}

/** kubelet tries the logins one after the other, the more specific first (pkg/kubelet/images, 1.37). */
async function firstThatIsLetIn<Item>(
  deps: ImageSearchDeps,
  { approvedRealm }: Search,
  registry: string,
  logins: readonly RegistryLogin[],
  signal: AbortSignal,
  ask: (source: ImageSource) => Promise<FoundPage<Item>>,
): Promise<FoundPage<Item>> {
  const { request, dockerHub = DOCKER_HUB } = deps;
  const sessionOf = (origin: string, login?: RegistryLogin) =>
    new RegistrySession({ request, origin, login, approvedRealm, signal });
  if (registry === DOCKER_REGISTRY && logins.length === 0) return ask(new DockerHub(sessionOf(dockerHub.api)));
  const origins = registry === DOCKER_REGISTRY ? [dockerHub.registry] : originsOf(registry);
  let failure: unknown;
  for (const origin of origins) {
    for (const login of logins.length === 0 ? [undefined] : logins) {
      try {
        return await ask(new PrivateRegistry(sessionOf(origin, login)));
      } catch (error) {
        if (!(error instanceof RegistryFailure) || error.kind === 'refused') throw error;
        failure ??= error;
        if (error.kind === 'unreachable') break;
      }
    }
    if (failure instanceof RegistryFailure && failure.kind === 'denied') break;
  }
  throw failure;
}

/** Runtimes let a registry on the own machine go without TLS, and no other. */
function originsOf(registry: string): readonly string[] {
  const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry);
  return isLoopback ? [`https://${registry}`, `http://${registry}`] : [`https://${registry}`];
}

/** @throws RegistryFailure when the secret cannot be read, or has no login for this place */
async function readLogins(
  { findCluster }: ImageSearchDeps,
  secret: ObjectRef | undefined,
  place: string,
  signal: AbortSignal,
): Promise<readonly RegistryLogin[]> {
  if (!secret) return [];
  const { contextName, namespace, name } = secret;
  try {
    const { connection } = findCluster(contextName);
    const path = namespacedPath('core', namespace, 'secrets', name);
    const response = await connection.get({ path, signal, priority: 'user' });
    const pullSecret = PullSecret.of(jsonBody(response, contextName));
    response.body.fill(0);
    if (!pullSecret) throw new RegistryFailure(`Secret ${name} is no registry secret.`, 'refused');
    const logins = pullSecret.lookup(place);
    if (logins.length === 0) throw new RegistryFailure(`Secret ${name} has no login for ${place}.`, 'refused');
    return logins;
  } catch (error) {
    if (!(error instanceof AppError) || error.reason === 'Cancelled') throw error;
    const right = { verb: 'get', group: '', resource: 'secrets', namespace, name };
    const why =
      error.reason === 'NotFound' ? `There is no Secret ${name} in namespace ${namespace}.` : whyNone(error, right);
    throw new RegistryFailure(why, 'refused', { cause: error });
  }
}
