import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AppErrorData, ErrorCause } from '../../shared/errors/app-error.ts';
import { errorTitle, retryHint } from './error-words.ts';
import classes from './ErrorPanel.module.css';

export interface ErrorPanelProps {
  readonly error: AppErrorData;
  /** Shown as "Try again". */
  readonly onRetry?: (() => void) | undefined;
  /** What was tried, before the reason's own title: "fluent-bit was not created". */
  readonly title?: string;
  readonly children?: ReactNode;
}

/** Any failure, worded in one place: the kind of trouble, the exact cause, findings by field, more on demand. */
export function ErrorPanel({ error, onRetry, title, children }: ErrorPanelProps) {
  const hint = retryHint(error);
  return (
    <section className={classes.panel} role="alert">
      <h2 className={classes.title}>{title ?? errorTitle(error.reason)}</h2>
      <p className={classes.message}>{error.message}</p>
      <Causes causes={causesBeside(error)} />
      {hint !== undefined && <p className={classes.hint}>{hint}</p>}
      {error.detail !== undefined && error.detail !== error.message && (
        <details className={classes.detail}>
          <summary>Detail</summary>
          <pre>{error.detail}</pre>
        </details>
      )}
      {(onRetry !== undefined || children !== undefined) && (
        <div className={classes.actions}>
          {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
          {children}
        </div>
      )}
    </section>
  );
}

/** What the message does not say itself: of one finding without a field it is made of that finding. */
function causesBeside({ message, causes = [] }: AppErrorData): readonly ErrorCause[] {
  const [only, ...others] = causes;
  const isSaid = only !== undefined && others.length === 0 && only.path === '' && message.includes(only.message);
  return isSaid && (only.line === undefined || message.includes(`ine ${only.line}:`)) ? [] : causes;
}

function Causes({ causes }: { readonly causes: readonly ErrorCause[] }) {
  if (causes.length === 0) return null;
  return (
    <ul className={classes.causes}>
      {causes.map((cause, index) => (
        // A server may say the same twice.
        <li key={`${index} ${cause.path} ${cause.line ?? ''} ${cause.message}`}>
          {cause.line !== undefined && <span className={classes.line}>line {cause.line}</span>}
          {cause.path !== '' && <code>{cause.path}</code>} {cause.message}
        </li>
      ))}
    </ul>
  );
}
