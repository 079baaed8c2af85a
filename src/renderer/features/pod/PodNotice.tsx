import type { ReactNode } from 'react';
import type { PodView } from '../../../shared/contract/pod.ts';
import classes from './PodPage.module.css';

/** What must be known before the rest is read: the pod is no more, or why the server ended it. */
export function PodNotice({ view, children }: { readonly view: PodView; readonly children?: ReactNode }) {
  const words = noticeWords(view);
  if (words === undefined) return null;
  return (
    <div className={classes.notice} role="status">
      <span>{words}</span>
      {children}
    </div>
  );
}

function noticeWords({ gone, replacedByUid, details }: PodView): string | undefined {
  if (replacedByUid !== undefined)
    return 'This pod was deleted, and another pod has its name now. What is shown is the last state of the former one.';
  if (gone) return 'This pod was deleted. What is shown is its last state.';
  const { statusReason, statusMessage } = details ?? {};
  return statusMessage === undefined ? statusReason : [statusReason, statusMessage].filter(Boolean).join(': ');
}
