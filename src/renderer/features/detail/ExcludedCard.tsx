import { useMemo } from 'react';
import type { Coverage } from '../../../shared/kubernetes/coverage.ts';
import { exclusions } from '../../../shared/kubernetes/exclusions.ts';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { formatRoute } from '../../stores/route.ts';
import { showReason } from './node-filter.ts';
import classes from './NodeMapCard.module.css';

export interface ExcludedCardProps {
  readonly contextName: string;
  readonly row: DaemonSetRow;
  readonly coverage: Coverage | undefined;
}

/** More reasons than these are behind one link. */
const SHOWN = 5;

/** What keeps the DaemonSet from nodes, counted; each reason leads to its nodes. Nothing where no node is excluded. */
export function ExcludedCard({ contextName, row: { namespace, name }, coverage }: ExcludedCardProps) {
  const reasons = useMemo(() => exclusions(coverage?.nodes ?? []), [coverage]);
  if (reasons.length === 0) return null;
  const total = reasons.reduce((sum, { count }) => sum + count, 0);
  const title = `Why ${total.toLocaleString('en')} ${total === 1 ? 'node is' : 'nodes are'} excluded`;
  const linkTo = (show: string) => formatRoute({ page: 'daemonSet', contextName, namespace, name, tab: 'nodes', show });
  const more = reasons.length - SHOWN;
  return (
    <section className={classes.card} aria-label={title}>
      <h2 className={classes.title}>{title}</h2>
      <ul className={classes.reasons}>
        {reasons.slice(0, SHOWN).map((reason) => (
          <li key={reason.words}>
            {reason.count.toLocaleString('en')} ×{' '}
            <a className={classes.link} href={linkTo(showReason(reason))}>
              {reason.words}
            </a>
          </li>
        ))}
        {more > 0 && (
          <li>
            <a className={classes.link} href={linkTo('excluded')}>
              and {more} more {more === 1 ? 'reason' : 'reasons'}
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}
