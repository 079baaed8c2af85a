import { describe, expect, it } from 'vitest';
import { presentValue, readField, writeField } from '../field.ts';
import { valueAt } from '../form-document.ts';
import { ruleProblems } from '../form-rules.ts';
import { TextHistory } from '../text-history.ts';
import { newManifest } from '../new-manifest.ts';
import type { OpenForm } from '../open-form.ts';
import * as base from './base-fields.ts';
import * as containerField from './container-fields.ts';
import * as containers from './containers.ts';
import * as mode from './deployment-mode.ts';
import * as env from './env-fields.ts';
import { changedLines, edited, formOf } from '../../../../tests/fakes/form-at-hand.ts';
import { hostTimezoneEdits, syncsHostTimezone } from './host-timezone.ts';
import * as pod from './pod-fields.ts';
import * as port from './port-fields.ts';
import * as probe from './probe-fields.ts';
import * as security from './security-fields.ts';
import * as strategy from './strategy-fields.ts';
import * as volume from './volume-fields.ts';

const AGENT = `# The log agent of every node.
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent # short
  namespace: logging
spec:
  selector:
    matchLabels: {app: agent}
  template:
    metadata:
      labels: {app: agent}
    spec:
      containers:
        # reads
        - name: reader
          image: registry.example.com:5000/agent:1.4 # pinned
          env:
            - name: NODE
              valueFrom:
                fieldRef: {fieldPath: spec.nodeName}
            - {name: LEVEL, value: info}
          livenessProbe:
            httpGet: {path: /live, port: 9100}
            periodSeconds: 20
          volumeMounts:
            - {name: logs, mountPath: /var/log, readOnly: true}
        - name: sender
          image: sender
          volumeMounts:
            - {name: logs, mountPath: /in}
      volumes:
        - name: logs
          hostPath: {path: /var/log}
`;

const READER = [...containers.WORKERS, { key: { name: 'reader' } }];
const SENDER = [...containers.WORKERS, { key: { name: 'sender' } }];

function lines(form: OpenForm, edits: Parameters<typeof edited>[1]): readonly string[] {
  return changedLines(form.text, edited(form, edits).text);
}

const form = formOf(AGENT);

describe('base info', () => {
  it('a new manifest is named, and its selector and pod label follow as one types', () => {
    let next = formOf(newManifest('logging'));
    for (const name of ['a', 'ag', 'agent-1.2', 'agent-']) next = edited(next, base.nameEdits(next, name));
    expect(valueAt(next.manifest, ['spec', 'selector', 'matchLabels'])).toEqual({ app: 'agent' });
    expect(valueAt(next.manifest, ['spec', 'template', 'metadata', 'labels'])).toEqual({ app: 'agent' });
    expect(presentValue(next, base.NAME)).toBe('agent-');
  });

  it('a label longer than a value may be is cut, and ends with a letter or digit', () => {
    expect(base.defaultAppLabel(`${'a'.repeat(62)}.b`)).toBe('a'.repeat(62));
  });

  it('a selector that somebody has chosen does not follow the name', () => {
    const chosen = formOf(AGENT.replaceAll('app: agent', 'k8s-app: agent'));
    expect(lines(chosen, base.nameEdits(chosen, 'other'))).toEqual(['- name: agent # short', '+ name: other # short']);
    expect(lines(form, base.nameEdits(form, 'other'))).toHaveLength(6);
  });

  it('alias and description come and go with their annotations', () => {
    const written = edited(form, [
      ...writeField(form, base.ALIAS, '日志'),
      ...writeField(form, base.DESCRIPTION, 'reads: all'),
    ]);
    expect(valueAt(written.manifest, ['metadata', 'annotations'])).toEqual({
      'kubesphere.io/alias-name': '日志',
      'kubesphere.io/description': 'reads: all',
    });
    const cleared = edited(written, writeField(written, base.ALIAS, undefined));
    expect(edited(cleared, writeField(cleared, base.DESCRIPTION, undefined)).text).toBe(AGENT);
  });

  it('an entry of a map keeps its place under a new key', () => {
    const labelled = formOf(AGENT.replace('  namespace: logging\n', '  labels:\n    a: "1" # one\n    b: "2"\n'));
    const renamed = base.mapEntryEdits(labelled, base.LABELS, { before: 'a', key: 'z', value: '1' });
    expect(lines(labelled, renamed)).toEqual(['- a: "1" # one', '+ z: "1" # one']);
    const changed = base.mapEntryEdits(labelled, base.LABELS, { before: 'b', key: 'b', value: 'yes' });
    expect(edited(labelled, changed).manifest).toMatchObject({ metadata: { labels: { a: '1', b: 'yes' } } });
    const gone = edited(
      edited(labelled, base.removeEntryEdits(base.LABELS, 'a')),
      base.removeEntryEdits(base.LABELS, 'b'),
    );
    expect(valueAt(gone.manifest, ['metadata', 'labels'])).toBeUndefined();
  });

  it('selector and pods get a label in one step', () => {
    const labelled = edited(form, base.selectorLabelEdits(form, 'tier', 'node'));
    expect(valueAt(labelled.manifest, base.MATCH_LABELS.path)).toEqual(
      valueAt(labelled.manifest, base.POD_LABELS.path),
    );
    expect(edited(labelled, base.selectorLabelEdits(labelled, 'tier', undefined)).text).toBe(AGENT);
  });
});

