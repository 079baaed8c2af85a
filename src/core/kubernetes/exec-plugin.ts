import { createHash } from 'node:crypto';

/** Which versions of ExecCredential are spoken: client-go plugin/pkg/client/auth/exec/exec.go (1.37), apiVersions. */
export const EXEC_API_VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'] as const;
export type ExecApiVersion = (typeof EXEC_API_VERSIONS)[number];

export interface ExecEnvVar {
  readonly name: string;
  readonly value: string;
}

/**
 * `exec` of a kubeconfig user, as the file has it. It is recorded when the file is read and never run by reading.
 * client-go tools/clientcmd/api/v1/types.go (1.37), ExecConfig.
 */
export interface ExecPlugin {
  /** A name for the PATH, or a path: a relative one is resolved against the defining file's folder. */
  readonly command: string;
  readonly args: readonly string[];
  /** The values are secret: only the names may be shown. */
  readonly env: readonly ExecEnvVar[];
  /** The file that defines the user. */
  readonly file: string;
  readonly apiVersion?: string;
  readonly interactiveMode?: string;
  readonly installHint?: string;
  readonly provideClusterInfo?: boolean;
}

/** Where the user's approval of a plugin stands. `denied` by the policy DenyAll. */
export type PluginApproval = 'approved' | 'waiting' | 'denied';

/** The plugin that has to be asked: none where the user entry says who it is by itself, which client-go prefers as well. */
export function execPluginOf(user: {
  readonly token?: string;
  readonly tokenFile?: string;
  readonly username?: string;
  readonly exec?: ExecPlugin;
}): ExecPlugin | undefined {
  const speaksForItself = user.token ?? user.tokenFile ?? user.username;
  return speaksForItself === undefined ? user.exec : undefined;
}

export function isExecApiVersion(text: string | undefined): text is ExecApiVersion {
  return EXEC_API_VERSIONS.some((version) => version === text);
}

/** What was approved: a change of the command, its arguments, the names of its environment or the file asks again. */
export function pluginFingerprint({ file, command, args, env }: ExecPlugin): string {
  const facts = JSON.stringify([file, command, args, env.map(({ name }) => name)]);
  return createHash('sha256').update(facts).digest('hex');
}

/**
 * Why this plugin can never be run here, as a sentence; undefined when it can.
 * client-go tools/clientcmd/validation.go (1.37), validateAuthInfo: v1 needs an interactiveMode, v1beta1 has IfAvailable by default.
 */
export function pluginProblem(plugin: ExecPlugin): string | undefined {
  const { apiVersion, command, interactiveMode, env } = plugin;
  const name = `The credential plugin "${command}"`;
  if (apiVersion === undefined) return `${name} has no apiVersion in the kubeconfig.`;
  if (!isExecApiVersion(apiVersion)) {
    return `${name} has the apiVersion "${apiVersion}" in the kubeconfig; Kubernetes 1.37 knows ${EXEC_API_VERSIONS.join(' and ')}.`;
  }
  if (env.some((variable) => variable.name === '')) return `${name} has an env entry without a name in the kubeconfig.`;
  if (interactiveMode === undefined && apiVersion === 'client.authentication.k8s.io/v1') {
    return `${name} has no interactiveMode in the kubeconfig, which ${apiVersion} requires.`;
  }
  switch (interactiveMode) {
    case undefined:
    case 'Never':
    case 'IfAvailable':
      return undefined;
    case 'Always':
      return `${name} asks for a terminal (interactiveMode Always), and Everynode has none to give it: sign in with it in a terminal and use a kubeconfig that needs no questions.`;
    default:
      return `${name} has the unknown interactiveMode "${interactiveMode}" in the kubeconfig.`;
  }
}
