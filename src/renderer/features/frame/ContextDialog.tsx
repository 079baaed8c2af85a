import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { KubeContextRow } from '../../../shared/contract/context.ts';
import { CONTEXT_COLORS, contextColor } from '../../components/context-tile.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useFocusReturn } from '../../components/use-focus-return.ts';
import { useServices } from '../../live/services.ts';
import { useAction } from '../../live/use-action.ts';
import classes from './ContextDialog.module.css';

/** Display name and colour of a context, kept in Everynode only: the kubeconfig is not touched. */
export function ContextDialog({
  context,
  onClose,
}: {
  readonly context: KubeContextRow;
  readonly onClose: () => void;
}) {
  useFocusReturn();
  const { client } = useServices();
  const [displayName, setDisplayName] = useState(context.displayName);
  const [color, setColor] = useState(contextColor(context));
  const save = useAction(() =>
    client.context.setPreferences({ contextName: context.contextName, displayName: displayName.trim(), color }),
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await save.run()) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Name and colour of ${context.contextName}`}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <TextInput
          label="Display name"
          description="Shown instead of the kubeconfig's name, which stays as it is."
          maxLength={200}
          value={displayName}
          onChange={(event) => setDisplayName(event.currentTarget.value)}
          data-autofocus
        />
        <fieldset className={classes.colors}>
          <legend>Colour</legend>
          {CONTEXT_COLORS.map((option, index) => (
            <label key={option} className={classes.color} style={{ background: option }}>
              <input
                type="radio"
                name="color"
                aria-label={`Colour ${index + 1}`}
                checked={option === color}
                onChange={() => setColor(option)}
              />
            </label>
          ))}
        </fieldset>
        {save.state.phase === 'failed' && <ErrorPanel error={save.state.error} />}
        <div className={classes.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={save.state.phase === 'running'}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
