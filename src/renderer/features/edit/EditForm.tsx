import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { joinProblems } from '../../../shared/form/join-problems.ts';
import { impactWords } from '../../../shared/form/impact.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { textToEdit } from '../../../shared/manifest/server-fields.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useServices } from '../../live/services.ts';
import type { ManifestEditorHandle } from '../../monaco/ManifestEditor.tsx';
import { notify } from '../../stores/notices.ts';
import {
  BaseDataFields,
  createFormStore,
  type FormState,
  FormSteps,
  type FormStore,
  type FormView,
  FormViewProvider,
  marginOf,
  PlacementChange,
  problemsOf,
  UnreadableForm,
  useClusterProblems,
  useSchemaProblems,
  useShownSides,
  useUndoKeys,
  ViewSwitches,
  YamlPane,
} from '../form/index.ts';
import type { EditKind } from './edit-kind.ts';
import classes from './EditDialog.module.css';
import { type Save, type SaveState, useSave } from './use-save.ts';

export interface EditFormProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  readonly kind: EditKind;
  readonly openedText: string;
  /** Reads the object anew; what was edited is given up. */
  readonly onRead: () => void;
  readonly onClose: () => void;
}

const TEMPLATE_STEPS = [
  { value: 'containers', label: 'Containers' },
  { value: 'volumes', label: 'Volumes' },
] as const;

/** Form and YAML of one object; the text is the object's own without what only the server writes. */
export function EditForm({ contextName, row, kind, openedText, onRead, onClose }: EditFormProps) {
  const { clock } = useServices();
  const [{ store, actions }] = useState(() => createFormStore(textToEdit(openedText), clock));
  const formState = useStore(store);
  const { text, refused } = formState;
  const editor = useRef<ManifestEditorHandle>(null);
  const sides = useShownSides(editor, kind === 'yaml' ? 'yaml' : 'form');
  useUndoKeys(actions);
  const save = useSave({ contextName, row, beforeText: openedText });
  const { state } = save;
  const problems = useAllProblems(contextName, row.namespace, formState, state);
  const { readText, refusal, isReading } = formState;
  const margin = useMemo(
    () => marginWith({ readText, refusal, isReading }, problems),
    [readText, refusal, isReading, problems],
  );
  return (
    <div className={classes.stack}>
      <div className={classes.switches}>
        <ViewSwitches
          view={sides.view}
          canUndo={formState.history.canUndo}
          canRedo={formState.history.canRedo}
          onUndo={actions.undo}
          onRedo={actions.redo}
          onView={sides.setView}
        />
      </div>
      <div className={classes.panes} data-view={sides.view}>
        {sides.view !== 'yaml' && (
          <FormSide
            formState={formState}
            actions={actions}
            problems={problems}
            contextName={contextName}
            namespace={row.namespace}
            kind={kind}
            editYaml={sides.editYaml}
          />
        )}
        {sides.view !== 'form' && (
          <YamlPane
            ref={editor}
            text={text}
            margin={margin}
            readOnly={state.phase === 'saving'}
            onChange={(next) => actions.setText(next, 'yaml')}
            onLeave={actions.settle}
          />
        )}
      </div>
      {refused && <p className={classes.bad}>Not changed: {refused.message}.</p>}
      {state.phase === 'failed' && state.text === text && (
        <ErrorPanel title={`${row.name} was not saved`} error={state.error}>
          {state.error.reason === 'Conflict' && (
            <Button size="compact-xs" onClick={onRead}>
              Read it anew and give up these edits
            </Button>
          )}
        </ErrorPanel>
      )}
      <EditFoot
        contextName={contextName}
        row={row}
        beforeText={openedText}
        formState={formState}
        save={save}
        onClose={onClose}
      />
    </div>
  );
}

function useAllProblems(contextName: string, namespace: string, formState: FormState, state: SaveState) {
  const { form, problems, text } = formState;
  const schemaProblems = useSchemaProblems(contextName, form?.manifest);
  const ofCluster = useClusterProblems({ contextName, namespace, manifest: form?.manifest });
  return useMemo(
    () => joinProblems([...problems, ...ofCluster], schemaProblems, serverCauses(state, text)),
    [problems, ofCluster, schemaProblems, state, text],
  );
}

