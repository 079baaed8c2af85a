import { Button, Modal, Radio, Stack } from '@mantine/core';
import { useRef } from 'react';
import type { ApprovedPlugin, PluginPolicy } from '../../../shared/contract/context.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useFocusReturn } from '../../components/use-focus-return.ts';
import { useServices } from '../../live/services.ts';
import { useAction } from '../../live/use-action.ts';
import { useContexts } from '../../live/use-contexts.ts';
import { POLICIES, visibleArgument } from './plugin-words.ts';
import classes from './PluginSettings.module.css';

export interface PluginSettingsProps {
  readonly onClose: () => void;
}

const NONE: readonly ApprovedPlugin[] = [];

/** Which programs of the kubeconfigs may be run to sign in, and those that the user has approved. */
export function PluginSettings({ onClose }: PluginSettingsProps) {
  useFocusReturn();
  const { value } = useContexts();
  const { client } = useServices();
  const choose = useAction((policy: PluginPolicy) => client.context.setPluginPolicy({ policy }));
  return (
    <Modal opened onClose={onClose} title="Credential plugins" size={600}>
      <div className={classes.dialog}>
        <p>
          A kubeconfig may name a program that signs its user in (<code>aws</code>, <code>gke-gcloud-auth-plugin</code>,{' '}
          <code>kubelogin</code>). It runs with your rights on this computer.
        </p>
        <Radio.Group
          label="Which of them may be run"
          value={value?.pluginPolicy ?? null}
          onChange={(policy) => {
            const chosen = POLICIES.find((known) => known.policy === policy);
            if (chosen !== undefined) void choose.run(chosen.policy);
          }}
        >
          <Stack gap={8} mt={6}>
            {POLICIES.map(({ policy, title, words }) => (
              <Radio key={policy} value={policy} label={title} description={words} />
            ))}
          </Stack>
        </Radio.Group>
        {choose.state.phase === 'failed' && <ErrorPanel title="It was not changed" error={choose.state.error} />}
        <Approved approved={value?.approvedPlugins ?? NONE} holds={value?.pluginPolicy === 'Allowlist'} />
        <div className={classes.buttons}>
          <Button onClick={onClose} variant="filled">
            Done
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Approved({ approved, holds }: { readonly approved: readonly ApprovedPlugin[]; readonly holds: boolean }) {
  const { client } = useServices();
  const heading = useRef<HTMLHeadingElement>(null);
  const forget = useAction((fingerprint: string) => client.context.forgetPlugin({ fingerprint }));
  const forgetIt = async (fingerprint: string) => {
    // The button goes with its row: the focus must not fall out of the dialog.
    if (await forget.run(fingerprint)) heading.current?.focus();
  };
  return (
    <section aria-labelledby="approved-plugins">
      <h3 id="approved-plugins" className={classes.heading} ref={heading} tabIndex={-1}>
        Approved programs
      </h3>
      {!holds && approved.length > 0 && <p className={classes.note}>They count again with Allowlist.</p>}
      {approved.length === 0 && <p className={classes.note}>None yet: you are asked when a context needs one.</p>}
      <ul className={classes.list}>
        {approved.map((each) => (
          <ApprovedRow key={each.fingerprint} approved={each} onForget={() => void forgetIt(each.fingerprint)} />
        ))}
      </ul>
      {approved.length > 0 && (
        <p className={classes.note}>
          A forgotten one is asked for before it runs again. Contexts that are open keep what it gave them until that
          expires; close them to end it now.
        </p>
      )}
      {forget.state.phase === 'failed' && <ErrorPanel title="It was not forgotten" error={forget.state.error} />}
    </section>
  );
}

interface ApprovedRowProps {
  readonly approved: ApprovedPlugin;
  readonly onForget: () => void;
}

function ApprovedRow({ approved, onForget }: ApprovedRowProps) {
  const { fingerprint, plugin, contextNames } = approved;
  const short = fingerprint.slice(0, 12);
  return (
    <li className={classes.row}>
      <div className={classes.program}>
        {plugin === undefined ? (
          <span>
            A program that no kubeconfig names now, SHA-256 <code>{short}…</code>
          </span>
        ) : (
          <>
            <code>{[plugin.command, ...plugin.args].map(visibleArgument).join(' ')}</code>
            <span className={classes.note}>
              {plugin.file} · for {contextNames.join(', ')}
            </span>
          </>
        )}
      </div>
      <Button
        onClick={onForget}
        aria-label={`Forget ${plugin === undefined ? short : visibleArgument(plugin.command)}`}
      >
        Forget
      </Button>
    </li>
  );
}
