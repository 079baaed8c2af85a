import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { ErrorCause } from '../../../shared/errors/app-error.ts';
import type { FormProblem } from '../../../shared/form/form-problem.ts';
import { joinProblems } from '../../../shared/form/join-problems.ts';
import { impactWords } from '../../../shared/form/impact.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useServices } from '../../live/services.ts';
import { notify } from '../../stores/notices.ts';
import { BaseDataFields, createFormStore, FormSteps, type FormView, FormViewProvider } from '../form/index.ts';
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

export function EditForm({ contextName, row, kind, openedText, onRead, onClose }: EditFormProps) {
  const { clock } = useServices();
  const [{ store, actions }] = useState(() => createFormStore(openedText, clock));
  const { form, text, problems, refusal, refused, isReading } = useStore(store);
  const [step, setStep] = useState<'containers' | 'volumes'>('containers');
  const save = useSave({ contextName, row, beforeText: openedText });
  const { state } = save;
  const all = useMemo(() => joinProblems(problems, [], serverCauses(state, text)), [problems, state, text]);
  const view = useMemo<FormView | undefined>(
    () =>
      form && {
        form,
        actions,
        problems: all,
        isStrict: true,
        contextName,
        namespace: row.namespace,
        editYaml: () => undefined,
      },
    [form, actions, all, contextName, row.namespace],
  );
  if (isReading) return <p role="status">This object is being read.</p>;
  if (!view) return <p className={classes.bad}>This object cannot be shown as a form: {refusal?.message}.</p>;
  return (
    <FormViewProvider value={view}>
      <div className={classes.stack}>
        {kind === 'template' && (
          <SegmentedControl
            aria-label="Part"
            data={[...TEMPLATE_STEPS]}
            value={step}
            onChange={(part) => setStep(part === 'volumes' ? 'volumes' : 'containers')}
          />
        )}
        <div className={classes.form}>
          {kind === 'base' ? <BaseDataFields /> : <FormSteps step={step} place={undefined} fixed />}
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
        <EditFoot row={row} text={text} save={save} problem={firstError(problems)} onClose={onClose} />
      </div>
    </FormViewProvider>
  );
}

/** What the server found, as long as it is about this text. */
function serverCauses(state: SaveState, text: string): readonly ErrorCause[] {
  return state.phase === 'failed' && state.text === text ? (state.error.causes ?? []) : [];
}

function firstError(problems: readonly FormProblem[]): string | undefined {
  return problems.find(({ severity }) => severity === 'error')?.message;
}

interface EditFootProps extends Pick<EditFormProps, 'row' | 'onClose'> {
  readonly text: string;
  readonly save: Save;
  readonly problem: string | undefined;
}

/** First a dry run that says what the edit would do, then the edit itself. */
function EditFoot({ row, text, save, problem, onClose }: EditFootProps) {
  const { state } = save;
  const checked = state.phase === 'checked' && state.text === text ? state.outcome : undefined;
  const isEmpty = checked?.changed.length === 0;
  const done = (): void => {
    notify({ title: `${row.name} was saved`, message: '', tone: 'good' });
    onClose();
  };
  return (
    <div className={classes.foot}>
      <span role="status">
        {problem !== undefined && <span className={classes.bad}>{problem}</span>}
        {checked && (isEmpty ? 'Nothing is changed.' : impactWords(row, checked.restarts))}
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
