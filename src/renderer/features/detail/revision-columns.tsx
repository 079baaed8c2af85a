import { Checkbox } from '@mantine/core';
import type { ControllerRevisionRow } from '../../../shared/kubernetes/rows.ts';
import { Age } from '../../components/Age.tsx';
import { GuardedButton } from '../../components/GuardedButton.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import type { TableColumn } from '../../components/table-model.ts';
import classes from './RevisionsTab.module.css';

export interface RevisionColumnOptions {
  readonly currentUid: string | undefined;
  /** On how many nodes, by hash; undefined where the pods cannot be read. */
  readonly nodes: ReadonlyMap<string, number> | undefined;
  /** Uids of those to compare. */
  readonly chosen: readonly string[];
  /** Why nothing may be rolled back. */
  readonly reason: string | undefined;
  readonly onChoose: (uid: string) => void;
  readonly onRollback: (uid: string) => void;
}

/** Columns of the revision records. */
export function revisionColumns(options: RevisionColumnOptions): readonly TableColumn<ControllerRevisionRow>[] {
  const { currentUid, nodes, chosen, onChoose } = options;
  return [
    {
      id: 'compare',
      header: '',
      minWidthPx: 38,
      cell: ({ uid, revision }, { tabIndex }) => (
        <Checkbox
          size="xs"
          aria-label={`Compare revision ${revision}`}
          tabIndex={tabIndex}
          checked={chosen.includes(uid)}
          onChange={() => onChoose(uid)}
        />
      ),
    },
    {
      id: 'revision',
      header: 'Revision',
      minWidthPx: 116,
      sortValue: ({ revision }) => revision,
      cell: ({ uid, revision, name }) => (
        <span className={classes.number} title={name}>
          #{revision}
          {uid === currentUid && <StatusBadge tone="good">current</StatusBadge>}
        </span>
      ),
    },
    {
      id: 'age',
      header: 'Age',
      minWidthPx: 60,
      sortValue: ({ creationTimestamp }) => -Date.parse(creationTimestamp),
      cell: ({ creationTimestamp }) => <Age timestamp={creationTimestamp} />,
    },
    {
      id: 'cause',
      header: 'Change cause',
      minWidthPx: 120,
      grow: 1.4,
      sortValue: ({ changeCause = '' }) => changeCause,
      cell: ({ changeCause }) => (
        <span className={classes.cut} title={changeCause}>
          {changeCause ?? '–'}
        </span>
      ),
    },
    {
      id: 'images',
      header: 'Images',
      minWidthPx: 200,
      grow: 2,
      sortValue: ({ images }) => images.join(' '),
      cell: ({ images }) => (
        <span className={`${classes.cut} ${classes.mono}`} title={images.join('\n')}>
          {images.join(', ') || '–'}
        </span>
      ),
    },
    {
      id: 'nodes',
      header: 'Nodes on it',
      minWidthPx: 102,
      align: 'end',
      sortValue: ({ hash }) => nodes?.get(hash) ?? 0,
      cell: ({ hash }) => (nodes ? (nodes.get(hash) ?? 0) : '–'),
    },
    actionColumn(options),
  ];
}

function actionColumn({ currentUid, reason, onRollback }: RevisionColumnOptions): TableColumn<ControllerRevisionRow> {
  return {
    id: 'actions',
    header: '',
    minWidthPx: 112,
    align: 'end',
    cell: ({ uid, revision }, { tabIndex }) =>
      uid === currentUid ? null : (
        <GuardedButton
          size="compact-xs"
          tabIndex={tabIndex}
          aria-label={`Roll back to revision ${revision}`}
          reason={reason}
          onClick={() => onRollback(uid)}
        >
          Roll back…
        </GuardedButton>
      ),
  };
}
