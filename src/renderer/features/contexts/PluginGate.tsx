import { Button, Modal } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { CredentialPlugin, KubeContextRow } from '../../../shared/contract/context.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useFocusReturn } from '../../components/use-focus-return.ts';
import { useOpenContext } from '../../live/open-context.ts';
import { useServices } from '../../live/services.ts';
import { useAction } from '../../live/use-action.ts';
import classes from './PluginGate.module.css';
import { visibleArgument } from './plugin-words.ts';

export interface PluginGateProps {
  readonly context: KubeContextRow;
  readonly plugin: CredentialPlugin;
  /** Opens the settings of credential plugins. */
  readonly onSettings: () => void;
}

/** In place of a context's page while its exec plugin waits for approval. Nothing runs before "Run it". */
export function PluginGate(props: PluginGateProps) {
  const { context, onSettings } = props;
  const [opened, setOpened] = useState(true);
  const close = () => setOpened(false);
  const toSettings = () => {
    close();
    onSettings();
  };
  return (
    <>
      <EmptyState title={`${context.displayName} waits for your approval`}>
        <span>Its kubeconfig signs in by running a program on this computer.</span>
        <Button variant="filled" onClick={() => setOpened(true)}>
          Show the program
        </Button>
        <Button onClick={onSettings}>Credential plugins</Button>
      </EmptyState>
      {opened && <PluginDialog {...props} onClose={close} onSettings={toSettings} />}
    </>
  );
}

interface PluginDialogProps extends PluginGateProps {
  readonly onClose: () => void;
}

function PluginDialog({ context, plugin, onClose, onSettings }: PluginDialogProps) {
  useFocusReturn();
  const { client } = useServices();
  const open = useOpenContext();
  const { contextName, displayName } = context;
  const approve = useAction(() => client.context.approvePlugin({ contextName, fingerprint: plugin.fingerprint }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (approve.state.phase === 'running') return;
    if (await approve.run()) await open(contextName);
  };
  return (
    <Modal opened onClose={onClose} title={`Run this program to sign in to ${displayName}?`} size={560}>
      <form className={classes.dialog} onSubmit={(event) => void submit(event)}>
        <p>It runs with your rights on this computer. You are asked again when one of these changes.</p>
        <dl className={classes.facts}>
          <Fact label="Command" values={[plugin.command]} />
          <Fact label="Arguments" values={plugin.args} />
          <Fact label="Environment" values={plugin.envNames} />
          <Fact label="Kubeconfig" values={[plugin.file]} />
        </dl>
        {approve.state.phase === 'failed' && <ErrorPanel title="It was not run" error={approve.state.error} />}
        <div className={classes.actions}>
          <Button onClick={onSettings} className={classes.settings}>
            Settings
          </Button>
          <Button onClick={onClose} data-autofocus>
            Not now
          </Button>
          <Button type="submit" variant="filled" loading={approve.state.phase === 'running'}>
            Run it
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Fact({ label, values }: { readonly label: string; readonly values: readonly string[] }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {values.length === 0 && 'none'}
        {values.map((value, index) => (
          // The same argument may stand twice.
          <code key={`${index} ${value}`}>{visibleArgument(value)}</code>
        ))}
      </dd>
    </>
  );
}
