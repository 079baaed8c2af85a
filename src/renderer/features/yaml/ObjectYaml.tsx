import { Button, Switch } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { textToEdit, textToRead } from '../../../shared/manifest/server-fields.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { ReadTrouble } from '../../components/ReadTrouble.tsx';
import { type ObjectAddress, useObject } from '../../live/use-object.ts';
import { useReadNow } from '../../live/use-read-now.ts';
import { ManifestEditor } from '../../monaco/ManifestEditor.tsx';
import { saveFile } from '../logs/index.ts';
import classes from './ObjectYaml.module.css';

export interface ObjectYamlProps {
  readonly contextName: string;
  readonly address: ObjectAddress;
  /** As a file's name says it: "daemonset". */
  readonly kind: string;
  /** What can be done with it, beside Download; told whether the object is gone. */
  readonly actions?: (isGone: boolean) => ReactNode;
}

const NO_PROBLEMS = [] as const;

/** An object as YAML, live and read only; what the server writes is shown when asked for. After its end its last state stays. */
export function ObjectYaml({ contextName, address, kind, actions }: ObjectYamlProps) {
  const { namespace, name } = address;
  const { value, state, retry } = useObject(contextName, address);
  const readNow = useReadNow(contextName, retry);
  const [isWhole, setWhole] = useState(false);
  const jsonText = value?.jsonText;
  const text = useMemo(() => jsonText && (isWhole ? textToRead(jsonText) : textToEdit(jsonText)), [jsonText, isWhole]);
  const isGone = value?.gone === true;
  if (text === undefined) {
    if (isGone) return <EmptyState title={`${name} was deleted`} />;
    if (state.phase !== 'failed') return <EmptyState title={`Reading ${name}…`} />;
    return <ErrorPanel error={state.error} onRetry={readNow} title={`${name} cannot be read`} />;
  }
  const fileName = [name, namespace, kind, 'yaml'].filter(Boolean).join('.');
  const download = () => saveFile(fileName, new Blob([text], { type: 'application/yaml' }));
  return (
    <section className={classes.section} aria-label="YAML">
      <div className={classes.head}>
        <Switch
          label="Show what the server writes"
          checked={isWhole}
          onChange={(event) => setWhole(event.currentTarget.checked)}
        />
        <ReadTrouble subject="YAML" state={state} onNow={readNow} />
        {isGone && (
          <span className={classes.gone} role="status">
            {name} was deleted. What is shown is its last state.
          </span>
        )}
        <span className={classes.buttons}>
          {actions?.(isGone)}
          <Button onClick={download}>Download</Button>
        </span>
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
