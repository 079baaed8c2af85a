import { useEffect, useRef } from 'react';
import classes from './VirtualTable.module.css';

export interface SelectBoxProps {
  /** "Select fluent-bit". */
  readonly label: string;
  readonly state: 'none' | 'some' | 'all';
  readonly tabIndex?: 0 | -1;
  readonly disabled?: boolean;
  readonly onToggle: (isRange: boolean) => void;
}

/** The box that chooses a row, or all rows. The whole cell takes the click, so that a near miss opens nothing. */
export function SelectBox({ label, state, tabIndex = 0, disabled = false, onToggle }: SelectBoxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = state === 'some';
  }, [state]);
  return (
    <label
      className={classes.selectBox}
      // Else a click with Shift would mark the text of all rows since the last one.
      onMouseDown={(event) => {
        if (event.shiftKey) event.preventDefault();
      }}
    >
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        tabIndex={tabIndex}
        checked={state === 'all'}
        disabled={disabled}
        onChange={(event) => {
          const { nativeEvent } = event;
          onToggle('shiftKey' in nativeEvent && nativeEvent.shiftKey === true);
        }}
      />
    </label>
  );
}
