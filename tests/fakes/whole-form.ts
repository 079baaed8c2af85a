import * as base from '../../src/shared/form/fields/base-fields.ts';
import * as container from '../../src/shared/form/fields/container-fields.ts';
import { addContainerEdits, INIT_CONTAINERS, WORKERS } from '../../src/shared/form/fields/containers.ts';
import * as mode from '../../src/shared/form/fields/deployment-mode.ts';
import * as dns from '../../src/shared/form/fields/dns-fields.ts';
import * as env from '../../src/shared/form/fields/env-fields.ts';
import { fileItemEdits } from '../../src/shared/form/fields/file-items.ts';
import { hostTimezoneEdits } from '../../src/shared/form/fields/host-timezone.ts';
import { hookEdits, hookPath } from '../../src/shared/form/fields/lifecycle-fields.ts';
import * as affinity from '../../src/shared/form/fields/node-affinity.ts';
import * as pod from '../../src/shared/form/fields/pod-fields.ts';
import * as port from '../../src/shared/form/fields/port-fields.ts';
import * as probe from '../../src/shared/form/fields/probe-fields.ts';
import { resizePolicyEdits } from '../../src/shared/form/fields/resize-fields.ts';
import * as security from '../../src/shared/form/fields/security-fields.ts';
import * as strategy from '../../src/shared/form/fields/strategy-fields.ts';
import * as volume from '../../src/shared/form/fields/volume-fields.ts';
import { type Field, writeField } from '../../src/shared/form/field.ts';
import { newManifest } from '../../src/shared/form/new-manifest.ts';
import type { OpenForm } from '../../src/shared/form/open-form.ts';
import type { ManifestEdit } from '../../src/shared/manifest/manifest-edit.ts';
import type { ManifestPath } from '../../src/shared/manifest/manifest-path.ts';
import { edited, formOf } from './form-at-hand.ts';

type Act = (form: OpenForm) => readonly ManifestEdit[];

function write<T>(field: Field<T>, value: T): Act {
  return (form) => writeField(form, field, value);
}

const AGENT: ManifestPath = [...WORKERS, { key: { name: 'agent' } }];
const INIT: ManifestPath = [...INIT_CONTAINERS, { key: { name: 'prepare' } }];
const SECURITY = security.containerSecurity(AGENT);
const LIVENESS = probe.probePath(AGENT, 'livenessProbe');
const READINESS = probe.probePath(AGENT, 'readinessProbe');
const STARTUP = probe.probePath(AGENT, 'startupProbe');
const PRE_STOP = hookPath(AGENT, 'preStop');

function volumePath(name: string): ManifestPath {
  return [...volume.VOLUMES, { key: { name } }];
}

function mounted(name: string, mountPath: string): Act {
  return () => volume.addMountEdits(AGENT, { volume: name, mountPath, readOnly: true });
}

const BASE: readonly Act[] = [
  (form) => base.nameEdits(form, 'whole-form'),
  write(base.ALIAS, '整个'),
  write(base.DESCRIPTION, 'every field: "quoted", # and all'),
  write(base.LABELS, [
    ['tier', 'node'],
    ['numeric', '0123'],
  ]),
  (form) => base.mapEntryEdits(form, base.ANNOTATIONS, { key: 'example.com/lines', value: 'one\ntwo\n' }),
  (form) => base.mapEntryEdits(form, base.POD_ANNOTATIONS, { key: 'example.com/restarts', value: 'yes' }),
  (form) => base.selectorLabelEdits(form, 'part', 'agent'),
];

