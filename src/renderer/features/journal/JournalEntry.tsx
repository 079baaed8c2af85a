import { Button, CopyButton } from '@mantine/core';
import type { JournalChange, JournalDetail, JournalField } from '../../../shared/contract/journal.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { KubectlText } from '../../components/KubectlText.tsx';
import { useServices } from '../../live/services.ts';
import { useAnswer } from '../operations/index.ts';
import classes from './Journal.module.css';
import { exactTime, objectWords } from './journal-words.ts';

/** One change in full: why it was not done, the same with kubectl, and what it changed. */
export function JournalEntry({ change }: { readonly change: JournalChange }) {
  const { client } = useServices();
  const { id, act, at, error, kubectl } = change;
  const asked = useAnswer(id, (signal) => client.journal.detail({ id }, { signal }));
  return (
    <section className={classes.entry} aria-label={`${act} ${objectWords(change)}`}>
      <p className={classes.muted}>
        {exactTime(at).split('\n').join(' · ')}
        {asked.answer?.uid !== undefined && ` · uid ${asked.answer.uid}`}
      </p>
      {error !== undefined && <p className={classes.own}>{error}</p>}
      <div>
        <div className={classes.entryHead}>
          <h3>The same with kubectl</h3>
          <CopyButton value={kubectl}>
            {({ copied, copy }) => (
              <Button size="compact-xs" onClick={copy} aria-label="Copy the kubectl command">
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
        </div>
        <KubectlText text={kubectl} />
      </div>
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} onRetry={asked.again} title="What it changed cannot be read" />
      )}
      {asked.answer === undefined && asked.error === undefined && <p className={classes.muted}>Reading…</p>}
      {asked.answer !== undefined && <WhatChanged detail={asked.answer} />}
    </section>
  );
}

function WhatChanged({ detail: { fields, before, after } }: { readonly detail: JournalDetail }) {
  if (before === undefined && after === undefined) {
    return <p className={classes.muted}>The journal has no text of this object before or after.</p>;
  }
  return (
    <>
      {fields !== undefined && <Fields fields={fields} />}
      {before !== undefined && <Whole title="Before" text={before} />}
      {after !== undefined && <Whole title="After" text={after} />}
    </>
  );
}

function Fields({ fields }: { readonly fields: readonly JournalField[] }) {
  if (fields.length === 0) {
    return <p className={classes.muted}>No field differs but values that the journal does not keep.</p>;
  }
  return (
    <table className={classes.fields} aria-label="Changed fields">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ path, before, after }) => (
          <tr key={path}>
            <th scope="row">{path}</th>
            <td>{before ?? <span className={classes.muted}>not set</span>}</td>
            <td>{after ?? <span className={classes.muted}>not set</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Whole({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <details className={classes.whole}>
      <summary>{title}</summary>
      <pre>{text}</pre>
    </details>
  );
}
