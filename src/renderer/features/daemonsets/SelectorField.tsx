import { TextInput, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { isSelectorError, parseLabelSelector } from '../../../shared/kubernetes/selector.ts';
import classes from './DaemonSetsPage.module.css';

export interface SelectorFieldProps {
  readonly value: string;
  readonly onChange: (selector: string) => void;
}

const HINT = 'app=web, tier in (a, b), !canary: then Enter';

/** A label selector as kubectl takes it. It goes to the server with Enter, or when the field is left, once it parses. */
export function SelectorField({ value, onChange }: SelectorFieldProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const parsed = parseLabelSelector(text);
  const error = isSelectorError(parsed) ? parsed.error : undefined;
  const apply = () => {
    if (error === undefined && text.trim() !== value) onChange(text.trim());
  };
  return (
    <Tooltip
      label={error ?? HINT}
      {...(error !== undefined && { opened: true, classNames: { tooltip: classes.selectorError } })}
    >
      <TextInput
        className={classes.selector}
        aria-label="Label selector"
        placeholder="Label selector"
        value={text}
        error={error !== undefined}
        aria-description={error}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={apply}
        onKeyDown={(event) => {
          if (event.key === 'Enter') apply();
          if (event.key === 'Escape') setText(value);
        }}
        spellCheck={false}
      />
    </Tooltip>
  );
}
