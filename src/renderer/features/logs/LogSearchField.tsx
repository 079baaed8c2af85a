import { ActionIcon, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { LogScreen, SearchCount } from '../../terminal/log-screen.ts';
import classes from './LogPanel.module.css';

export interface LogSearchFieldProps {
  readonly screen: LogScreen | undefined;
  /** The screen may have scrolled to a match. */
  readonly onMoved: () => void;
}

/** Searches what is on the screen and in its scrollback: Enter for the next match, Shift+Enter for the one before. */
export function LogSearchField({ screen, onMoved }: LogSearchFieldProps) {
  const [term, setTerm] = useState('');
  const [regex, setRegex] = useState(false);
  const [count, setCount] = useState<SearchCount>({ index: -1, count: 0 });
  const problem = regex ? regexProblem(term) : undefined;

  useEffect(() => screen?.onSearchCount(setCount), [screen]);
  useEffect(() => {
    if (problem !== undefined || !screen) return;
    screen.search({ term, regex, caseSensitive: false }, 'stay');
    if (term !== '') onMoved();
  }, [screen, term, regex, problem, onMoved]);

  const go = (direction: 'next' | 'previous') => {
    if (problem !== undefined) return;
    screen?.search({ term, regex, caseSensitive: false }, direction);
    onMoved();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') go(event.shiftKey ? 'previous' : 'next');
    if (event.key === 'Escape') setTerm('');
  };
  return (
    <span className={classes.search} role="search">
      <TextInput
        aria-label="Search in log"
        placeholder="Search"
        value={term}
        error={problem !== undefined}
        title={problem}
        onChange={(event) => setTerm(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        w={230}
        rightSectionWidth={108}
        rightSection={
          <span className={classes.searchEnd}>
            <span className={classes.count} role="status">
              {term === '' ? '' : countWords(count, problem)}
            </span>
            <ActionIcon
              aria-label="Regular expression"
              aria-pressed={regex}
              variant={regex ? 'filled' : 'subtle'}
              onClick={() => setRegex(!regex)}
            >
              .*
            </ActionIcon>
          </span>
        }
      />
      <ActionIcon aria-label="Previous match" disabled={count.count === 0} onClick={() => go('previous')}>
        ↑
      </ActionIcon>
      <ActionIcon aria-label="Next match" disabled={count.count === 0} onClick={() => go('next')}>
        ↓
      </ActionIcon>
    </span>
  );
}

function countWords({ index, count }: SearchCount, problem: string | undefined): string {
  if (problem !== undefined) return 'no expression';
  if (count === 0) return 'none';
  return index < 0 ? `${count}+` : `${index + 1} of ${count}`;
}

function regexProblem(term: string): string | undefined {
  try {
    RegExp(term, 'u');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
