import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { KubeContextRow } from '../../../shared/contract/context.ts';
import type { NamespaceRow } from '../../../shared/kubernetes/rows.ts';
import type { NamespaceScope } from '../../live/use-namespace-scope.ts';
import type { NamespaceChoice } from '../../stores/route.ts';
import { useRows } from '../../live/use-rows.ts';
import { clockTime } from '../../components/context-tile.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import classes from './NamespaceFilter.module.css';
import { namespaceOptions, toggledNamespace } from './namespace-options.ts';

export interface NamespaceFilterProps {
  readonly context: KubeContextRow;
  readonly scope: NamespaceScope;
}

function choiceWords(choice: NamespaceChoice): string {
  if (choice === 'all') return 'all';
  return choice.length === 1 ? String(choice[0]) : `${choice.length} chosen`;
}

/** Which namespaces the lists of this context read: all, or some. Who may not list namespaces types their names. */
export function NamespaceFilter({ context, scope }: NamespaceFilterProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus width={260}>
      <Popover.Target>
        <Button
          fullWidth
          justify="space-between"
          rightSection={<span aria-hidden="true">▾</span>}
          onClick={() => setOpened(!opened)}
        >
          <span className={classes.choice}>{`Namespaces: ${choiceWords(scope.namespaces)}`}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={10}>
        <NamespacePicker context={context} scope={scope} />
      </Popover.Dropdown>
    </Popover>
  );
}

function NamespacePicker({ context, scope }: NamespaceFilterProps) {
  const [typed, setTyped] = useState('');
  const { contextName } = context;
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
