import { ActionIcon, Button, FileButton, Switch } from '@mantine/core';
import { useRef } from 'react';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import { usePermission } from '../../live/use-access.ts';
import type { FormState, FormStore } from '../form/index.ts';
import classes from './CreatePage.module.css';
import type { CreateView } from './create-view.ts';
import type { Draft } from './draft.ts';
import { NamespaceField } from './NamespaceField.tsx';
import type { CreationState } from './use-creation.ts';

export interface CreateHeadProps {
  readonly contextName: string;
  readonly draft: Draft;
  /** In which the text would be created. */
  readonly namespaceUsed: string;
  readonly state: CreationState;
  readonly view: CreateView;
  readonly history: FormState['history'];
  readonly actions: FormStore['actions'];
  readonly onView: (view: CreateView) => void;
  readonly onNamespace: (namespace: string) => void;
  readonly onUpload: (file: File) => void;
  readonly onCheck: () => void;
  readonly onCreate: () => void;
  readonly onCancel: () => void;
}

/** Title and what can be done with the text. */
export function CreateHead(props: CreateHeadProps) {
  const { contextName, draft, namespaceUsed, state, view, onNamespace, onUpload, onCheck, onCreate, onCancel } = props;
  const { allowed, reason: denied } = usePermission(contextName, {
    verb: 'create',
    group: 'apps',
    resource: 'daemonsets',
    namespace: namespaceUsed,
  });
  const resetUpload = useRef<() => void>(null);
  const busy = state.phase === 'checking' || state.phase === 'creating';
  const reason = allowed ? missing(draft) : denied;
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
            if (file) onUpload(file);
          }}
        >
          {(button) => <Button {...button}>Upload…</Button>}
        </FileButton>
        {view === 'yaml' && <NamespaceField contextName={contextName} value={draft.namespace} onChange={onNamespace} />}
        {state.phase === 'checking' && <Button onClick={onCancel}>Cancel</Button>}
        <GuardedButton reason={busy ? 'Under way' : reason} loading={state.phase === 'checking'} onClick={onCheck}>
          Check
        </GuardedButton>
        <GuardedButton
          variant="filled"
          reason={busy ? 'Under way' : reason}
          loading={state.phase === 'creating'}
          onClick={onCreate}
        >
          Create
        </GuardedButton>
        <ViewSwitches {...props} />
      </span>
    </header>
  );
}

/** Undo and redo for form and YAML together, and which of the two is shown. */
function ViewSwitches({ view, history, actions, onView }: CreateHeadProps) {
  return (
    <>
      <span className={classes.undo}>
        <ActionIcon aria-label="Undo" title="Undo (Ctrl+Z)" disabled={!history.canUndo} onClick={actions.undo}>
          ↶
        </ActionIcon>
        <ActionIcon aria-label="Redo" title="Redo (Ctrl+Y)" disabled={!history.canRedo} onClick={actions.redo}>
          ↷
        </ActionIcon>
      </span>
      <Button
        aria-pressed={view === 'both'}
        disabled={view === 'yaml'}
        onClick={() => onView(view === 'both' ? 'form' : 'both')}
      >
        Side by side
      </Button>
      <Switch
        size="sm"
        label="Edit mode"
        title="Edit the YAML itself"
        checked={view === 'yaml'}
        onChange={(event) => onView(event.currentTarget.checked ? 'yaml' : 'form')}
      />
    </>
  );
}

function missing({ text, namespace }: Draft): string | undefined {
  if (text.trim() === '') return 'There is no text yet.';
  return namespace.trim() === '' ? 'Name a namespace: it is used where the text names none.' : undefined;
}
