/** Sub-protocols in the order in which they are preferred. */
export const EXEC_PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'] as const;
export type ExecProtocol = (typeof EXEC_PROTOCOLS)[number];

/** What goes over channel 3 when a command has ended: a metav1.Status without kind, as a kubelet with containerd sends it. */
export function exitStatus(code: number, protocol: ExecProtocol, command: readonly string[]): object {
  if (code === 0) return { metadata: {}, status: 'Success' };
  const words =
    protocol === 'v5.channel.k8s.io'
      ? `command terminated with exit code ${code}`
      : `error executing command [${command.join(' ')}], exit code ${code}`;
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: ${words}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}

/** The same when there is no such program, or none was named. */
export function noProgramStatus(execId: string, command: readonly string[]): object {
  const [name] = command;
  const why =
    name === undefined
      ? 'args must not be empty'
      : `unable to start container process: exec: ${JSON.stringify(name)}: executable file not found in $PATH`;
  const failure = `error executing command in container: failed to exec in container: failed to start exec "${execId}": OCI runtime exec failed: exec failed: ${why}`;
  const cause = `Internal error occurred: ${failure}`;
  return {
    metadata: {},
    status: 'Failure',
    message: `Internal error occurred: ${cause}`,
    reason: 'InternalError',
    details: { causes: [{ message: cause }] },
    code: 500,
  };
}
