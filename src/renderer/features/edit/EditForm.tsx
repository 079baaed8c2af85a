import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { joinProblems } from '../../../shared/form/join-problems.ts';
import { impactWords } from '../../../shared/form/impact.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { textToEdit } from '../../../shared/manifest/server-fields.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { PlacementChange } from '../../components/PlacementChange.tsx';
import { useServices } from '../../live/services.ts';
import type { ManifestEditorHandle } from '../../monaco/ManifestEditor.tsx';
import { notify } from '../../stores/notices.ts';
import {
  BaseDataFields,
  createFormStore,
  FollowingYaml,
  type FormRead,
  FormSteps,
  type FormStore,
  type FormView,
  FormViewProvider,
  marginOf,
  problemsOf,
  UnreadableForm,
  useClusterProblems,
  useFormRead,
  useIsText,
  useSchemaProblems,
  useShownSides,
  useUndoKeys,
  ViewSwitches,
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
  const formRead = useFormRead(store);
  const { readText, refusal, isReading, refused } = formRead;
  const editor = useRef<ManifestEditorHandle>(null);
  const sides = useShownSides(editor, kind === 'yaml' ? 'yaml' : 'form');
  useUndoKeys(actions);
  const save = useSave({ contextName, row, beforeText: openedText });
  const { state } = save;
  const isSaid = useIsText(store, state.phase === 'failed' ? state.text : undefined);
  const problems = useAllProblems(contextName, row.namespace, formRead, isSaid ? state : undefined);
  const margin = useMemo(
    () => marginWith({ readText, refusal, isReading }, problems),
    [readText, refusal, isReading, problems],
  );
  return (
    <div className={classes.stack}>
      <div className={classes.switches}>
        <ViewSwitches
          view={sides.view}
          canUndo={formRead.canUndo}
          canRedo={formRead.canRedo}
          onUndo={actions.undo}
          onRedo={actions.redo}
          onView={sides.setView}
        />
      </div>
      <div className={classes.panes} data-view={sides.view}>
        {sides.view !== 'yaml' && (
          <FormSide
            formRead={formRead}
            actions={actions}
            problems={problems}
            contextName={contextName}
            namespace={row.namespace}
            kind={kind}
            editYaml={sides.editYaml}
          />
        )}
        {sides.view !== 'form' && (
          <FollowingYaml
            ref={editor}
            store={store}
            margin={margin}
            readOnly={state.phase === 'saving'}
            onChange={(next, told) => actions.setText(next, 'yaml', told)}
            onLeave={actions.settle}
          />
        )}
      </div>
      {refused && <p className={classes.bad}>Not changed: {refused.message}.</p>}
      {isSaid && state.phase === 'failed' && (
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
        store={store}
        formRead={formRead}
        isSaid={isSaid}
        save={save}
        onClose={onClose}
      />
    </div>
  );
}

function useAllProblems(contextName: string, namespace: string, formRead: FormRead, failed: SaveState | undefined) {
  const { form, problems } = formRead;
  const schemaProblems = useSchemaProblems(contextName, form?.manifest);
  const ofCluster = useClusterProblems({ contextName, namespace, manifest: form?.manifest });
  return useMemo(
    () => joinProblems([...problems, ...ofCluster], schemaProblems, serverCauses(failed)),
    [problems, ofCluster, schemaProblems, failed],
  );
}

interface FormSideProps extends Pick<EditFormProps, 'contextName' | 'kind'> {
  readonly formRead: FormRead;
  readonly actions: FormStore['actions'];
  readonly problems: readonly FormProblem[];
  readonly namespace: string;
  readonly editYaml: (line?: number) => void;
}

function FormSide({ formRead, actions, problems, contextName, namespace, kind, editYaml }: FormSideProps) {
  const { form, refusal, isReading } = formRead;
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

type MarginInput = Pick<FormRead, 'readText' | 'refusal' | 'isReading'>;

/** The editor moves it along with the lines while more is typed. */
function marginWith({ readText, refusal, isReading }: MarginInput, problems: readonly FormProblem[]) {
  if (isReading) return [];
  return refusal ? problemsOf([{ path: '', ...refusal }]) : marginOf(readText, problems);
}

/** What the server found in this text. */
function serverCauses(state: SaveState | undefined): readonly ErrorCause[] {
  return state?.phase === 'failed' ? (state.error.causes ?? []) : [];
}

function firstError({ refusal, problems }: FormRead): string | undefined {
  if (refusal) return `Line ${refusal.line}: ${refusal.message}.`;
  return problems.find(({ severity }) => severity === 'error')?.message;
}

interface EditFootProps extends Pick<EditFormProps, 'contextName' | 'row' | 'onClose'> {
  readonly beforeText: string;
  readonly store: FormStore['store'];
  readonly formRead: FormRead;
  /** The server's answer stands above already. */
  readonly isSaid: boolean;
  readonly save: Save;
}

/** First a dry run that says what the edit would do, then the edit itself. */
function EditFoot({ contextName, row, beforeText, store, formRead, isSaid, save, onClose }: EditFootProps) {
  const { form } = formRead;
  const problem = firstError(formRead);
  const { state } = save;
  const isChecked = useIsText(store, state.phase === 'checked' ? state.text : undefined);
  const checked = isChecked && state.phase === 'checked' ? state.outcome : undefined;
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
          <PlacementChange contextName={contextName} daemonSet={row} beforeText={beforeText} manifest={form.manifest} />
        )}
      </span>
      <span className={classes.actions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button loading={state.phase === 'checking'} onClick={() => void save.check(store.getState().text)}>
          Check
        </Button>
        <Button
          variant="filled"
          disabled={!checked || isEmpty}
          loading={state.phase === 'saving'}
          onClick={() => void save.save(store.getState().text, done)}
        >
          Save
        </Button>
      </span>
    </div>
  );
}