interface FormSideProps extends Pick<EditFormProps, 'contextName' | 'kind'> {
  readonly formState: FormState;
  readonly actions: FormStore['actions'];
  readonly problems: readonly FormProblem[];
  readonly namespace: string;
  readonly editYaml: (line?: number) => void;
}

function FormSide({ formState, actions, problems, contextName, namespace, kind, editYaml }: FormSideProps) {
  const { form, refusal, isReading } = formState;
  const [step, setStep] = useState<'containers' | 'volumes'>('containers');
  const view = useMemo<FormView | undefined>(
    () => form && { form, actions, problems, isStrict: true, contextName, namespace, editYaml },
    [form, actions, problems, contextName, namespace, editYaml],
  );
  if (isReading) return <p role="status">This object is being read.</p>;
  if (!view) return <UnreadableForm refusal={refusal} editYaml={editYaml} />;
  return (
    <FormViewProvider value={view}>
      <div className={classes.form}>
        {kind !== 'base' && (
          <SegmentedControl
            aria-label="Part"
            data={[...TEMPLATE_STEPS]}
            value={step}
            onChange={(part) => setStep(part === 'volumes' ? 'volumes' : 'containers')}
          />
        )}
        {kind === 'base' ? <BaseDataFields /> : <FormSteps step={step} place={undefined} fixed />}
      </div>
    </FormViewProvider>
  );
}

type MarginInput = Pick<FormState, 'readText' | 'refusal' | 'isReading'>;

/** The editor moves it along with the lines while more is typed. */
function marginWith({ readText, refusal, isReading }: MarginInput, problems: readonly FormProblem[]) {
  if (isReading) return [];
  return refusal ? problemsOf([{ path: '', ...refusal }]) : marginOf(readText, problems);
}

/** What the server found, as long as it is about this text. */
function serverCauses(state: SaveState, text: string): readonly ErrorCause[] {
  return state.phase === 'failed' && state.text === text ? (state.error.causes ?? []) : [];
}

function firstError({ refusal, problems }: FormState): string | undefined {
  if (refusal) return `Line ${refusal.line}: ${refusal.message}.`;
  return problems.find(({ severity }) => severity === 'error')?.message;
}

interface EditFootProps extends Pick<EditFormProps, 'contextName' | 'row' | 'onClose'> {
  readonly beforeText: string;
  readonly formState: FormState;
  readonly save: Save;
}

/** First a dry run that says what the edit would do, then the edit itself. */
function EditFoot({ contextName, row, beforeText, formState, save, onClose }: EditFootProps) {
  const { text, form } = formState;
  const problem = firstError(formState);
  const { state } = save;
  // The server's answer above says it already.
  const isSaid = state.phase === 'failed' && state.text === text;
  const checked = state.phase === 'checked' && state.text === text ? state.outcome : undefined;
  const isEmpty = checked?.changed.length === 0;
  const done = (): void => {
    notify({ title: `${row.name} was saved`, message: '', tone: 'good' });
    onClose();
  };
  return (
    <div className={classes.foot}>
      <span role="status">
        {problem !== undefined && !isSaid && <span className={classes.bad}>{problem}</span>}
        {checked && (isEmpty ? 'Nothing is changed.' : impactWords(row, checked.restarts))}
        {checked && !isEmpty && <code className={classes.kubectl}>{checked.kubectl}</code>}
        {checked?.restarts === true && form && (
          <PlacementChange contextName={contextName} beforeText={beforeText} manifest={form.manifest} />
        )}
      </span>
      <span className={classes.actions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button loading={state.phase === 'checking'} onClick={() => void save.check(text)}>
          Check
        </Button>
        <Button
          variant="filled"
          disabled={!checked || isEmpty}
          loading={state.phase === 'saving'}
          onClick={() => void save.save(text, done)}
        >
          Save
        </Button>
      </span>
    </div>
  );
}
