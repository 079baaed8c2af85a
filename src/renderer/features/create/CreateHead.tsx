import { Button, FileButton } from '@mantine/core';
import { memo, useRef } from 'react';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import { usePermission } from '../../live/use-access.ts';
import { type ShownSides, ViewSwitches } from '../form/index.ts';
import classes from './CreatePage.module.css';
import { NamespaceField } from './NamespaceField.tsx';
import type { CreationState } from './use-creation.ts';

export interface CreateCommands {
  readonly setView: (view: ShownSides) => void;
  readonly setNamespace: (namespace: string) => void;
  readonly upload: (file: File) => void;
  /** A file is about to be chosen. */
  readonly prepare: () => void;
  readonly check: () => void;
  readonly create: () => void;
  readonly cancel: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

export interface CreateHeadProps {
  readonly contextName: string;
  /** Where the text names none. */
  readonly namespace: string;
  /** In which the text would be created. */
  readonly namespaceUsed: string;
  readonly isEmpty: boolean;
  readonly phase: CreationState['phase'];
  readonly view: ShownSides;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** The same at every render. */
  readonly commands: CreateCommands;
}

/** Title and what can be done with the text. Nothing in it depends on what the text is: a key does not render it. */
export const CreateHead = memo(function CreateHead(props: CreateHeadProps) {
  const { contextName, namespace, namespaceUsed, isEmpty, phase, view, canUndo, canRedo, commands } = props;
  const { allowed, reason: denied } = usePermission(contextName, {
    verb: 'create',
    group: 'apps',
    resource: 'daemonsets',
    namespace: namespaceUsed,
  });
  const resetUpload = useRef<() => void>(null);
  const busy = phase === 'checking' || phase === 'creating';
  const reason = allowed ? missing(isEmpty, namespace) : denied;
  return (
    <header className={classes.head}>
      <h1 className={classes.title}>Create DaemonSet</h1>
      <span className={classes.muted}>in {contextName}</span>
      <span className={classes.actions}>
        <FileButton
          accept=".yaml,.yml,.json,text/yaml,application/yaml,application/json"
          resetRef={resetUpload}
          onChange={(file) => {
            // The same file must be taken again after it was changed on disk.
            resetUpload.current?.();
            if (file) commands.upload(file);
          }}
        >
          {({ onClick, ...button }) => (
            <Button
              {...button}
              onClick={() => {
                commands.prepare();
                onClick();
              }}
            >
              Upload…
            </Button>
          )}
        </FileButton>
        {view === 'yaml' && (
          <NamespaceField contextName={contextName} value={namespace} onChange={commands.setNamespace} />
        )}
        {phase === 'checking' && <Button onClick={commands.cancel}>Cancel</Button>}
        <GuardedButton reason={busy ? 'Under way' : reason} loading={phase === 'checking'} onClick={commands.check}>
          Check
        </GuardedButton>
        <GuardedButton
          variant="filled"
          reason={busy ? 'Under way' : reason}
          loading={phase === 'creating'}
          onClick={commands.create}
        >
          Create
        </GuardedButton>
        <ViewSwitches
          view={view}
          canUndo={canUndo}
          canRedo={canRedo}
          onUndo={commands.undo}
          onRedo={commands.redo}
          onView={commands.setView}
        />
      </span>
    </header>
  );
});

function missing(isEmpty: boolean, namespace: string): string | undefined {
  if (isEmpty) return 'There is no text yet.';
  return namespace.trim() === '' ? 'Name a namespace: it is used where the text names none.' : undefined;
}
