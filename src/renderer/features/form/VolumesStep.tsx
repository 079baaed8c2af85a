import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  addVolumeEdits,
  mountsOf,
  removeVolumeEdits,
  renameVolumeEdits,
  VOLUME_KINDS,
  type VolumeEntry,
  type VolumeKind,
  volumesOf,
} from '../../../shared/form/fields/volume-fields.ts';
import type { JsonObject } from '../../../shared/manifest/json-value.ts';
import classes from './Form.module.css';
import { FieldFrame } from './FieldFrame.tsx';
import { useForm } from './form-context.ts';
import { MountFields } from './MountFields.tsx';
import { groupOf, useProblems } from './use-field.ts';
import { VolumeSourceFields } from './VolumeSourceFields.tsx';
import { ConfigDialog } from './ConfigDialog.tsx';

const KIND_NAMES: Readonly<Record<VolumeKind, string>> = {
  persistentVolumeClaim: 'Existing volume (PVC)',
  emptyDir: 'Temporary volume',
  hostPath: 'HostPath',
  configMap: 'ConfigMap',
  secret: 'Secret',
};

const NEW: Readonly<Record<VolumeKind, JsonObject>> = {
  persistentVolumeClaim: { persistentVolumeClaim: { claimName: '' } },
  emptyDir: { emptyDir: {} },
  hostPath: { hostPath: { path: '' } },
  configMap: { configMap: { name: '' } },
  secret: { secret: { secretName: '' } },
};

const BASE_NAMES: Readonly<Record<VolumeKind, string>> = {
  persistentVolumeClaim: 'data',
  emptyDir: 'tmp',
  hostPath: 'host',
  configMap: 'config',
  secret: 'secret',
};

/** The volumes of the pod, each with its mounts. */
export function VolumesStep() {
  const { form, actions } = useForm();
  const [isConfiguring, setConfiguring] = useState(false);
  const volumes = volumesOf(form);
  const add = (kind: VolumeKind) => {
    const taken = new Set(volumes.map(({ name }) => name));
    let name = BASE_NAMES[kind];
    for (let number = 2; taken.has(name); number += 1) name = `${BASE_NAMES[kind]}-${number}`;
    actions.edit(addVolumeEdits(name, NEW[kind]));
  };
  return (
    <div className={classes.stack}>
      <div className={classes.actions}>
        <Menu position="bottom-start">
          <Menu.Target>
            <Button>+ Add volume</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {VOLUME_KINDS.map((kind) => (
              <Menu.Item key={kind} onClick={() => add(kind)}>
                {KIND_NAMES[kind]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button onClick={() => setConfiguring(true)}>Use a ConfigMap or Secret…</Button>
      </div>
      {volumes.length === 0 && (
        <p className={classes.muted}>
          No volumes. Log collectors mount the node's /var/log as a HostPath; CNI and CSI agents their sockets.
        </p>
      )}
      {volumes.map((volume) => (
        <Volume key={volume.index} volume={volume} />
      ))}
      {isConfiguring && <ConfigDialog onClose={() => setConfiguring(false)} />}
    </div>
  );
}

function Volume({ volume }: { readonly volume: VolumeEntry }) {
  const { form, actions } = useForm();
  const { error } = useProblems([...volume.path, 'name']);
  const kind = volume.kind === 'other' ? volume.source : KIND_NAMES[volume.kind];
  const mounts = mountsOf(form).filter((mount) => mount.volume === volume.name);
  return (
    <section className={classes.card} aria-label={`Volume ${volume.name}`}>
      <div className={`${classes.cardBody} ${classes.stack}`} style={{ paddingTop: 10 }}>
        <div className={classes.row}>
          <div className={`${classes.grow} ${classes.grid}`}>
            <FieldFrame label="Volume name" error={error} help={kind}>
              {(control) => (
                <TextInput
                  {...control}
                  value={volume.name}
                  onChange={(event) =>
                    actions.edit(
                      renameVolumeEdits(form, volume, event.currentTarget.value),
                      groupOf([...volume.path.slice(0, -1), volume.index, 'name']),
                    )
                  }
                />
              )}
            </FieldFrame>
            <VolumeSourceFields volume={volume} />
          </div>
          <span className={classes.rowEnd}>
            <ActionIcon
              aria-label={`Remove volume ${volume.name}`}
              onClick={() => actions.edit(removeVolumeEdits(form, volume))}
            >
              ×
            </ActionIcon>
          </span>
        </div>
        <MountFields volume={volume} mounts={mounts} />
      </div>
    </section>
  );
}
