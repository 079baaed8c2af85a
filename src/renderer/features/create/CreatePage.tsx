import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { CreateOutcome } from '../../../shared/contract/daemonset.ts';
import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import { problemCounts } from '../../../shared/form/steps.ts';
import { useKubeContext } from '../../live/use-contexts.ts';
import { prepareManifestEditor } from '../../monaco/load-manifest-editor.ts';
import type { ManifestEditorHandle } from '../../monaco/ManifestEditor.tsx';
import { notify } from '../../stores/notices.ts';
import { navigate } from '../../stores/use-route.ts';
import { type FormStore, isLargeText, StepBar, useFormRead, useIsText, useUndoKeys } from '../form/index.ts';
import { CreateHead } from './CreateHead.tsx';
import classes from './CreatePage.module.css';
import { CreatePanes } from './CreatePanes.tsx';
import { isBlank } from './draft.ts';
import { DraftNotice } from './DraftNotice.tsx';
import { Findings } from './Findings.tsx';
import { type ManifestChecker, workerChecker } from './manifest-checker.ts';
import { readUpload } from './read-upload.ts';
import { targetNamespace, useCreateProblems } from './use-create-problems.ts';
import { type CreationState, useCreation } from './use-creation.ts';
import { useDraftForm } from './use-draft-form.ts';
import { useFileDrop } from './use-file-drop.ts';
import { useLiveCauses } from './use-live-causes.ts';
import { useMargin } from './use-margin.ts';
import { useStableCommands } from './use-stable-commands.ts';
import { useWizard } from './use-wizard.ts';
import { WizardFoot } from './WizardFoot.tsx';

export interface CreatePageProps {
  readonly contextName: string;
  readonly namespace?: string | undefined;
  /** For tests; a worker otherwise. */
  readonly createChecker?: (() => ManifestChecker) | undefined;
}

/** Creates a DaemonSet in a wizard or as YAML: two views over one text with one undo. */
export function CreatePage({ contextName, namespace, createChecker = workerChecker }: CreatePageProps) {
  const context = useKubeContext(contextName);
  const editor = useRef<ManifestEditorHandle>(null);
  const checker = useChecker(createChecker);
  const draftForm = useDraftForm(contextName, namespace ?? context?.namespace ?? 'default', checker);
  const { store, actions, draftNow } = draftForm;
  const formRead = useFormRead(store);
  const isEmpty = useStore(store, ({ text }) => isBlank(text));
  useUndoKeys(actions);
  const onCreated = (outcome: CreateOutcome) => {
    draftForm.forget();
    showCreated(contextName, outcome);
  };
  const creation = useCreation({ contextName, checker, onCreated });
  // The dry run is what a review is about.
  const wizard = useWizard(editor, () => creation.check(draftNow()));
  const { view, step } = wizard;
  const { state } = creation;
  const liveCauses = useLiveCauses(checker, store);
  const serverCauses = useServerCauses(state, store);
  const namespaceUsed = targetNamespace(formRead, draftForm.namespace);
  const problems = useCreateProblems({ contextName, formRead, namespace: namespaceUsed, serverCauses });
  const margin = useMargin(checker, formRead.readText, liveCauses, problems, formRead.isReading);
  const upload = async (file: File) => {
    const read = await readUpload(file);
    if ('problem' in read) notify({ title: 'Not uploaded', message: read.problem, tone: 'bad' });
    else {
      actions.setText(read.text);
      // Its form takes a moment: the text itself is on screen at once.
      if (isLargeText(read.text)) wizard.showYaml();
    }
  };
  const drop = useFileDrop((file) => void upload(file), prepareManifestEditor);
  const commands = useStableCommands({
    setView: wizard.setView,
    setNamespace: draftForm.setNamespace,
    upload: (file: File) => void upload(file),
    prepare: prepareManifestEditor,
    check: () => creation.check(draftNow()),
    create: () => creation.create(draftNow()),
    cancel: creation.cancel,
    undo: actions.undo,
    redo: actions.redo,
  });
  const findings = (
    <Findings
      contextName={contextName}
      state={state}
      liveCauses={liveCauses}
      store={store}
      onReveal={wizard.editYaml}
      onCreateAnyway={() => creation.create(draftNow())}
    />
  );
  return (
    <div className={classes.page} {...drop.handlers} data-dropping={drop.isOver}>
      <CreateHead
        contextName={contextName}
        namespace={draftForm.namespace}
        namespaceUsed={namespaceUsed}
        isEmpty={isEmpty}
        phase={state.phase}
        view={view}
        canUndo={formRead.canUndo}
        canRedo={formRead.canRedo}
        commands={commands}
      />
      {draftForm.restoredAt !== undefined && (
        <DraftNotice savedAt={draftForm.restoredAt} onDiscard={draftForm.discard} onClose={draftForm.closeNotice} />
      )}
      {view !== 'yaml' && (
        <StepBar step={step} problems={problemCounts(problems)} visited={wizard.visited} onStep={wizard.goTo} />
      )}
      <CreatePanes
        contextName={contextName}
        draftForm={draftForm}
        formRead={formRead}
        wizard={wizard}
        problems={problems}
        margin={margin}
        editor={editor}
        readOnly={state.phase === 'creating'}
        isOver={drop.isOver}
        findings={findings}
      />
      {view === 'yaml' ? findings : <WizardFoot wizard={wizard} formRead={formRead} problems={problems} />}
    </div>
  );
}

const NONE: readonly ErrorCause[] = [];

/** What the server found, as long as it is about this text. */
function useServerCauses(state: CreationState, store: FormStore['store']): readonly ErrorCause[] {
  const isOfIt = useIsText(store, state.phase === 'failed' ? state.draft.text : undefined);
  return state.phase === 'failed' && isOfIt ? (state.error.causes ?? NONE) : NONE;
}

function showCreated(contextName: string, { namespace, name, warnings }: CreateOutcome): void {
  const title = `${namespace}/${name} was created`;
  notify({ title, message: warnings.join('\n'), tone: warnings.length > 0 ? 'warn' : 'good' });
  navigate({ page: 'daemonSet', contextName, namespace, name });
}

function useChecker(createChecker: () => ManifestChecker): ManifestChecker {
  const checker = useMemo(() => createChecker(), [createChecker]);
  useEffect(() => () => checker.dispose(), [checker]);
  return checker;
}
