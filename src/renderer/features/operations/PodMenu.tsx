import { ActionIcon, Menu } from '@mantine/core';
import { useState } from 'react';
import { pagePart } from '../../components/page-part.tsx';
import { permissionOf, useAccess } from '../../live/use-access.ts';
import { useKubeContext } from '../../live/use-contexts.ts';
import classes from './OperationDialog.module.css';
import { POD_OPERATIONS, POD_WORDS, type PodOperation, type PodTarget, podCheck } from './pod-operation.ts';

const { Part: PodDialog } = pagePart(async () => (await import('./PodDialog.tsx')).PodDialog, null);

export interface PodMenuProps {
  readonly pod: PodTarget;
  readonly tabIndex?: 0 | -1;
}

/** Evict and delete. The menu is made when it is first asked for: a long table has many pods. */
export function PodMenu({ pod, tabIndex = 0 }: PodMenuProps) {
  const [made, setMade] = useState(false);
  const [operation, setOperation] = useState<PodOperation>();
  const button = {
    'aria-label': `Actions for ${pod.name}`,
    'aria-haspopup': 'menu',
    title: 'Actions',
    tabIndex,
  } as const;
  if (!made) {
    return (
      <ActionIcon {...button} onClick={() => setMade(true)}>
        ⋯
      </ActionIcon>
    );
  }
  return (
    <>
      <Menu defaultOpened position="bottom-end">
        <Menu.Target>
          <ActionIcon {...button}>⋯</ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Items pod={pod} onChoose={setOperation} />
        </Menu.Dropdown>
      </Menu>
      {operation && <PodDialog pod={pod} operation={operation} onClose={() => setOperation(undefined)} />}
    </>
  );
}

function Items({ pod, onChoose }: { readonly pod: PodTarget; readonly onChoose: (operation: PodOperation) => void }) {
  const { contextName, namespace } = pod;
  const answers = useAccess(
    contextName,
    POD_OPERATIONS.map((operation) => podCheck(operation, namespace)),
  );
  const guardLevel = useKubeContext(contextName)?.guardLevel ?? 'free';
  return POD_OPERATIONS.map((operation, index) => {
    const { allowed, reason } = permissionOf(guardLevel, answers?.[index]);
    return (
      <Menu.Item key={operation} disabled={!allowed} onClick={() => onChoose(operation)}>
        {POD_WORDS[operation]}…{reason !== undefined && <span className={classes.reason}>{reason}</span>}
      </Menu.Item>
    );
  });
}
