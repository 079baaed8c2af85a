import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildGoModule } from './go-module.ts';

/** Paths of the built commands. */
export interface ClusterKit {
  /** One file that becomes etcd, the API server, kubectl… by its first argument. */
  readonly controlPlane: string;
  readonly kwok: string;
  /** Absent unless it was asked for. */
  readonly metricsServer?: string;
}

export interface BuildOptions {
  readonly log?: (line: string) => void;
  /** Whether metrics-server is wanted too (2 minutes more when nothing is cached). */
  readonly metrics?: boolean;
}

const KUBERNETES_VERSION = { text: 'v1.37.2', major: '1', minor: '37' } as const;

/** Whether there is a Go toolchain to build the kit with. Windows, where Go may well be, cannot run what is built. */
export function goIsPresent(): boolean {
  if (process.platform === 'win32') return false;
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Builds what is not in the cache yet: about 8 minutes the first time, then nothing.
 *
 * @throws when there is no Go, or a build fails, with the compiler's words
 */
export async function buildClusterKit(options: BuildOptions = {}): Promise<ClusterKit> {
  const log = options.log ?? (() => undefined);
  const controlPlane = await buildGoModule({
    dir: moduleDir('control-plane'),
    ldflags: kubernetesLdflags(),
    duration: 'about 8 minutes',
    log,
  });
  const kwok = await buildGoModule({
    dir: moduleDir('kwok'),
    ldflags: '-s -w',
    duration: 'about a minute',
    log,
  });
  if (options.metrics !== true) return { controlPlane, kwok };
  const metricsServer = await buildGoModule({
    dir: moduleDir('metrics-server'),
    ldflags: '-s -w',
    duration: 'about 2 minutes',
    log,
  });
  return { controlPlane, kwok, metricsServer };
}

function moduleDir(name: string): string {
  return fileURLToPath(new URL(`${name}/`, import.meta.url));
}

/** Linker flags of Kubernetes' own commands: which version they are is told by these variables. */
export function kubernetesLdflags(): string {
  return `-s -w ${versionFlags().join(' ')}`;
}

function versionFlags(): readonly string[] {
  const { text, major, minor } = KUBERNETES_VERSION;
  return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) => [
    `-X ${path}.gitVersion=${text}`,
    `-X ${path}.gitMajor=${major}`,
    `-X ${path}.gitMinor=${minor}`,
  ]);
}
