import { Button, Checkbox, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { NamespaceRow } from '../../../shared/kubernetes/rows.ts';
import type { NamespaceScope } from '../../live/use-namespace-scope.ts';
import { clockTime } from '../../components/context-tile.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import { useRows } from '../../live/use-rows.ts';
import classes from './NamespaceFilter.module.css';
import { namespaceOptions, toggledNamespace } from './namespace-options.ts';

export interface NamespacePickerProps {
  readonly contextName: string;
  readonly scope: NamespaceScope;
}

/** What the namespace filter opens: find, add and choose. */
export function NamespacePicker({ contextName, scope }: NamespacePickerProps) {
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  // The first time this comes after the popover, whose trap has then looked for something to focus in vain.
  useEffect(() => input.current?.focus(), []);
  const known = useRows<NamespaceRow>(['namespaces', contextName], (client, signal) =>
    client.cluster.watchNamespaces({ contextName }, { signal }),
  );
  const readNow = useReadNow(contextName, known.retry);
  const chosen = scope.namespaces === 'all' ? [] : scope.namespaces;
  const options = namespaceOptions(
    known.rows.map((row) => row.name),
    chosen,
    typed,
  );
  const add = (event: KeyboardEvent) => {
    const name = typed.trim();
    if (event.key !== 'Enter' || name === '') return;
    event.preventDefault();
    const only = options.names.length === 1 ? options.names[0] : undefined;
    scope.choose(toggledNamespace(scope.namespaces, options.names.includes(name) ? name : (only ?? name), true));
    setTyped('');
  };
  return (
    <>
      {'error' in known.state && (
        <p className={classes.note}>
          {known.state.phase === 'stale'
            ? `Names as of ${clockTime(known.state.since)} `
            : `${known.state.error.message} Type the names of your namespaces instead. `}
          <Button size="compact-xs" onClick={readNow}>
            Read namespaces now
          </Button>
        </p>
      )}
      <TextInput
        ref={input}
        aria-label="Namespace"
        placeholder={known.state.phase === 'failed' ? 'Namespace, then Enter' : 'Find or add a namespace'}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={add}
        data-autofocus
      />
      <div className={classes.list} role="group" aria-label="Namespaces">
        <Checkbox
          label="All namespaces"
          checked={scope.namespaces === 'all'}
          disabled={scope.clusterForbidden && scope.namespaces !== 'all'}
          description={scope.clusterForbidden ? 'You may not list DaemonSets of the whole cluster.' : undefined}
          onChange={() => scope.choose('all')}
        />
        {options.names.map((name) => (
          <Checkbox
            key={name}
            label={name}
            checked={chosen.includes(name)}
            onChange={(event) => scope.choose(toggledNamespace(scope.namespaces, name, event.currentTarget.checked))}
          />
        ))}
        {options.more > 0 && <p className={classes.note}>and {options.more} more: type to find them</p>}
      </div>
    </>
  );
}