const CONTAINER: readonly Act[] = [
  (form) => addContainerEdits(form, 'worker', 'registry.example.com:5000/team/agent:1.4').edits,
  (form) => addContainerEdits(form, 'init', 'registry.example.com/prepare:2').edits,
  (form) => addContainerEdits(form, 'sidecar', 'registry.example.com/tail:3').edits,
  write(container.pullPolicyField(AGENT), 'Always'),
  write(container.resourceField(AGENT, 'requests', 'cpu'), '100m'),
  write(container.resourceField(AGENT, 'limits', 'cpu'), '1500m'),
  write(container.resourceField(AGENT, 'requests', 'memory'), '64Mi'),
  write(container.resourceField(AGENT, 'limits', 'memory'), '128Mi'),
  write(container.resourceField(AGENT, 'limits', 'ephemeral-storage'), '1Gi'),
  () => port.addPortEdits(AGENT, 9100, 'metrics'),
  (form) =>
    port.portPaths(form, AGENT).flatMap((path) => writeField(form, port.portNumberField(path, 'hostPort'), 9100)),
  (form) => resizePolicyEdits(form, AGENT, 'cpu', 'NotRequired'),
  (form) => resizePolicyEdits(form, AGENT, 'memory', 'RestartContainer'),
  write(container.commandField(AGENT), ['/agent', '--flag=on']),
  write(container.argsField(AGENT), ['--node=$(NODE)', '', 'a b']),
  write(container.commandField(INIT), ['sh', '-c', 'echo "ready"']),
  write(container.workingDirField(AGENT), '/work'),
  write(container.stdinField(AGENT), true),
  write(container.ttyField(AGENT), true),
  write(container.terminationMessagePathField(AGENT), '/dev/why'),
  write(container.terminationMessagePolicyField(AGENT), 'FallbackToLogsOnError'),
  () => env.addEnvEdits(AGENT, 'MODE', { type: 'value', value: 'on' }),
  () => env.addEnvEdits(AGENT, 'NODE', { type: 'fieldRef', fieldPath: 'spec.nodeName' }),
  () => env.addEnvEdits(AGENT, 'MEMORY', { type: 'resourceFieldRef', resource: 'limits.memory', divisor: '1Mi' }),
  () => env.addEnvEdits(AGENT, 'LEVEL', { type: 'configMapKeyRef', name: 'c', key: 'level', optional: true }),
  () => env.addEnvEdits(AGENT, 'PASSWORD', { type: 'secretKeyRef', name: 's', key: 'password' }),
  () => env.addEnvFromEdits(AGENT, { kind: 'configMapRef', name: 'c', prefix: 'C_' }),
  () => env.addEnvFromEdits(AGENT, { kind: 'secretRef', name: 's' }),
  (form) => hookEdits(form, PRE_STOP, 'sleep'),
  (form) => hookEdits(form, hookPath(AGENT, 'postStart'), 'httpGet'),
  write(probe.probePortField(hookPath(AGENT, 'postStart'), 'httpGet'), 9100),
];

const PROBES: readonly Act[] = [
  (form) => probe.probeHandlerEdits(form, LIVENESS, 'httpGet'),
  write(probe.httpPathField(LIVENESS), '/live'),
  write(probe.httpSchemeField(LIVENESS), 'HTTPS'),
  write(probe.probePortField(LIVENESS, 'httpGet'), 'metrics'),
  write(probe.timingField(LIVENESS, 'initialDelaySeconds'), 3),
  write(probe.timingField(LIVENESS, 'periodSeconds'), 20),
  write(probe.timingField(LIVENESS, 'timeoutSeconds'), 4),
  write(probe.timingField(LIVENESS, 'failureThreshold'), 5),
  write(probe.timingField(LIVENESS, 'terminationGracePeriodSeconds'), 9),
  (form) => probe.probeHandlerEdits(form, READINESS, 'tcpSocket'),
  write(probe.probePortField(READINESS, 'tcpSocket'), 9100),
  write(probe.timingField(READINESS, 'successThreshold'), 2),
  (form) => probe.probeHandlerEdits(form, STARTUP, 'grpc'),
  write(probe.probePortField(STARTUP, 'grpc'), 9101),
  write(probe.grpcServiceField(STARTUP), 'ready'),
  (form) =>
    probe.probeHandlerEdits(
      form,
      probe.probePath([...INIT_CONTAINERS, { key: { name: 'tail' } }], 'livenessProbe'),
      'exec',
    ),
  write(probe.execCommandField(probe.probePath([...INIT_CONTAINERS, { key: { name: 'tail' } }], 'livenessProbe')), [
    'true',
  ]),
];

const SECURED: readonly Act[] = [
  write(container.securityFlag(AGENT, 'privileged'), false),
  write(container.securityFlag(AGENT, 'allowPrivilegeEscalation'), false),
  write(container.securityFlag(AGENT, 'readOnlyRootFilesystem'), true),
  write(container.securityFlag(AGENT, 'runAsNonRoot'), true),
  write(security.runAsField(SECURITY, 'runAsUser'), 1000),
  write(security.runAsField(SECURITY, 'runAsGroup'), 1001),
  write(container.capabilitiesField(AGENT, 'add'), ['NET_ADMIN']),
  write(container.capabilitiesField(AGENT, 'drop'), ['ALL']),
  write(security.seLinuxField(SECURITY, 'level'), 's0:c1,c2'),
  (form) => security.profileTypeEdits(form, SECURITY, 'seccompProfile', 'Localhost'),
  write(security.localhostProfileField(SECURITY, 'seccompProfile'), 'profiles/agent.json'),
  write(container.procMountField(AGENT), 'Default'),
  write(security.runAsNonRootField(security.POD_SECURITY), true),
  write(security.runAsField(security.POD_SECURITY, 'fsGroup'), 2000),
  write(security.FS_GROUP_CHANGE_POLICY, 'OnRootMismatch'),
  write(security.SUPPLEMENTAL_GROUPS, [3000, 3001]),
  () => [{ op: 'insert', path: security.SYSCTLS, at: 'end', value: { name: 'kernel.shm_rmid_forced', value: '1' } }],
];

