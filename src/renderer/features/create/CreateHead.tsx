import { Button, FileButton } from '@mantine/core';
import { useRef } from 'react';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import { usePermission } from '../../live/use-access.ts';
import { type FormState, type FormStore, type ShownSides, ViewSwitches } from '../form/index.ts';
import classes from './CreatePage.module.css';
import type { Draft } from './draft.ts';
import { NamespaceField } from './NamespaceField.tsx';
import type { CreationState } from './use-creation.ts';

export interface CreateHeadProps {
  readonly contextName: string;
  readonly draft: Draft;
  /** In which the text would be created. */
  readonly namespaceUsed: string;
  readonly state: CreationState;
  readonly view: ShownSides;
  readonly history: FormState['history'];
  readonly actions: FormStore['actions'];
  readonly onView: (view: ShownSides) => void;
  readonly onNamespace: (namespace: string) => void;
  readonly onUpload: (file: File) => void;
  readonly onCheck: () => void;
  readonly onCreate: () => void;
  readonly onCancel: () => void;
}

/** Title and what can be done with the text. */
export function CreateHead(props: CreateHeadProps) {
  const {
    contextName,
    draft,
    namespaceUsed,
    state,
    view,
    history,
    actions,
    onView,
    onNamespace,
    onUpload,
    onCheck,
    onCreate,
    onCancel,
  } = props;
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
        <ViewSwitches view={view} history={history} actions={actions} onView={onView} />
      </span>
    </header>
  );
}

function missing({ text, namespace }: Draft): string | undefined {
  if (text.trim() === '') return 'There is no text yet.';
  return namespace.trim() === '' ? 'Name a namespace: it is used where the text names none.' : undefined;
}
