import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { KubeContextRow } from '../../../shared/contract/context.ts';
import { useServices } from '../../live/services.ts';
import { useAction } from '../../live/use-action.ts';
import { type KubeconfigWay, LazyKubeconfigDialog, useStartDemo } from '../contexts/index.ts';
import classes from './Rail.module.css';

/** "+": more contexts, from a kubeconfig or the demo cluster, and those that were hidden. */
export function AddMenu({ hidden }: { readonly hidden: readonly KubeContextRow[] }) {
  const [way, setWay] = useState<KubeconfigWay | undefined>();
  const { client } = useServices();
  const demo = useStartDemo();
  const show = useAction((contextName: string) => client.context.setPreferences({ contextName, hidden: false }));
  return (
    <>
      <Menu position="right-start">
        <Menu.Target>
          <button type="button" className={classes.add} aria-label="Add contexts">
            +
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setWay('path')}>Open a kubeconfig by its path…</Menu.Item>
          <Menu.Item onClick={() => setWay('upload')}>Upload a kubeconfig…</Menu.Item>
          <Menu.Item onClick={() => setWay('paste')}>Paste a kubeconfig…</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => void demo.run()}>Demo cluster</Menu.Item>
          {hidden.length > 0 && (
            <>
              <Menu.Divider />
              <Menu.Label>Hidden</Menu.Label>
              {hidden.map((context) => (
                <Menu.Item key={context.contextName} onClick={() => void show.run(context.contextName)}>
                  Show {context.displayName}
                </Menu.Item>
              ))}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {way !== undefined && <LazyKubeconfigDialog way={way} onClose={() => setWay(undefined)} />}
    </>
  );
}
