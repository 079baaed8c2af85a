import { Loader } from '@mantine/core';
import type { AppErrorData } from '../../../shared/errors/app-error.ts';
import { imagesIn } from '../../../shared/form/set-image.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { Fact, Facts } from '../../components/FactPanel.tsx';
import { usePermission } from '../../live/use-access.ts';
import type { DeletedDaemonSet } from '../../stores/deleted.ts';
import { formatRoute } from '../../stores/route.ts';
import { createLine } from '../../../shared/kubernetes/kubectl.ts';
import { ADOPTED, notComingBack } from './create-again-words.ts';
import { OperationDialog } from './OperationDialog.tsx';
import classes from './OperationDialog.module.css';
import type { Answer } from './use-answer.ts';
import { type Checked, type NameState, useCheckedAgain, useCreateAgain, useNameState } from './use-create-again.ts';

export interface CreateAgainProps {
  readonly deleted: DeletedDaemonSet;
  readonly onClose: () => void;
}

/** Makes a deleted DaemonSet anew from its manifest as it was, once its name is free and a dry run has passed. */
export function CreateAgainDialog({ deleted, onClose }: CreateAgainProps) {
  const { contextName, namespace, name, propagationPolicy, jsonText } = deleted;
  const may = usePermission(contextName, { verb: 'create', group: 'apps', resource: 'daemonsets', namespace });
  const nameState = useNameState(deleted);
  const { manifestText, checked } = useCheckedAgain(deleted, nameState);
  const creation = useCreateAgain(deleted, manifestText, onClose);
  const isReady = nameState === 'free' && checked.answer !== undefined && may.allowed;
  return (
    <OperationDialog
      title={`Create ${name} again`}
      verb="Create again"
      size={620}
      isReady={isReady}
      failedTitle={`${name} was not created again`}
      kubectl={createLine({ contextName, namespace, name })}
      state={creation.state}
      onConfirm={() => void creation.run()}
      onClose={onClose}
    >
      <Facts>
        <Fact name="Name">{name}</Fact>
        <Fact name="Project">{namespace}</Fact>
        {imagesIn(jsonText).map(({ container, image }) => (
          <Fact key={container} name={`Image of ${container}`}>
            {image}
          </Fact>
        ))}
      </Facts>
      <p>It is made from its manifest as it was when it was deleted. What does not come back:</p>
      <ul className={classes.list}>
        {notComingBack(deleted).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {propagationPolicy === 'Orphan' && <p>{ADOPTED}</p>}
      {creation.state.phase !== 'running' && <Standing deleted={deleted} nameState={nameState} checked={checked} />}
      {!may.allowed && <p className={classes.note}>You cannot create it again: {may.reason}</p>}
    </OperationDialog>
  );
}

interface StandingProps {
  readonly deleted: DeletedDaemonSet;
  readonly nameState: NameState;
  readonly checked: Answer<Checked>;
}

/** Whether it can be made now, and what the server says of it. */
function Standing({ deleted, nameState, checked }: StandingProps) {
  const { contextName, namespace, name } = deleted;
  switch (nameState) {
    case 'reading':
      return <Loader aria-label={`Looking whether the name ${name} is free`} />;
    case 'leaving':
      return (
        <p className={classes.note} role="status">
          {namespace}/{name} is still being deleted. When it is gone, the server is asked by a dry run, and it can be
          created again.
        </p>
      );
    case 'taken':
      return (
        <p className={classes.note} role="status">
          There is another DaemonSet {namespace}/{name} by now, made after this one was deleted. It is not overwritten.{' '}
          <a href={formatRoute({ page: 'daemonSet', contextName, namespace, name })}>Open {name}</a>
        </p>
      );
    default:
      return <CheckedLines checked={checked} />;
  }
}

function CheckedLines({ checked: { answer, error, again } }: Pick<StandingProps, 'checked'>) {
  if (error) return <ErrorPanel title="The server would not take it" error={withoutLines(error)} onRetry={again} />;
  if (!answer) return <Loader aria-label="Asking the server by a dry run" />;
  const { warnings, podsUnchecked } = answer;
  const passed = 'A dry run passed: the server would create it';
  if (warnings.length === 0)
    return (
      <p role="status">
        {passed}. {podsUnchecked}
      </p>
    );
  return (
    <div className={classes.note} role="status">
      <p>{passed}, and warns:</p>
      <ul className={classes.list}>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </div>
  );
}

/** Lines are those of a text that is not on screen here. */
function withoutLines({ causes = [], ...error }: AppErrorData): AppErrorData {
  return { ...error, causes: causes.map(({ line: _, column: __, ...cause }) => cause) };
}
