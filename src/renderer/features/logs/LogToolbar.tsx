import { Checkbox, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './LogPanel.module.css';
import { TAIL_CHOICES } from './tail-choices.ts';

export interface LogView {
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly wrap: boolean;
  /** Value of TAIL_CHOICES. */
  readonly tail: string;
}

export interface LogToolbarProps {
  readonly view: LogView;
  readonly onView: (view: LogView) => void;
  readonly search: ReactNode;
  readonly children: ReactNode;
}

/** Which log is read and how it is shown. */
export function LogToolbar(props: LogToolbarProps) {
  const { view, onView } = props;
  return (
    <div className={classes.toolbar} role="toolbar" aria-label="Log">
      {props.children}
      <Select
        aria-label="Lines from the end"
        data={TAIL_CHOICES}
        value={view.tail}
        allowDeselect={false}
        w={130}
        onChange={(tail) => tail !== null && onView({ ...view, tail })}
      />
      <Checkbox
        label="Previous"
        title="The log of the container before its last restart"
        checked={view.previous}
        onChange={(event) => onView({ ...view, previous: event.currentTarget.checked })}
      />
      <Checkbox
        label="Timestamps"
        checked={view.timestamps}
        onChange={(event) => onView({ ...view, timestamps: event.currentTarget.checked })}
      />
      <Checkbox
        label="Wrap"
        checked={view.wrap}
        onChange={(event) => onView({ ...view, wrap: event.currentTarget.checked })}
      />
      <span className={classes.space} />
      {props.search}
    </div>
  );
}
