import { useEffect } from 'react';
import type { Clock } from '../../shared/clock.ts';
import { type ShownNotice, dismissNotice, useNotices } from '../stores/notices.ts';
import classes from './Notices.module.css';

/** Failures stay until they are closed; the rest goes by itself. */
const SHOWN_MS = 8000;

/** What has just happened, in the corner of the page. */
export function Notices({ clock }: { readonly clock: Clock }) {
  const notices = useNotices();
  return (
    <div className={classes.corner} role="region" aria-label="Notices" aria-live="polite">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} clock={clock} />
      ))}
    </div>
  );
}

function NoticeCard({ notice, clock }: { readonly notice: ShownNotice; readonly clock: Clock }) {
  const { id, title, message, tone } = notice;
  useEffect(() => {
    if (tone === 'bad') return undefined;
    const timer = clock.setTimeout(() => dismissNotice(id), SHOWN_MS);
    return () => clock.clearTimeout(timer);
  }, [clock, id, tone]);
  return (
    <div className={classes.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <div className={classes.text}>
        <p className={classes.title}>{title}</p>
        {message !== undefined && message !== '' && <p className={classes.message}>{message}</p>}
      </div>
      <button type="button" className={classes.close} aria-label="Close notice" onClick={() => dismissNotice(id)}>
        ×
      </button>
    </div>
  );
}
