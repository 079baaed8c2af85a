import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { REVISION_HISTORY_LIMIT } from '../../../shared/form/fields/strategy-fields.ts';
import { writeField } from '../../../shared/form/field.ts';
import { editForm, openForm } from '../../../shared/form/open-form.ts';
import { historyLimitLine } from '../../../shared/kubernetes/kubectl.ts';
import { oldRevisions } from '../../../shared/kubernetes/revision.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { useServices } from '../../live/services.ts';
import { useRevisions } from '../../live/use-revisions.ts';
import { OperationDialog } from './OperationDialog.tsx';
import classes from './OperationDialog.module.css';
import type { OperationProps } from './operation-props.ts';
import { useChange } from './use-change.ts';

/** What the API server sets where a manifest says nothing (SetDefaults_DaemonSet, pkg/apis/apps/v1, 1.37). */
const DEFAULT_LIMIT = 10;
const MAX_INT32 = 2 ** 31 - 1;

/** Edits spec.revisionHistoryLimit and nothing else, through the path of every save. */
export function HistoryLimitDialog({ contextName, row, onClose, onDone }: OperationProps) {
  const { client } = useServices();
  const { namespace, name, uid } = row;
  const before = row.revisionHistoryLimit ?? DEFAULT_LIMIT;
  const [limit, setLimit] = useState<number | string>(before);
  const isRight = typeof limit === 'number' && Number.isInteger(limit) && limit >= 0 && limit <= MAX_INT32;
  const { value } = useRevisions(contextName, row);
  const words = { done: `${name} keeps ${limit} old revisions`, failed: `The history of ${name} was not changed` };
  const change = useChange(
    words,
    async () => {
      const { jsonText: beforeText } = await client.daemonSet.read({ contextName, namespace, name });
      const afterText = withLimit(beforeText, Number(limit));
      return client.daemonSet.save({ contextName, namespace, name, uid, beforeText, afterText, dryRun: false });
    },
    () => {
      onClose();
      onDone?.();
    },
  );
  const gone = isRight ? Math.max(0, oldRevisions(value ?? []).length - limit) : 0;
  return (
    <OperationDialog
      title={`Revision history of ${name}`}
      verb="Save"
      failedTitle={words.failed}
      isReady={isRight && limit !== before}
      kubectl={historyLimitLine({ contextName, namespace, name }, isRight ? limit : before)}
      state={change.state}
      onConfirm={() => void change.run()}
      onClose={onClose}
    >
      <NumberInput
        label="Old revisions that are kept"
        description={`Beside the current one. The default is ${DEFAULT_LIMIT}; with 0 there is nothing to roll back to.`}
        value={limit}
        onChange={setLimit}
        min={0}
        max={MAX_INT32}
        clampBehavior="none"
        allowDecimal={false}
        error={isRight ? undefined : 'A whole number from 0.'}
        data-autofocus
      />
      <p>Restarts nothing: the pods stay as they are.</p>
      {gone > 0 && (
        <p className={classes.note}>
          The controller deletes the {gone === 1 ? 'oldest one' : `${gone} oldest`} at once, unless a pod still runs it.
          What is deleted cannot be rolled back to.
        </p>
      )}
    </OperationDialog>
  );
}

function withLimit(text: string, limit: number): string {
  const opened = openForm(text);
  if (!opened.ok) throw new AppError({ reason: 'ManifestSyntax', message: opened.refusal.message });
  const edited = editForm(opened.form, writeField(opened.form, REVISION_HISTORY_LIMIT, limit));
  if (!edited.ok) throw new AppError({ reason: 'ManifestSyntax', message: edited.problem.message });
  return edited.form.text;
}
