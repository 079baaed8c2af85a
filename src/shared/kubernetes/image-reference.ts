/** An image as a container runtime understands it: `docker.io` and `library/` are written out. */
export interface ImageReference {
  /** Host with port: "docker.io", "registry.example.com:5000". */
  readonly registry: string;
  /** Path within the registry: "library/nginx". */
  readonly repository: string;
  readonly tag?: string;
  /** With its algorithm: "sha256:…". */
  readonly digest?: string;
}

export type ParsedImage =
  | { readonly ok: true; readonly reference: ImageReference }
  | { readonly ok: false; readonly why: string };

export const DOCKER_REGISTRY = 'docker.io';
const LEGACY_DOCKER_REGISTRY = 'index.docker.io';
const OFFICIAL = 'library/';
const MAX_REPOSITORY_LENGTH = 255;

// github.com/distribution/reference v0.6.0, regexp.go.
const COMPONENT = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `(?:${COMPONENT}(?:\\.${COMPONENT})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const PATH_COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REMOTE_NAME = `${PATH_COMPONENT}(?:/${PATH_COMPONENT})*`;
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const REFERENCE = new RegExp(`^(${DOMAIN})/(${REMOTE_NAME})(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const ONLY_TAG = new RegExp(`^${TAG}$`);
const IDENTIFIER = /^[a-f0-9]{64}$/;

/** Digits of the algorithms that runtimes know (opencontainers/go-digest v1.0.0, algorithm.go). */
const DIGEST_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** Longer than any reference: not worth a pattern. */
const MAX_TEXT_LENGTH = 1024;

/**
 * Reads an image as ParseNormalizedNamed of github.com/distribution/reference v0.6.0 does, which container runtimes use; but a host
 * that is none (`my_host.com/a`), which it reads as a repository of no registry, is refused.
 */
export function parseImageReference(text: string): ParsedImage {
  if (text === '') return refused('an image is wanted');
  if (IDENTIFIER.test(text)) return refused('64 hexadecimal digits are an image id, not a name');
  if (text.length > MAX_TEXT_LENGTH) return refused('no image reference is as long');
  const { registry, remainder } = splitRegistry(text);
  const [name = ''] = remainder.split(':', 1);
  if (name !== name.toLowerCase()) return refused('the repository has to be lower case');
  const [, domain, repository, tag, digest] = REFERENCE.exec(`${registry}/${remainder}`) ?? [];
  if (domain === undefined || repository === undefined) return refused(whyNot(text, remainder));
  if (repository.length > MAX_REPOSITORY_LENGTH)
    return refused(`the repository has more than ${MAX_REPOSITORY_LENGTH} characters`);
  if (digest !== undefined && !isDigest(digest))
    return refused('the digest is not of sha256, sha384 or sha512, or has another length');
  return {
    ok: true,
    reference: {
      registry: domain,
      repository,
      ...(tag === undefined ? {} : { tag }),
      ...(digest === undefined ? {} : { digest }),
    },
  };
}

/** As one would write it: without docker.io and library/ (reference.FamiliarString). */
export function familiarImage(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${familiarName(reference)}${tag}${digest}`;
}

export function isImageTag(text: string): boolean {
  return ONLY_TAG.test(text);
}

function familiarName({ registry, repository }: ImageReference): string {
  if (registry !== DOCKER_REGISTRY) return `${registry}/${repository}`;
  const official = repository.startsWith(OFFICIAL) ? repository.slice(OFFICIAL.length) : '';
  return official !== '' && !official.includes('/') ? official : repository;
}

/** normalize.go, splitDockerDomain: what stands before the first slash is a host when it looks like one. */
function splitRegistry(text: string): { readonly registry: string; readonly remainder: string } {
  const slash = text.indexOf('/');
  if (slash === -1) return { registry: DOCKER_REGISTRY, remainder: `${OFFICIAL}${text}` };
  const first = text.slice(0, slash);
  const isHost = first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first;
  const registry = !isHost || first === LEGACY_DOCKER_REGISTRY ? DOCKER_REGISTRY : first;
  const rest = isHost ? text.slice(slash + 1) : text;
  const remainder = registry === DOCKER_REGISTRY && !rest.includes('/') ? `${OFFICIAL}${rest}` : rest;
  return { registry, remainder };
}

function isDigest(digest: string): boolean {
  const [algorithm = '', encoded = ''] = digest.split(':');
  return (
    Object.hasOwn(DIGEST_LENGTHS, algorithm) &&
    DIGEST_LENGTHS[algorithm] === encoded.length &&
    /^[a-f0-9]+$/.test(encoded)
  );
}

function whyNot(text: string, remainder: string): string {
  if (/\s/.test(text)) return 'an image has no blanks';
  if (text.includes('://')) return 'an image has no https:// before it';
  const [, tag] = /^[^@:]*:([^@]*)/.exec(remainder) ?? [];
  if (tag !== undefined && !isImageTag(tag))
    return `${JSON.stringify(tag)} is not a tag: at most 128 of A–Z, a–z, 0–9, _, . and -`;
  return 'not an image reference: registry/repository:tag';
}

function refused(why: string): ParsedImage {
  return { ok: false, why };
}
