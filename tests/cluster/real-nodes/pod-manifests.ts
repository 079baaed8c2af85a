import { BUSYBOX_IMAGE } from './node-kit.ts';

/** A container of BusyBox that runs a shell script. */
export function aShell(script: string, more: Readonly<Record<string, unknown>> = {}) {
  return { name: 'main', image: BUSYBOX_IMAGE, imagePullPolicy: 'Never', command: ['sh', '-c', script], ...more };
}

/**
 * An apps/v1 DaemonSet whose pods, with the label `app: <name>`, run the script.
 *
 * @param container over its container
 * @param pod over its pod's spec
 */
export function aShellDaemonSet(
  name: string,
  script: string,
  container: Readonly<Record<string, unknown>> = {},
  pod: Readonly<Record<string, unknown>> = {},
) {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { terminationGracePeriodSeconds: 0, containers: [aShell(script, container)], ...pod },
      },
    },
  };
}
