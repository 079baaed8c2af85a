import { TextInput, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import classes from './DaemonSetsPage.module.css';

export interface SelectorFieldProps {
  readonly value: string;
  readonly onChange: (selector: string) => void;
}

const HINT = 'app=web, tier in (a, b), !canary: then Enter';

/** What is wrong with a selector. The parser comes with the first one that is typed. */
async function selectorError(text: string): Promise<string | undefined> {
  if (text.trim() === '') return undefined;
  // Should it not come (the page has lost its host), the server says what is wrong.
  const parser = await import('../../../shared/kubernetes/selector.ts').catch(() => undefined);
  const parsed = parser?.parseLabelSelector(text);
  return parsed !== undefined && 'error' in parsed ? parsed.error : undefined;
}

/** A label selector as kubectl takes it. It goes to the server with Enter, or when the field is left, once it parses. */
export function SelectorField({ value, onChange }: SelectorFieldProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const [checked, setChecked] = useState<{ readonly text: string; readonly error: string | undefined }>();
  useEffect(() => {
    let isLatest = true;
    void selectorError(text).then((found) => isLatest && setChecked({ text, error: found }));
    return () => {
      isLatest = false;
    };
  }, [text]);
  const error = checked?.text === text ? checked.error : undefined;
  const apply = async () => {
    if (text.trim() !== value && (await selectorError(text)) === undefined) onChange(text.trim());
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
        onBlur={() => void apply()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void apply();
          if (event.key === 'Escape') setText(value);
        }}
        spellCheck={false}
      />
    </Tooltip>
  );
}
