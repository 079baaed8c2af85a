import type { ReadState } from '../../../shared/contract/live.ts';
import type { KubeContextRow } from '../../../shared/contract/context.ts';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import { humanDuration } from '../../components/age.ts';
import { type Dot, clockTime, connectionDot, connectionWords } from '../../components/context-tile.ts';
import { nextTryWords } from '../../components/next-try-words.ts';
import { StateDot } from '../../components/StateDot.tsx';
import { useServices } from '../../live/services.ts';
import { isOpen } from '../../live/use-contexts.ts';
import { useDaemonSets } from '../../live/use-daemon-sets.ts';
import { useNamespaceScope } from '../../live/use-namespace-scope.ts';
import { useNow } from '../../live/use-now.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import classes from './StatusBar.module.css';

const TICK_MS = 1000;

/** Whether what the screen shows is true now: live, or since when not; as whom; when it last changed. */
export function StatusBar({ context }: { readonly context: KubeContextRow | undefined }) {
  return (
    <footer className={classes.bar} aria-label="Status">
      {context !== undefined &&
        (isOpen(context) ? <OpenStatus context={context} /> : <ClosedStatus context={context} />)}
    </footer>
  );
}

function ClosedStatus({ context }: { readonly context: KubeContextRow }) {
  const words = context.problem === undefined ? connectionWords(context.connection) : 'cannot be opened';
  return (
    <span className={classes.state} role="status">
      <StateDot dot={connectionDot(context)} />
      {words}
      <span className={classes.rest}>{context.displayName}</span>
    </span>
  );
}

function OpenStatus({ context }: { readonly context: KubeContextRow }) {
  const scope = useNamespaceScope(context);
  const { state } = useDaemonSets(context.contextName, scope.namespaces);
  const { connection } = context;
  const shown =
    connection.phase === 'stale'
      ? { dot: 'wait' as const, words: connectionWords(connection), title: connection.error.message }
      : readWords(state);
  const userName = connection.phase === 'live' ? connection.userName : undefined;
  const user = userName ?? context.user;
  return (
    <>
      <span className={classes.state} role="status" title={shown.title}>
        <StateDot dot={shown.dot} />
        {shown.words}
      </span>
      {connection.phase === 'stale' && <Reconnecting contextName={context.contextName} stale={connection} />}
      <span>
        {context.displayName}
        {user !== undefined && ` as ${user}`}
      </span>
      <LastEvent contextName={context.contextName} />
    </>
  );
}

type Stale = Extract<KubeContextRow['connection'], { phase: 'stale' }>;

/** Why nothing comes, when it is tried again, and the button that does not wait for it. */
function Reconnecting({ contextName, stale }: { readonly contextName: string; readonly stale: Stale }) {
  const now = useNow(TICK_MS);
  const readNow = useReadNow(contextName);
  return (
    <span className={classes.trouble}>
      <span className={classes.why} title={stale.error.message}>
        {stale.error.message}
      </span>
      <span>{nextTryWords(stale.retryAt, now)}</span>
      <button type="button" className={classes.now} onClick={readNow}>
        Reconnect now
      </button>
    </span>
  );
}

function LastEvent({ contextName }: { readonly contextName: string }) {
  const { live } = useServices();
  const now = useNow(TICK_MS);
  const at = live.lastItemAt(contextName);
  return at === undefined ? null : <span>event {humanDuration(Math.max(0, now - at))} ago</span>;
}

interface StateWords {
  readonly dot: Dot;
  readonly words: string;
  readonly title?: string;
}

/** The state of a read as the status bar says it. */
export function readWords(state: ReadState): StateWords {
  switch (state.phase) {
    case 'connecting':
      return { dot: 'wait', words: 'connecting' };
    case 'listing': {
      const total = state.remaining === undefined ? '' : ` of ${state.received + state.remaining}`;
      return { dot: 'wait', words: `listing ${state.received}${total}` };
    }
    case 'live':
      return { dot: 'live', words: 'live' };
    case 'stale':
      return { dot: 'wait', words: `stale since ${clockTime(state.since)}`, title: state.error.message };
    case 'failed':
      return { dot: 'bad', words: 'refused', title: state.error.message };
    default:
      return assertNever(state);
  }
}
