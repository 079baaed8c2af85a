import { Button } from '@mantine/core';
import { type AppErrorData, type ErrorCause } from '../../../shared/errors/app-error.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { formatRoute } from '../../stores/route.ts';
import classes from './CreatePage.module.css';
import { failureWords } from './failure-words.ts';
import { type FormStore, placeCauses, useIsText } from '../form/index.ts';
import type { CreationState } from './use-creation.ts';

export interface FindingsProps {
  readonly contextName: string;
  readonly state: CreationState;
  readonly liveCauses: readonly ErrorCause[];
  readonly store: FormStore['store'];
  readonly onReveal: (line: number, column: number | undefined) => void;
  readonly onCreateAnyway: () => void;
}

/** Under the editor: what hinders the text, what the server said, and what it warns of. */
export function Findings(props: FindingsProps) {
  const { state, liveCauses, store } = props;
  const isStale = !useIsText(store, 'draft' in state ? state.draft.text : undefined);
  if (liveCauses.length > 0) {
    return (
      <section className={classes.findings} aria-label="Problems">
        <Heading count={liveCauses.length} words="this text cannot be sent yet" />
        <CauseList {...props} causes={liveCauses} />
      </section>
    );
  }
  switch (state.phase) {
    case 'failed':
      return <Failed {...props} error={state.error} during={state.during} isStale={isStale} />;
    case 'checked':
      return <Checked {...props} checked={state} isStale={isStale} />;
    case 'checking':
      return <Line tone="info" badge="Checking" words="dry run: the server checks the text and stores nothing" />;
    case 'creating':
      return <Line tone="info" badge="Creating" words="the dry run passed" />;
    default:
      return (
        <Line tone="quiet" badge="Not checked" words="Check asks the server with a dry run; Create does so first." />
      );
  }
}

interface LineProps {
  readonly tone: 'info' | 'quiet' | 'good';
  readonly badge: string;
  readonly words: string;
  /** The same with kubectl. */
  readonly kubectl?: string;
}

function Line({ tone, badge, words, kubectl }: LineProps) {
  return (
    <div className={classes.foot} role="status">
      <StatusBadge tone={tone}>{badge}</StatusBadge>
      <span>{words}</span>
      {kubectl !== undefined && <code className={classes.kubectl}>{kubectl}</code>}
    </div>
  );
}

function Heading({ count, words }: { readonly count: number; readonly words: string }) {
  return (
    <div className={classes.foot} role="status">
      <StatusBadge tone="warn">{count === 1 ? '1 problem' : `${count} problems`}</StatusBadge>
      <span>{words}</span>
    </div>
  );
}

interface FailedProps extends FindingsProps {
  readonly error: AppErrorData;
  readonly during: 'check' | 'create';
  readonly isStale: boolean;
}

function Failed(props: FailedProps) {
  const { contextName, error, during, isStale } = props;
  const causes = (error.causes ?? []).filter(({ message }) => message !== '');
  const { title, next, showsList } = failureWords(error, during);
  // Findings by field are listed below with their lines; the panel would show them a second time.
  const { causes: _listed, ...said } = error;
  const rest = causes.length === 0 ? said : { ...said, message: withoutFindings(error.message) };
  return (
    <section className={classes.findings} aria-label="Problems">
      {next === undefined ? (
        <ErrorPanel error={rest} title={title} />
      ) : (
        <ErrorPanel error={rest} title={title}>
          <span className={classes.next}>
            {next}
            {error.reason === 'AlreadyExists' && error.ref && (
              <a href={formatRoute({ page: 'daemonSet', ...error.ref, contextName })}>Open {error.ref.name}</a>
            )}
            {showsList && <a href={formatRoute({ page: 'daemonSets', contextName })}>All DaemonSets</a>}
          </span>
        </ErrorPanel>
      )}
      {causes.length > 0 && (
        <>
          <Heading
            count={causes.length}
            words={isStale ? 'found before the last edits: check again' : 'click one to go to its line'}
          />
          <CauseList {...props} causes={causes} />
        </>
      )}
    </section>
  );
}

/** The server repeats all findings in its message: "DaemonSet.apps "agent" is invalid: [metadata.name: …]". */
function withoutFindings(message: string): string {
  return /^(.*? is invalid): /s.exec(message)?.[1] ?? message;
}

interface CheckedProps extends FindingsProps {
  readonly checked: Extract<CreationState, { phase: 'checked' }>;
  readonly isStale: boolean;
}

function Checked({ checked, isStale, onCreateAnyway }: CheckedProps) {
  const { outcome, stopped, podsUnchecked } = checked;
  if (isStale) return <Line tone="quiet" badge="Edited" words="since the last check" />;
  const name = `${outcome.namespace}/${outcome.name}`;
  if (outcome.warnings.length === 0) {
    const pods = podsUnchecked === undefined ? '' : `. ${podsUnchecked}`;
    return (
      <Line tone="good" badge="Checked" words={`the server would create ${name}${pods}`} kubectl={outcome.kubectl} />
    );
  }
  return (
    <section className={classes.findings} aria-label="Warnings">
      <div className={classes.foot} role="status">
        <StatusBadge tone="warn">
          {outcome.warnings.length === 1 ? '1 warning' : `${outcome.warnings.length} warnings`}
        </StatusBadge>
        <span>{stopped ? `${name} is not created yet` : `the server would create ${name}, and warns`}</span>
        <code className={classes.kubectl}>{outcome.kubectl}</code>
        {stopped && (
          <Button size="compact-xs" variant="filled" onClick={onCreateAnyway}>
            Create anyway
          </Button>
        )}
      </div>
      <ul className={classes.causes}>
        {outcome.warnings.map((warning, index) => (
          <li key={`${index} ${warning}`}>{warning}</li>
        ))}
      </ul>
    </section>
  );
}

interface CauseListProps extends Pick<FindingsProps, 'store' | 'onReveal'> {
  readonly causes: readonly ErrorCause[];
}

function CauseList({ causes, store, onReveal }: CauseListProps) {
  // The text may have been edited since: a field is looked for where it stands now.
  const reveal = (cause: ErrorCause) => {
    const { line: _old, column: _oldColumn, ...unplaced } = cause;
    const [placed] = cause.path === '' ? [cause] : placeCauses(store.getState().text, [unplaced]);
    if (placed?.line !== undefined) onReveal(placed.line, placed.column);
  };
  return (
    <ul className={classes.causes} aria-label="Problems by line">
      {causes.map((cause, index) => (
        // A server may say the same twice; lines alone are no identity.
        <li key={`${index} ${cause.line ?? ''} ${cause.path} ${cause.message}`}>
          <button type="button" className={classes.cause} onClick={() => reveal(cause)}>
            {cause.line !== undefined && <span className={classes.line}>line {cause.line}</span>}
            {cause.path !== '' && <code>{cause.path}</code>}
            <span>{cause.message}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
