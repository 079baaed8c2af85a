import { ActionIcon, Button, Switch } from '@mantine/core';
import classes from './ViewSwitches.module.css';
import type { ShownSides } from './shown-sides.ts';

export interface ViewSwitchesProps {
  readonly view: ShownSides;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onView: (view: ShownSides) => void;
}

/** Undo and redo for form and YAML together, and which of the two is shown. */
export function ViewSwitches({ view, canUndo, canRedo, onUndo, onRedo, onView }: ViewSwitchesProps) {
  return (
    <>
      <span className={classes.undo}>
        <ActionIcon aria-label="Undo" title="Undo (Ctrl+Z)" disabled={!canUndo} onClick={onUndo}>
          ↶
        </ActionIcon>
        <ActionIcon aria-label="Redo" title="Redo (Ctrl+Y)" disabled={!canRedo} onClick={onRedo}>
          ↷
        </ActionIcon>
      </span>
      <Button
        aria-pressed={view === 'both'}
        disabled={view === 'yaml'}
        onClick={() => onView(view === 'both' ? 'form' : 'both')}
      >
        Side by side
      </Button>
      <Switch
        size="sm"
        label="Edit mode"
        title="Edit the YAML itself"
        checked={view === 'yaml'}
        onChange={(event) => onView(event.currentTarget.checked ? 'yaml' : 'form')}
      />
    </>
  );
}
