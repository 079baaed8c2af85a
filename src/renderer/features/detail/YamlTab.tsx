import { Button, Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { DaemonSetRow } from '../../../shared/kubernetes/rows.ts';
import { textToEdit, textToRead } from '../../../shared/manifest/server-fields.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { useObject } from '../../live/use-object.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import { ManifestEditor } from '../../monaco/ManifestEditor.tsx';
import { saveFile } from '../logs/index.ts';
import classes from './PodsSection.module.css';

export interface YamlTabProps {
  readonly row: DaemonSetRow;
  readonly contextName: string;
}

const NO_PROBLEMS = [] as const;

/** The object as YAML, live and read only; what the server writes is shown when asked for. */
export function YamlTab({ row, contextName }: YamlTabProps) {
  const { namespace, name, uid } = row;
  const { value, state, retry } = useObject(contextName, { resource: 'daemonsets', namespace, name, uid });
  const readNow = useReadNow(contextName, retry);
  const [isWhole, setWhole] = useState(false);
  const jsonText = value?.jsonText;
  const text = useMemo(() => jsonText && (isWhole ? textToRead(jsonText) : textToEdit(jsonText)), [jsonText, isWhole]);
  if (text === undefined) {
    if (state.phase !== 'failed') return <EmptyState title={`Reading ${name}…`} />;
    return <ErrorPanel error={state.error} onRetry={readNow} title={`${name} cannot be read`} />;
  }
  const download = () =>
    saveFile(`${name}.${namespace}.daemonset.yaml`, new Blob([text], { type: 'application/yaml' }));
  return (
    <section className={classes.section} aria-label="YAML">
      <div className={classes.head}>
        <Switch
          label="Show what the server writes"
          checked={isWhole}
          onChange={(event) => setWhole(event.currentTarget.checked)}
        />
        <ReadTrouble subject="YAML" state={state} onNow={readNow} />
        <Button ml="auto" onClick={download}>
          Download
        </Button>
      </div>
      <ManifestEditor
        value={text}
        onChange={() => undefined}
        problems={NO_PROBLEMS}
        ariaLabel={`YAML of ${name}`}
        readOnly
      />
    </section>
  );
}
