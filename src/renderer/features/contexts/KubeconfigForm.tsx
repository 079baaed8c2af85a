import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { assertNever } from '../../../shared/errors/assert-never.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import type { Client } from '../../live/client.ts';
import { useServices } from '../../live/services.ts';
import { type Action, useAction } from '../../live/use-action.ts';
import { notify } from '../../stores/notices.ts';
import type { KubeconfigInput } from './kubeconfig-input.ts';
import { KubeconfigPaste } from './KubeconfigPaste.tsx';
import { KubeconfigPath } from './KubeconfigPath.tsx';
import { KubeconfigUpload } from './KubeconfigUpload.tsx';
import classes from './KubeconfigForm.module.css';

export type KubeconfigWay = 'path' | 'upload' | 'paste';

export interface KubeconfigFormProps {
  readonly initialWay: KubeconfigWay;
  readonly onAdded: (contextNames: readonly string[]) => void;
}

const WAYS = [
  { value: 'path', label: 'By its path' },
  { value: 'upload', label: 'Upload' },
  { value: 'paste', label: 'Paste' },
] as const;

/** Three ways to bring a kubeconfig. Reading one contacts no cluster and runs nothing. */
export function KubeconfigForm({ initialWay, onAdded }: KubeconfigFormProps) {
  const { client } = useServices();
  const [way, setWay] = useState<KubeconfigWay>(initialWay);
  const add = useAction(async (input: KubeconfigInput) => {
    const contextNames = await open(client, input);
    const count = contextNames.length === 1 ? 'one context' : `${contextNames.length} contexts`;
    notify({ title: `The kubeconfig brought ${count}`, message: contextNames.join(', '), tone: 'good' });
    onAdded(contextNames);
  });
  return (
    <div className={classes.form}>
      <SegmentedControl
        aria-label="How to open a kubeconfig"
        data={[...WAYS]}
        value={way}
        onChange={(value) => {
          setWay(value);
          add.reset();
        }}
      />
      <Way way={way} add={add} />
      {add.state.phase === 'failed' && <ErrorPanel error={add.state.error} />}
    </div>
  );
}

/** @returns the names of the contexts that it brought */
async function open(client: Client, input: KubeconfigInput): Promise<readonly string[]> {
  if (input.kind === 'text') {
    const { fileName, text, keep } = input;
    return (await client.kubeconfig.addText({ fileName, text, keep })).contextNames;
  }
  const contextNames: string[] = [];
  for (const path of input.paths) contextNames.push(...(await client.kubeconfig.addFile({ path })).contextNames);
  return contextNames;
}

function Way({ way, add }: { readonly way: KubeconfigWay; readonly add: Action<KubeconfigInput> }) {
  switch (way) {
    case 'path':
      return <KubeconfigPath add={add} />;
    case 'upload':
      return <KubeconfigUpload add={add} />;
    case 'paste':
      return <KubeconfigPaste add={add} />;
    default:
      return assertNever(way);
  }
}
