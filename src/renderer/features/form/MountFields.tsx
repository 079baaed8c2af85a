import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  addMountEdits,
  MOUNT_PROPAGATIONS,
  mountField,
  mountPropagationField,
  mountReadOnlyField,
  type MountEntry,
  RECURSIVE_READ_ONLY,
  recursiveReadOnlyField,
  removeMountEdit,
  type VolumeEntry,
} from '../../../shared/form/fields/volume-fields.ts';
import { containersOf } from '../../../shared/form/fields/containers.ts';
import { ChoiceField, FlagField } from './ChoiceField.tsx';
import classes from './Form.module.css';
import { useForm } from './form-context.ts';
import { TextField } from './TextField.tsx';

export interface MountFieldsProps {
  readonly volume: VolumeEntry;
  readonly mounts: readonly MountEntry[];
}

/** Where a volume is mounted: in several containers, and several times in one. */
export function MountFields({ volume, mounts }: MountFieldsProps) {
  const { form, actions } = useForm();
  const containers = containersOf(form);
  return (
    <div className={classes.rows} role="group" aria-label={`Mounts of ${volume.name}`}>
      {mounts.map((mount, index) => (
        // A mount's path may be edited: its place stays.
        // oxlint-disable-next-line react/no-array-index-key
        <div className={classes.row} key={index} role="group" aria-label={`Mount ${index + 1} in ${mount.container}`}>
          <div className={`${classes.grow} ${classes.grid}`}>
            <TextField
              label={`Mount path in ${mount.container}`}
              field={mountField(mount.path, 'mountPath')}
              placeholder="/var/log"
            />
            <FlagField label="Read-only" field={mountReadOnlyField(mount.path)} unset="Default (no)" />
            <TextField label="Sub path" field={mountField(mount.path, 'subPath')} placeholder="whole volume" />
            <TextField
              label="Sub path with variables"
              field={mountField(mount.path, 'subPathExpr')}
              placeholder="$(NODE_NAME)"
            />
            <ChoiceField
              label="Propagation"
              field={mountPropagationField(mount.path)}
              choices={MOUNT_PROPAGATIONS}
              unset="Default (None)"
            />
            <ChoiceField
              label="Recursively read-only"
              field={recursiveReadOnlyField(mount.path)}
              choices={RECURSIVE_READ_ONLY}
              unset="Default (Disabled)"
            />
          </div>
          <span className={classes.rowEnd}>
            <ActionIcon
              aria-label={`Remove mount ${mount.mountPath}`}
              onClick={() => actions.edit([removeMountEdit(mount)])}
            >
              ×
            </ActionIcon>
          </span>
        </div>
      ))}
      {mounts.length === 0 && <span className={classes.muted}>Not mounted yet.</span>}
      <div className={classes.actions}>
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size="compact-xs" disabled={containers.length === 0 || volume.name === ''}>
              + Mount in a container
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {containers.map((container) => (
              <Menu.Item
                key={`${container.type} ${container.index}`}
                onClick={() =>
                  actions.edit(
                    addMountEdits(container.path, {
                      volume: volume.name,
                      mountPath: volume.kind === 'hostPath' ? volume.detail : '',
                    }),
                  )
                }
              >
                {container.name || '(no name)'}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </div>
  );
}