describe('containers', () => {
  it('are listed init containers first, each by its name', () => {
    expect(containers.containersOf(form).map(({ type, name, path }) => [type, name, path.at(-1)])).toEqual([
      ['worker', 'reader', { key: { name: 'reader' } }],
      ['worker', 'sender', { key: { name: 'sender' } }],
    ]);
  });

  it('of one name, or without one, are addressed by index', () => {
    const odd = formOf('kind: DaemonSet\nspec: {template: {spec: {containers: [{name: a}, {name: a}, {image: b}]}}}\n');
    expect(containers.containersOf(odd).map(({ path }) => path.at(-1))).toEqual([0, 1, 2]);
  });

  it('are added under a name of their own, made from the image', () => {
    const { name, edits } = containers.addContainerEdits(
      form,
      'sidecar',
      'registry.example.com/Team/Reader:2@sha256:0',
    );
    expect(name).toBe('reader-2');
    const added = edited(form, edits);
    expect(containers.containersOf(added)[0]).toMatchObject({ type: 'sidecar', name: 'reader-2' });
    expect(ruleProblems(added.manifest).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('are named after their image until somebody has named them', () => {
    const { edits } = containers.addContainerEdits(form, 'worker', '');
    let next = edited(form, edits);
    for (const image of ['r', 'registry.example.com/reader', 'registry.example.com/reader:2', 'other:1']) {
      const entry = containers.containersOf(next).at(-1);
      if (!entry) throw new Error('no container');
      next = edited(next, containers.imageEdits(next, entry.path, image));
    }
    expect(containers.containersOf(next).at(-1)).toMatchObject({ name: 'other', image: 'other:1' });
    expect(lines(form, containers.imageEdits(form, SENDER, 'registry.example.com/x:1'))).toEqual([
      '- - name: sender',
      '- image: sender',
      '+ - name: x',
      '+ image: registry.example.com/x:1',
    ]);
    expect(lines(form, containers.imageEdits(form, READER, 'x:2'))).toEqual([
      '- image: registry.example.com:5000/agent:1.4 # pinned',
      '+ image: x:2 # pinned',
    ]);
  });

  it('are duplicated behind themselves, moved, and removed with their comments', () => {
    const [reader] = containers.containersOf(form);
    if (!reader) throw new Error('no container');
    const doubled = edited(form, containers.duplicateContainerEdits(form, reader));
    expect(containers.containersOf(doubled).map(({ name }) => name)).toEqual(['reader', 'reader-copy', 'sender']);
    const moved = edited(form, containers.moveContainerEdits(reader, 1));
    expect(moved.text.indexOf('name: sender')).toBeLessThan(moved.text.indexOf('# reads'));
    const removed = edited(form, containers.removeContainerEdits(reader));
    expect(removed.text).not.toContain('# reads');
  });

  it('become an init container without what that cannot have, and a sidecar by one key', () => {
    const [reader] = containers.containersOf(form);
    if (!reader) throw new Error('no container');
    expect(containers.lostByType(form, reader, 'init')).toEqual(['livenessProbe']);
    const init = edited(form, containers.containerTypeEdits(form, reader, 'init'));
    expect(containers.containersOf(init).map(({ type, name }) => [type, name])).toEqual([
      ['init', 'reader'],
      ['worker', 'sender'],
    ]);
    expect(valueAt(init.manifest, [...containers.INIT_CONTAINERS, 0, 'livenessProbe'])).toBeUndefined();
    const [asInit] = containers.containersOf(init);
    if (!asInit) throw new Error('no container');
    expect(lines(init, containers.containerTypeEdits(init, asInit, 'sidecar'))).toEqual(['+ restartPolicy: Always']);
  });

  it('keep their comments, order and style when they become another type, and an undo restores the text', () => {
    const commented = formOf(
      AGENT.replace('          env:\n', '          # why these\n          env:\n').replace(
        '            periodSeconds: 20\n',
        '            periodSeconds: 20\n          args: # no shell\n            - |2\n               two\n              one\n',
      ),
    );
    const [reader] = containers.containersOf(commented);
    if (!reader) throw new Error('no container');
    const sidecar = edited(commented, containers.containerTypeEdits(commented, reader, 'sidecar'));
    const moved = commented.text.slice(
      commented.text.indexOf('        # reads'),
      commented.text.indexOf('        - name: sender'),
    );
    expect(sidecar.text).toContain(`      initContainers:\n${moved}          restartPolicy: Always\n`);
    const [asSidecar] = containers.containersOf(sidecar);
    if (!asSidecar) throw new Error('no container');
    const worker = edited(sidecar, containers.containerTypeEdits(sidecar, asSidecar, 'worker'));
    expect(worker.text).not.toContain('initContainers');
    const [, , ...behind] = worker.text.split(/^ {8}(?=- name: sender|# reads)/m);
    expect(behind.join('')).toContain(moved.trimStart());
    const undone = TextHistory.empty.changed(commented.text, sidecar.text, 'type', 0).undo(sidecar.text);
    expect(undone?.text).toBe(commented.text);
  });

  it.each([
    ['agent', 'agent', ''],
    ['agent:1.2', 'agent', '1.2'],
    ['registry.example.com:5000/agent', 'registry.example.com:5000/agent', ''],
    ['registry.example.com:5000/agent:1', 'registry.example.com:5000/agent', '1'],
    ['agent@sha256:ab', 'agent', '@sha256:ab'],
    ['agent:1@sha256:ab', 'agent', '1@sha256:ab'],
  ])('show the image %s in two fields', (image, repository, tag) => {
    expect(containerField.splitImage(image)).toEqual({ repository, tag });
    expect(containerField.joinImage({ repository, tag })).toBe(image);
  });

  it.each([
    ['agent', 'Always'],
    ['agent:latest', 'Always'],
    ['localhost:5000/agent', 'Always'],
    ['agent:1', 'IfNotPresent'],
    ['agent@sha256:ab', 'IfNotPresent'],
  ])('say what the API takes for the pull policy of %s', (image, policy) => {
    expect(containerField.defaultPullPolicy(image)).toBe(policy);
  });

  it('take resources of any name, and leave no empty map behind', () => {
    const gpu = containerField.resourceField(READER, 'limits', 'nvidia.com/gpu');
    const written = edited(form, writeField(form, gpu, '1'));
    expect(valueAt(written.manifest, [...READER, 'resources'])).toEqual({ limits: { 'nvidia.com/gpu': '1' } });
    expect(edited(written, writeField(written, gpu, undefined)).text).toBe(AGENT);
  });

  it('have a security context of three states', () => {
    const flag = containerField.securityFlag(READER, 'privileged');
    expect(readField(form, flag)).toEqual({ state: 'absent' });
    const off = edited(form, writeField(form, flag, false));
    expect(readField(off, flag)).toEqual({ state: 'present', value: false });
    expect(edited(off, writeField(off, flag, undefined)).text).toBe(AGENT);
    const profile = security.profileTypeEdits(form, security.containerSecurity(READER), 'seccompProfile', 'Localhost');
    expect(valueAt(edited(form, profile).manifest, [...READER, 'securityContext'])).toEqual({
      seccompProfile: { type: 'Localhost' },
    });
  });

  it('have ports, addressed by number and protocol where both are written', () => {
    const written = edited(form, port.addPortEdits(READER, 53, 'dns'));
    expect(port.portPaths(written, READER)).toEqual([
      [...READER, 'ports', { key: { containerPort: 53, protocol: 'TCP' } }],
    ]);
    const [path] = port.portPaths(written, READER);
    if (!path) throw new Error('no port');
    const udp = edited(written, writeField(written, port.protocolField(path), 'UDP'));
    expect(valueAt(udp.manifest, [...READER, 'ports'])).toEqual([{ name: 'dns', containerPort: 53, protocol: 'UDP' }]);
    expect(edited(written, port.removePortEdits(path)).text).toBe(AGENT);
  });
});

describe('probes', () => {
  const liveness = probe.probePath(READER, 'livenessProbe');
  const readiness = probe.probePath(READER, 'readinessProbe');

  it('are off, ask in one way, or are not known', () => {
    expect(probe.probeHandler(form, liveness)).toBe('httpGet');
    expect(probe.probeHandler(form, readiness)).toBe('off');
    const odd = formOf(AGENT.replace('httpGet: {', 'newWay: {'));
    expect(probe.probeHandler(odd, liveness)).toBe('unknown');
    expect(probe.probeHandlerEdits(odd, liveness, 'exec')).toEqual([]);
  });

  it('keep timings and port when they ask in another way', () => {
    const tcp = edited(form, probe.probeHandlerEdits(form, liveness, 'tcpSocket'));
    expect(valueAt(tcp.manifest, liveness)).toEqual({ tcpSocket: { port: 9100 }, periodSeconds: 20 });
    const exec = edited(form, probe.probeHandlerEdits(form, liveness, 'exec'));
    expect(valueAt(exec.manifest, liveness)).toEqual({ exec: { command: [] }, periodSeconds: 20 });
    expect(valueAt(edited(form, probe.probeHandlerEdits(form, liveness, 'off')).manifest, liveness)).toBeUndefined();
  });

  it('are turned on with what the form knows', () => {
    const on = edited(form, probe.probeHandlerEdits(form, readiness, 'httpGet'));
    expect(valueAt(on.manifest, readiness)).toEqual({ httpGet: { path: '/' } });
    const [path] = [probe.probePortField(readiness, 'httpGet')];
    const ported = edited(on, writeField(on, path, probe.parsePort(' 8080 ')));
    expect(valueAt(ported.manifest, readiness)).toEqual({ httpGet: { path: '/', port: 8080 } });
    expect([probe.parsePort('web'), probe.parsePort('')]).toEqual(['web', undefined]);
  });
});

describe('the environment', () => {
  it('names each value and reference, and what it does not know', () => {
    const odd = formOf(AGENT.replace('fieldRef: {fieldPath: spec.nodeName}', 'newRef: {a: b}'));
    expect(env.envOf(form, READER).map(({ name, source }) => [name, source])).toEqual([
      ['NODE', { type: 'fieldRef', fieldPath: 'spec.nodeName' }],
      ['LEVEL', { type: 'value', value: 'info' }],
    ]);
    expect(env.envOf(odd, READER)[0]?.source).toEqual({ type: 'unknown' });
  });

  it('changes only what differs, and keeps what it does not know', () => {
    const keyed = formOf(
      AGENT.replace(
        'fieldRef: {fieldPath: spec.nodeName}',
        'secretKeyRef: {name: s, key: k, optional: true, newField: 1} # why',
      ),
    );
    const [node] = env.envOf(keyed, READER);
    if (!node) throw new Error('no variable');
    const edits = env.envSourceEdits(keyed, node, { type: 'secretKeyRef', name: 's', key: 'other' });
    expect(lines(keyed, edits)).toEqual([
      '- secretKeyRef: {name: s, key: k, optional: true, newField: 1} # why',
      '+ secretKeyRef: {name: s, key: other, newField: 1} # why',
    ]);
  });

  it('goes from a value to a reference and back', () => {
    const [, level] = env.envOf(form, READER);
    if (!level) throw new Error('no variable');
    const referred = edited(
      form,
      env.envSourceEdits(form, level, { type: 'configMapKeyRef', name: 'c', key: 'level' }),
    );
    expect(valueAt(referred.manifest, level.path)).toEqual({
      name: 'LEVEL',
      valueFrom: { configMapKeyRef: { name: 'c', key: 'level' } },
    });
    const [, again] = env.envOf(referred, READER);
    if (!again) throw new Error('no variable');
    const back = edited(referred, env.envSourceEdits(referred, again, { type: 'value', value: '0123' }));
    expect(valueAt(back.manifest, level.path)).toEqual({ name: 'LEVEL', value: '0123' });
  });

  it('is added, renamed, reordered and removed', () => {
    const added = edited(
      form,
      env.addEnvEdits(READER, 'MEM', { type: 'resourceFieldRef', resource: 'limits.memory', divisor: '1Mi' }),
    );
    const [node, , memory] = env.envOf(added, READER);
    if (!node || !memory) throw new Error('no variable');
    expect(memory.source).toEqual({ type: 'resourceFieldRef', resource: 'limits.memory', divisor: '1Mi' });
    const moved = edited(added, env.moveEnvEdits(memory, 0));
    expect(env.envOf(moved, READER).map(({ name }) => name)).toEqual(['MEM', 'NODE', 'LEVEL']);
    expect(lines(form, env.envNameEdits(node, 'NODE_NAME'))).toEqual(['- - name: NODE', '+ - name: NODE_NAME']);
    expect(env.envOf(edited(form, env.removeEnvEdits(node)), READER)).toHaveLength(1);
  });

  it('takes whole ConfigMaps and Secrets', () => {
    const taken = edited(form, env.addEnvFromEdits(READER, { kind: 'secretRef', name: 's', prefix: 'P_' }));
    const [from] = env.envFromOf(taken, READER);
    expect(from).toMatchObject({ kind: 'secretRef', name: 's', prefix: 'P_' });
    if (!from) throw new Error('nothing');
    expect(edited(taken, env.removeEnvFromEdits(from)).text).toBe(AGENT);
  });
});

describe('volumes', () => {
  it('are named with their source, also one that the form does not make', () => {
    const more = edited(form, volume.addVolumeEdits('x', { csi: { driver: 'd.example.com' } }));
    expect(volume.volumesOf(more).map(({ name, kind, source, detail }) => [name, kind, source, detail])).toEqual([
      ['logs', 'hostPath', 'hostPath', '/var/log'],
      ['x', 'other', 'csi', 'd.example.com'],
    ]);
  });

  it('go with their mounts, and take them along under a new name', () => {
    const [logs] = volume.volumesOf(form);
    if (!logs) throw new Error('no volume');
    expect(volume.mountsOf(form).map(({ container, mountPath }) => `${container} ${mountPath}`)).toEqual([
      'reader /var/log',
      'sender /in',
    ]);
    const removed = edited(form, volume.removeVolumeEdits(form, logs));
    expect(volume.mountsOf(removed)).toEqual([]);
    expect(ruleProblems(removed.manifest).filter(({ severity }) => severity === 'error')).toEqual([]);
    const renamed = edited(form, volume.renameVolumeEdits(form, logs, 'node-logs'));
    expect(volume.mountsOf(renamed).map((mount) => mount.volume)).toEqual(['node-logs', 'node-logs']);
  });

  it('may be mounted several times in one container', () => {
    const again = edited(
      form,
      volume.addMountEdits(SENDER, { volume: 'logs', mountPath: '/again', readOnly: true, subPath: 'a' }),
    );
    expect(valueAt(again.manifest, [...SENDER, 'volumeMounts', 1])).toEqual({
      name: 'logs',
      mountPath: '/again',
      readOnly: true,
      subPath: 'a',
    });
  });

  it('have file modes in octal, as they are typed and as they are written', () => {
    const made = edited(form, volume.addVolumeEdits('conf', { configMap: { name: 'c' } }));
    const path = [...volume.VOLUMES, { key: { name: 'conf' } }];
    const moded = edited(made, writeField(made, volume.defaultModeField(path, 'configMap'), volume.parseMode('644')));
    expect(moded.text).toContain('defaultMode: 0644');
    expect([volume.parseMode('0o755'), volume.parseMode('888'), volume.formatMode(0o644)]).toEqual([
      0o755,
      undefined,
      '0644',
    ]);
  });
});

describe('the host timezone', () => {
  it('is one mount and one volume, which goes with its last mount', () => {
    const one = edited(form, hostTimezoneEdits(form, READER, true));
    expect(syncsHostTimezone(one, READER)).toBe(true);
    expect(syncsHostTimezone(one, SENDER)).toBe(false);
    const two = edited(one, hostTimezoneEdits(one, SENDER, true));
    expect(volume.volumesOf(two).map(({ name }) => name)).toEqual(['logs', 'host-time']);
    const first = edited(two, hostTimezoneEdits(two, READER, false));
    expect(volume.volumesOf(first)).toHaveLength(2);
    expect(edited(first, hostTimezoneEdits(first, SENDER, false)).text).toBe(AGENT);
  });

  it('uses the volume that is there already, and does not take a name that is taken', () => {
    const there = formOf(
      `${AGENT}        - {name: tz, hostPath: {path: /etc/localtime}}\n        - {name: host-time, emptyDir: {}}\n`,
    );
    const on = edited(there, hostTimezoneEdits(there, READER, true));
    expect(volume.mountsOf(on).find((mount) => mount.mountPath === '/etc/localtime')?.volume).toBe('tz');
  });
});

describe('strategy', () => {
  it('is switched without touching what stands in rollingUpdate', () => {
    const fresh = formOf(newManifest('a'));
    expect(lines(fresh, writeField(fresh, strategy.STRATEGY_TYPE, 'OnDelete'))).toEqual([
      '- type: RollingUpdate',
      '+ type: OnDelete',
    ]);
  });

  it('takes shares as they are typed', () => {
    expect(['20%', ' 2 ', '2.5', 'a', '', '-1'].map(strategy.parseShare)).toEqual([
      '20%',
      2,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('gives up maxUnavailable for a surge, and takes one back without it', () => {
    const fresh = formOf(newManifest('a'));
    const surge = edited(fresh, strategy.maxSurgeEdits(fresh, '10%'));
    expect(valueAt(surge.manifest, ['spec', 'updateStrategy', 'rollingUpdate'])).toEqual({
      maxUnavailable: 0,
      maxSurge: '10%',
    });
    const none = edited(surge, strategy.maxSurgeEdits(surge, undefined));
    expect(valueAt(none.manifest, ['spec', 'updateStrategy', 'rollingUpdate'])).toEqual({ maxUnavailable: 1 });
  });
});

describe('the pod', () => {
  it('finds services when it takes the network of its node', () => {
    const host = edited(form, pod.hostNetworkEdits(form, true));
    expect(valueAt(host.manifest, pod.POD)).toMatchObject({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' });
    expect(edited(host, pod.hostNetworkEdits(host, undefined)).text).toBe(AGENT);
    const own = formOf(AGENT.replace('      containers:\n', '      dnsPolicy: Default\n      containers:\n'));
    expect(lines(own, pod.hostNetworkEdits(own, true))).toEqual(['+ hostNetwork: true']);
  });

  it('has registry secrets, those that stay untouched', () => {
    const two = edited(form, pod.imagePullSecretEdits(form, ['a', 'b']));
    expect(pod.imagePullSecrets(two)).toEqual(['a', 'b']);
    const other = edited(two, pod.imagePullSecretEdits(two, ['b', 'c']));
    expect(pod.imagePullSecrets(other)).toEqual(['b', 'c']);
    expect(edited(other, pod.imagePullSecretEdits(other, [])).text).toBe(AGENT);
  });

  it('tolerates taints, and keeps what it does not know of a toleration', () => {
    const tolerant = edited(form, pod.addTolerationEdits(pod.CONTROL_PLANE_TOLERATION));
    expect(valueAt(tolerant.manifest, pod.TOLERATIONS)).toEqual([
      { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' },
    ]);
    const every = edited(tolerant, pod.setTolerationEdits(tolerant, 0, pod.EVERY_NODE_TOLERATION));
    expect(valueAt(every.manifest, pod.TOLERATIONS)).toEqual([{ operator: 'Exists' }]);
    expect(edited(every, pod.removeTolerationEdits(0)).text).toBe(AGENT);
  });

  it('is kept apart from its like, or together with it, by one term that is known again', () => {
    expect(mode.deploymentMode(form)).toBe('default');
    const apart = edited(form, mode.deploymentModeEdits(form, 'decentralized'));
    expect(mode.deploymentMode(apart)).toBe('decentralized');
    const together = edited(apart, mode.deploymentModeEdits(apart, 'aggregation'));
    expect(mode.deploymentMode(together)).toBe('aggregation');
    expect(edited(together, mode.deploymentModeEdits(together, 'default')).text).toBe(AGENT);
    const own = formOf(apart.text.replace('weight: 100', 'weight: 50'));
    expect(mode.deploymentMode(own)).toBe('custom');
    expect(mode.deploymentModeEdits(own, 'default')).toEqual([]);
  });
});
