import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { kubectlLines } from '../../../shared/kubernetes/kubectl.ts';
import { KubectlText } from '../../components/KubectlText.tsx';
import { useFocusReturn } from '../../components/use-focus-return.ts';
import type { BatchItem } from '../../live/batch.ts';
import { batchWords } from './batch-words.ts';
import type { ManyAct, ManyOutcome } from './many-act.ts';
import { againWords, type ObjectLine, undoneOutcome } from './object-line.ts';
import { ObjectTable } from './ObjectTable.tsx';
import classes from './SetImageDialog.module.css';
import { type Many, useMany } from './use-many.ts';

/** Several rows of one context, for an operation on them. */
export interface ManyProps {
  readonly contextName: string;
  readonly rows: readonly DaemonSetRow[];
  readonly onClose: () => void;
}

export interface ManyDialogProps extends Pick<ManyProps, 'rows' | 'onClose'> {
  readonly act: ManyAct;
  readonly title: string;
  readonly isDangerous?: boolean;
  /** What the act needs first is there: a word was typed. */
  readonly isReady?: boolean;
  /** What is said of a row before it began. */
  readonly about: (row: DaemonSetRow) => string;
  /** What it does, above the rows. */
  readonly children: ReactNode;
  /** Asked beneath them. */
  readonly question?: ReactNode;
}

/** An act on several DaemonSets: a few at a time, each with its own outcome; what failed can be tried again, all or one. */
export function ManyDialog(props: ManyDialogProps) {
  useFocusReturn();
  const { act, title, rows, isReady = true, onClose, children, question } = props;
  const many = useMany(act, rows, onClose);
  const { batch, acting } = many;
  return (
    <Modal opened onClose={onClose} title={title} size="min(760px, 94vw)" closeOnClickOutside={!batch.isRunning}>
      <form
        className={classes.stack}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !batch.isRunning && isLeft(many)) void many.run();
        }}
      >
        {children}
        <ObjectTable
          label={title}
          lines={rows.map((row) => lineOf(row, many, props))}
          says={rows.some(({ uid }) => batch.itemOf(uid) !== undefined) ? 'Outcome' : 'Now'}
        />
        {question}
        <div>
          <span className={classes.label}>The same with kubectl</span>
          <KubectlText className={classes.kubectl} text={kubectlLines(acting.map(act.kubectl))} />
        </div>
        <Foot many={many} {...props} isReady={isReady} />
      </form>
    </Modal>
  );
}

function isLeft({ batch, acting }: Many): boolean {
  return acting.some(({ uid }) => batch.itemOf(uid)?.phase !== 'done');
}

function Foot({ many, act, isDangerous, isReady, onClose }: ManyDialogProps & { readonly many: Many }) {
  const { batch, leftOut } = many;
  const { done, failed, unknown } = batch.counts();
  return (
    <div className={classes.foot}>
      <span role="status">
        {batchWords(batch, 'done', leftOut)}
        {batch.isRunning && '. Closing stops what is not sent; what was sent goes on.'}
      </span>
      {batch.isRunning ? (
        <Button onClick={() => batch.stop()}>Stop</Button>
      ) : (
        <Button onClick={onClose}>{done + failed + unknown > 0 ? 'Close' : 'Cancel'}</Button>
      )}
      <Button
        type="submit"
        variant="filled"
        className={isDangerous ? classes.danger : undefined}
        loading={batch.isRunning}
        disabled={!isReady || !isLeft(many)}
      >
        {act.verb}
      </Button>
    </div>
  );
}

function lineOf(row: DaemonSetRow, { batch, run }: Many, { act, about }: ManyDialogProps): ObjectLine {
  const { uid, name, namespace } = row;
  const line = { id: uid, name, place: namespace };
  const whyNot = act.whyNot?.(row);
  if (whyNot !== undefined) return { ...line, outcome: `Left out: ${whyNot}`, tone: 'quiet' };
  const item = batch.itemOf(uid);
  const words = batch.isRunning ? undefined : againWords(item);
  const again = words !== undefined && { again: { words, run: () => void run([row]) } };
  return { ...line, ...outcomeOf(item, about(row)), ...again };
}

function outcomeOf(item: BatchItem<ManyOutcome> | undefined, about: string) {
  if (item === undefined) return { outcome: about, tone: 'quiet' } as const;
  if (item.phase !== 'done') return undoneOutcome(item, 'Sending…');
  const { words, warnings } = item.result;
  if (warnings.length === 0) return { outcome: words, tone: 'good' } as const;
  return { outcome: words, tone: 'warn', detail: warnings.join(' ') } as const;
}
