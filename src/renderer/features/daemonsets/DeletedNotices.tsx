import { Button, CloseButton } from '@mantine/core';
import { type MouseEvent, useState } from 'react';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { Age } from '../../components/Age.tsx';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import { usePermission } from '../../live/use-access.ts';
import { type DeletedDaemonSet, forgetDeleted, useDeleted } from '../../stores/deleted.ts';
import { CreateAgainDialog } from '../operations/index.ts';
import classes from './DaemonSetsPage.module.css';

const SHOWN = 3;

export interface DeletedNoticesProps {
  readonly contextName: string;
  /** What is there: one that was deleted in the foreground stays for a while. */
  readonly rows: readonly DaemonSetRow[];
}

/** What was deleted here lately, each with a way to make it again; the newest three unless all are asked for. */
export function DeletedNotices({ contextName, rows }: DeletedNoticesProps) {
  const deleted = useDeleted(contextName);
  const [showsAll, setShowsAll] = useState(false);
  // The dialog keeps what it was opened for, also when its line goes.
  const [chosen, setChosen] = useState<DeletedDaemonSet>();
  const shown = showsAll ? deleted : deleted.slice(0, SHOWN);
  return (
    <>
      {deleted.length > 0 && (
        <section className={classes.notices} aria-label="Deleted lately">
          <ul>
            {shown.map((each) => (
              <Line
                key={each.uid}
                deleted={each}
                isLeaving={rows.some(({ uid }) => uid === each.uid)}
                onCreateAgain={() => setChosen(each)}
              />
            ))}
          </ul>
          {deleted.length > SHOWN && (
            <Button size="compact-xs" variant="subtle" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
              {showsAll ? 'Show fewer' : `Show ${deleted.length - SHOWN} more`}
            </Button>
          )}
        </section>
      )}
      {chosen && <CreateAgainDialog deleted={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}

interface LineProps {
  readonly deleted: DeletedDaemonSet;
  readonly isLeaving: boolean;
  readonly onCreateAgain: () => void;
}

function Line({ deleted, isLeaving, onCreateAgain }: LineProps) {
  const { contextName, namespace, name, deletedAt } = deleted;
  const may = usePermission(contextName, { verb: 'create', group: 'apps', resource: 'daemonsets', namespace });
  const dismiss = (event: MouseEvent<HTMLButtonElement>) => {
    closeButtonBeside(event.currentTarget)?.focus();
    forgetDeleted(deleted);
  };
  return (
    <li>
      <span className={classes.noticeText}>
        <strong>{name}</strong> in {namespace}{' '}
        {isLeaving ? (
          'is being deleted.'
        ) : (
          <>
            was deleted <Age timestamp={new Date(deletedAt).toISOString()} /> ago.
          </>
        )}
      </span>
      <GuardedButton
        size="compact-xs"
        reason={may.reason}
        aria-label={`Create again ${namespace}/${name}`}
        onClick={onCreateAgain}
      >
        Create again…
      </GuardedButton>
      <CloseButton size="xs" aria-label={`Dismiss that ${name} was deleted`} onClick={dismiss} />
    </li>
  );
}

/** Of the line after this one, else before it: the focus is not lost with the line. */
function closeButtonBeside(button: HTMLButtonElement): HTMLButtonElement | null | undefined {
  const line = button.closest('li');
  const beside = line?.nextElementSibling ?? line?.previousElementSibling;
  return beside?.querySelector<HTMLButtonElement>('button:last-of-type');
}
