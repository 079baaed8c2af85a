import { Button } from '@mantine/core';
import type { PodView } from '../../../shared/contract/pod.ts';
import type { PodRow } from '../../../shared/kubernetes/rows.ts';
import { Age } from '../../components/Age.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { useServices } from '../../live/services.ts';
import { formatRoute } from '../../stores/route.ts';
import { podStatusWords, podTone } from '../detail/index.ts';
import { PodMenu } from '../operations/index.ts';
import { daemonSetOf, logsRoute } from './pod-links.ts';
import classes from './PodPage.module.css';
import { PodRevision } from './PodRevision.tsx';

export interface PodHeadProps {
  readonly contextName: string;
  readonly view: PodView;
  readonly row: PodRow;
}

/** Name, state as the server words it, the way to its DaemonSet, node and logs, and what can be done with it. */
export function PodHead({ contextName, view, row }: PodHeadProps) {
  const { namespace, name, uid } = row;
  const { clock } = useServices();
  const owner = daemonSetOf(contextName, view);
  const logs = logsRoute(contextName, view);
  return (
    <header className={classes.head}>
      <div className={classes.titles}>
        <div className={classes.titleLine}>
          <h1 className={classes.title}>{row.name}</h1>
          <span className={classes.muted}>{row.namespace}</span>
          {view.gone ? (
            <StatusBadge tone="quiet">gone, was {podStatusWords(row)}</StatusBadge>
          ) : (
            <StatusBadge tone={podTone(row, false, clock.now())}>{podStatusWords(row)}</StatusBadge>
          )}
        </div>
        <dl className={classes.facts} aria-label="Facts">
          <dt>{view.details?.owner?.kind ?? 'Owner'}</dt>
          <dd>
            {owner ? (
              <a className={classes.link} href={formatRoute(owner)}>
                {owner.name}
              </a>
            ) : (
              (view.details?.owner?.name ?? 'none')
            )}
          </dd>
          <dt>Node</dt>
          <dd>
            {row.nodeName === undefined ? (
              'on no node yet'
            ) : (
              <a className={classes.link} href={formatRoute({ page: 'node', contextName, name: row.nodeName })}>
                {row.nodeName}
              </a>
            )}
          </dd>
          {owner && <PodRevision contextName={contextName} row={row} owner={owner} />}
          <dt>Restarts</dt>
          <dd>{row.restarts}</dd>
          <dt>Age</dt>
          <dd>
            <Age timestamp={row.creationTimestamp} />
          </dd>
        </dl>
      </div>
      <div className={classes.actions}>
        {logs && (
          <Button component="a" href={formatRoute(logs)}>
            Logs
          </Button>
        )}
        {!view.gone && <PodMenu pod={{ contextName, namespace, name, uid }} />}
      </div>
    </header>
  );
}
