import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import type { KubeContextRow } from '../../../shared/contract/context.ts';
import type { NamespaceScope } from '../../live/use-namespace-scope.ts';
import type { NamespaceChoice } from '../../stores/route.ts';
import { NamespacePicker } from './lazy-parts.ts';
import classes from './NamespaceFilter.module.css';

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
        <NamespacePicker contextName={context.contextName} scope={scope} />
      </Popover.Dropdown>
    </Popover>
  );
}
