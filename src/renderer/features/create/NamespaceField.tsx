import { Autocomplete } from '@mantine/core';
import type { NamespaceRow } from '../../../shared/kubernetes/rows.ts';
import classes from './CreatePage.module.css';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { useProjects } from '../form/index.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import { useRows } from '../../live/use-rows.ts';

export interface NamespaceFieldProps {
  readonly contextName: string;
  readonly value: string;
  readonly onChange: (namespace: string) => void;
}

const MAX_OPTIONS = 100;

/** Offers the namespaces in which the user may create, and takes any name: not everybody may list them. */
export function NamespaceField({ contextName, value, onChange }: NamespaceFieldProps) {
  const { rows, state, retry } = useRows<NamespaceRow>(['namespaces', contextName], (client, signal) =>
    client.cluster.watchNamespaces({ contextName }, { signal }),
  );
  const { denied } = useProjects(contextName);
  const readNow = useReadNow(contextName, retry);
  return (
    <>
      <ReadTrouble subject="Namespaces" state={state} onNow={readNow} />
      <Autocomplete
        size="xs"
        w={220}
        leftSection={<span className={classes.fieldName}>Namespace</span>}
        leftSectionWidth={90}
        leftSectionPointerEvents="none"
        aria-label="Namespace, where the text names none"
        title="Used where the text names none"
        data={rows
          .map(({ name }) => name)
          .filter((name) => !denied.includes(name))
          .toSorted()}
        limit={MAX_OPTIONS}
        value={value}
        onChange={onChange}
      />
    </>
  );
}