const POD: readonly Act[] = [
  write(strategy.MAX_UNAVAILABLE, '30%'),
  write(strategy.MIN_READY_SECONDS, 3),
  write(strategy.REVISION_HISTORY_LIMIT, 5),
  (form) => pod.imagePullSecretEdits(form, ['login', 'other']),
  (form) => mode.deploymentModeEdits(form, 'decentralized'),
  write(pod.NODE_SELECTOR, [['kubernetes.io/os', 'linux']]),
  (form) => affinity.addNodeRequirementEdits(form, { key: 'zone', operator: 'In', values: ['a', 'b'] }),
  (form) => affinity.addNodeRequirementEdits(form, { key: 'gpu', operator: 'DoesNotExist', values: [] }),
  () => affinity.addPreferredTermEdits({ key: 'disk', operator: 'In', values: ['ssd'] }),
  () => affinity.addPreferenceEdits(0, { key: 'cores', operator: 'Gt', values: ['8'] }),
  write(affinity.preferenceWeight(0), 40),
  () => pod.addTolerationEdits(pod.CONTROL_PLANE_TOLERATION),
  () => pod.addTolerationEdits({ key: 'a', operator: 'Equal', value: 'b', effect: 'NoExecute', tolerationSeconds: 30 }),
  (form) => pod.hostNetworkEdits(form, true),
  write(pod.HOST_PID, true),
  write(dns.DNS_NAMESERVERS, ['10.9.8.7', '2001:db8::53']),
  write(dns.DNS_SEARCHES, ['example.com', '_tcp.example.com.']),
  () => dns.addDnsOptionEdits({ name: 'ndots', value: '2' }),
  () => dns.addDnsOptionEdits({ name: 'edns0' }),
  () => dns.addHostAliasEdits('10.0.0.1', ['registry.example.com', 'registry']),
  () => dns.addHostAliasEdits('2001:db8::1', []),
  write(pod.SERVICE_ACCOUNT_NAME, 'agent'),
  write(pod.AUTOMOUNT_TOKEN, false),
  write(pod.SCHEDULER_NAME, 'default-scheduler'),
  write(pod.TERMINATION_GRACE_PERIOD, 12),
  write(pod.ENABLE_SERVICE_LINKS, false),
];

const VOLUMES: readonly Act[] = [
  () => volume.addVolumeEdits('claim', { persistentVolumeClaim: { claimName: 'data' } }),
  write(volume.claimReadOnlyField(volumePath('claim')), true),
  mounted('claim', '/data'),
  () => volume.addVolumeEdits('tmp', { emptyDir: {} }),
  write(volume.mediumField(volumePath('tmp')), 'Memory'),
  write(volume.sizeLimitField(volumePath('tmp')), '64Mi'),
  mounted('tmp', '/tmp'),
  () => volume.addVolumeEdits('logs', { hostPath: { path: '/var/log' } }),
  write(volume.hostPathTypeField(volumePath('logs')), 'DirectoryOrCreate'),
  mounted('logs', '/var/log'),
  mounted('logs', '/logs-again'),
  () => volume.addVolumeEdits('config', { configMap: { name: 'c' } }),
  write(volume.defaultModeField(volumePath('config'), 'configMap'), 0o640),
  (form) => fileItemEdits(form, volumePath('config'), 'configMap', ['level', 'a=b/c']),
  mounted('config', '/etc/config'),
  () => volume.addVolumeEdits('keys', { secret: { secretName: 's' } }),
  write(volume.sourceOptionalField(volumePath('keys'), 'secret'), true),
  mounted('keys', '/etc/keys'),
  (form) => hostTimezoneEdits(form, AGENT, true),
  write(
    volume.mountPropagationField([...AGENT, 'volumeMounts', { key: { mountPath: '/var/log' } }]),
    'HostToContainer',
  ),
  write(volume.mountField([...AGENT, 'volumeMounts', { key: { mountPath: '/tmp' } }], 'subPath'), 'agent'),
];

/** A new manifest in which every field of the form is set, by the form's own functions. */
export function wholeForm(namespace: string): OpenForm {
  let form = formOf(newManifest(namespace));
  for (const act of [...BASE, ...CONTAINER, ...PROBES, ...SECURED, ...POD, ...VOLUMES]) form = edited(form, act(form));
  return form;
}
