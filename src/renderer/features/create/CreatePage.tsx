import { useEffect, useMemo, useRef } from 'react';
import { useKubeContext } from '../../live/use-contexts.ts';
import { ManifestEditor, type ManifestEditorHandle } from '../../monaco/ManifestEditor.tsx';
import { notify } from '../../stores/notices.ts';
import { navigate } from '../../stores/use-route.ts';
import { CreateHead } from './CreateHead.tsx';
import classes from './CreatePage.module.css';
import { DraftNotice } from './DraftNotice.tsx';
import { Findings } from './Findings.tsx';
import { type ManifestChecker, workerChecker } from './manifest-checker.ts';
import { problemsOf } from './placed-causes.ts';
import { readUpload } from './read-upload.ts';
import { useCreation } from './use-creation.ts';
import { useDraft } from './use-draft.ts';
import { useFileDrop } from './use-file-drop.ts';
import { useLiveCauses } from './use-live-causes.ts';

export interface CreatePageProps {
  readonly contextName: string;
  readonly namespace?: string | undefined;
  /** For tests; a worker otherwise. */
  readonly createChecker?: (() => ManifestChecker) | undefined;
}

/** Creates a DaemonSet from YAML: typed, pasted, uploaded or dropped. The text survives failures, reloads and crashes. */
export function CreatePage({ contextName, namespace, createChecker = workerChecker }: CreatePageProps) {
  const context = useKubeContext(contextName);
  const editor = useRef<ManifestEditorHandle>(null);
  const checker = useChecker(createChecker);
  const { draft, restoredAt, change, discard, closeNotice, forget } = useDraft(
    contextName,
    namespace ?? context?.namespace ?? 'default',
  );

  const creation = useCreation({
    contextName,
    checker,
    onCreated: (outcome) => {
      forget();
      const title = `${outcome.namespace}/${outcome.name} was created`;
      notify({ title, message: outcome.warnings.join('\n'), tone: outcome.warnings.length > 0 ? 'warn' : 'good' });
      navigate({ page: 'daemonSet', contextName, namespace: outcome.namespace, name: outcome.name });
    },
  });
  const { state } = creation;
  const liveCauses = useLiveCauses(checker, draft.text);
  const isCurrent = state.phase === 'failed' && state.draft.text === draft.text;
  const serverCauses = isCurrent ? (state.error.causes ?? []) : [];
  const shownCauses = liveCauses.length > 0 ? liveCauses : serverCauses;
  const problems = useMemo(() => problemsOf(shownCauses), [shownCauses]);

  const upload = async (file: File) => {
    const read = await readUpload(file);
    if ('problem' in read) notify({ title: 'Not uploaded', message: read.problem, tone: 'bad' });
    else change({ text: read.text });
  };
  const drop = useFileDrop((file) => void upload(file));
  return (
    <div className={classes.page} {...drop.handlers} data-dropping={drop.isOver}>
      <CreateHead
        contextName={contextName}
        draft={draft}
        state={state}
        onNamespace={(next) => change({ namespace: next })}
        onUpload={(file) => void upload(file)}
        onCheck={() => creation.check(draft)}
        onCreate={() => creation.create(draft)}
        onCancel={creation.cancel}
      />
      {restoredAt !== undefined && <DraftNotice savedAt={restoredAt} onDiscard={discard} onClose={closeNotice} />}
      <div className={classes.editor}>
        <ManifestEditor
          ref={editor}
          ariaLabel="DaemonSet YAML"
          value={draft.text}
          onChange={(text) => change({ text })}
          problems={problems}
          readOnly={state.phase === 'creating'}
        />
        {drop.isOver && <div className={classes.dropHint}>Drop a YAML file to put it here</div>}
      </div>
      <Findings
        contextName={contextName}
        state={state}
        liveCauses={liveCauses}
        text={draft.text}
        onReveal={(line, column) => editor.current?.reveal(line, column)}
        onCreateAnyway={() => creation.create(draft)}
      />
    </div>
  );
}

function useChecker(createChecker: () => ManifestChecker): ManifestChecker {
  const checker = useMemo(() => createChecker(), [createChecker]);
  useEffect(() => () => checker.dispose(), [checker]);
  return checker;
}
